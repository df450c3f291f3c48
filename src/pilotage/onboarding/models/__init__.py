"""Tables of the onboarding."""

from pilotage.onboarding.models.activation_link import ActivationLink
from pilotage.onboarding.models.activation_session import ActivationSession, RedirectState
from pilotage.onboarding.models.import_certificate import ImportCertificate
from pilotage.onboarding.models.onboarding import Onboarding, Step
from pilotage.onboarding.models.tries import Tries

__all__ = [
    "ActivationLink",
    "ActivationSession",
    "ImportCertificate",
    "Onboarding",
    "RedirectState",
    "Step",
    "Tries",
]
