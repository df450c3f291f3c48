"""Tables of the partner tree."""

from pilotage.partners.models.api_token import ApiToken
from pilotage.partners.models.operator import Operator
from pilotage.partners.models.partner import ImportWindow, Partner, TrialPolicy

__all__ = ["ApiToken", "ImportWindow", "Operator", "Partner", "TrialPolicy"]
