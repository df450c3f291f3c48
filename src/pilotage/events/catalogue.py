"""Every event there is. Past tense; the name is also the webhook's name."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much an event asks for attention."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class EventKind:
    """What an event means in a person's words."""

    label: str
    severity: Severity = Severity.INFO


W, E = Severity.WARNING, Severity.ERROR
CATALOGUE: dict[str, EventKind] = {
    "customer.added": EventKind("Customer added"),
    "customer.onboarded": EventKind("Onboarding completed"),
    "customer.trial_extended": EventKind("Trial extended"),
    "customer.converted": EventKind("Converted to production account"),
    "customer.edited": EventKind("Customer edited"),
    "customer.suspended": EventKind("Customer suspended", W),
    "customer.resumed": EventKind("Customer resumed"),
    "customer.onboarding_canceled": EventKind("Onboarding canceled", W),
    "activation.link_created": EventKind("Activation link made"),
    "activation.link_copied": EventKind("Activation link copied"),
    "activation.sent": EventKind("Activation mail sent"),
    "activation.send_failed": EventKind("Activation mail not sent", E),
    "activation.resent": EventKind("Activation link sent anew; the earlier link stopped working"),
    "activation.revoked": EventKind("Activation link revoked", W),
    "activation.expired": EventKind("Activation link expired", W),
    "activation.opened": EventKind("Activation link opened"),
    "activation.forwarded": EventKind("Activation link forwarded to another person"),
    "activation.refused": EventKind("Activation refused", W),
    "activation.signed_in": EventKind("Customer's admin signed in"),
    "activation.approval_needed": EventKind("Sign-in waits for your approval", W),
    "activation.approved": EventKind("Sign-in approved"),
    "activation.disconnected": EventKind("Disconnected by the customer's admin", W),
    "consent.started": EventKind("Sent to Microsoft for consent"),
    "consent.returned": EventKind("Back from Microsoft; consent is being checked"),
    "consent.declined": EventKind("Consent declined", W),
    "consent.approval_requested": EventKind("Consent needs an administrator's approval", W),
    "consent.waiting": EventKind("Waiting until Microsoft has spread the consent"),
    "consent.granted": EventKind("Consent proven"),
    "consent.not_proven": EventKind("Consent could not be proven", E),
    "tenant.bound": EventKind("Tenant bound"),
    "tenant.domain_unknown": EventKind("Microsoft knows no tenant with the expected domain", W),
    "tenant.domain_differs": EventKind("Tenant differs from the notification address", W),
    "tenant.claim_refused": EventKind("Tenant is already in use", W),
    "tenant.binding_reported": EventKind("Connection ended by “It was not us”", E),
    "tenant.connected": EventKind("Tenant connected by the provider"),
    "connection.changed": EventKind("Connection health changed", W),
    "connection.check_requested": EventKind("Connection check requested"),
    "connection.extra_permissions": EventKind("More permissions granted than asked for", W),
    "certificate.expiring": EventKind("The import certificate ends soon", W),
    "import.requested": EventKind("Import requested"),
    "import.started": EventKind("Import started"),
    "import.resumed": EventKind("Import resumed"),
    "import.waiting": EventKind("Import waits", W),
    "import.error": EventKind("Import error", E),
    "import.finished": EventKind("Import finished"),
    "import.failed": EventKind("Import failed", E),
    "import.canceled": EventKind("Import canceled", W),
    "import.skipped": EventKind("Nightly import skipped", W),
    "mail.sent": EventKind("Mail sent"),
    "mail.failed": EventKind("Mail not sent", E),
    "catalogue.loaded": EventKind("Catalogue loaded"),
    "partner.added": EventKind("Partner added"),
    "partner.import_window_set": EventKind("Import window set"),
    "partner.counting_rule_set": EventKind("Counting rule set"),
    "operator.invited": EventKind("Operator invited"),
    "operator.set_up": EventKind("Operator account set up"),
    "operator.set_up_link_renewed": EventKind("New set-up link made"),
    "operator.signed_in": EventKind("Operator signed in"),
    "operator.sign_in_failed": EventKind("Sign-in failed", W),
    "operator.role_changed": EventKind("Role changed", W),
    "operator.deactivated": EventKind("Operator deactivated", W),
    "operator.factor_changed": EventKind("Sign-in methods changed", W),
    "token.created": EventKind("API token created"),
    "token.revoked": EventKind("API token revoked"),
}
