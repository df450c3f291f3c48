"""Tables of the partner tree."""

from pilotage.partners.models.api_token import ApiToken
from pilotage.partners.models.operator import Operator
from pilotage.partners.models.partner import CountingRule, ImportWindow, Partner, TrialPolicy

__all__ = ["ApiToken", "CountingRule", "ImportWindow", "Operator", "Partner", "TrialPolicy"]
