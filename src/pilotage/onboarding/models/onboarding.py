"""Where a customer's onboarding stands."""

from django.db import models

from pilotage.customers.models import Customer
from pilotage.kernel import clock


class Step(models.TextChoices):
    """The states of the onboarding machine; the table of moves is in `onboarding.steps`."""

    INVITED = "invited", "Activation link sent"
    OPENED = "opened", "Link opened"
    AWAITING_APPROVAL = "awaiting_approval", "Waiting for approval"
    DECLINED = "declined", "Consent declined"
    CONSENTED = "consented", "Checking consent"
    IMPORTING = "importing", "Importing"
    IMPORT_FAILED = "import_failed", "Import failed"
    LINK_EXPIRED = "link_expired", "Activation link expired"
    COMPLETED = "completed", "Completed"
    CANCELED = "canceled", "Canceled"


class Onboarding(models.Model):
    """One per customer. `waiting_*` say why and until when nothing moves, if so."""

    customer = models.OneToOneField(
        Customer, models.CASCADE, primary_key=True, related_name="onboarding"
    )
    step = models.CharField(max_length=20, choices=Step, default=Step.INVITED)
    changed_at = models.DateTimeField(default=clock.now)
    waiting_reason = models.CharField(max_length=40, blank=True)
    waiting_until = models.DateTimeField(null=True)
    approval_reason = models.CharField(max_length=40, blank=True)
    approval_tenant_id = models.UUIDField(null=True)
    approval_admin_oid = models.UUIDField(null=True)
    approval_admin = models.CharField(max_length=300, blank=True)
    approved_admin_oid = models.UUIDField(null=True)

    def forget_approval(self) -> None:
        """Nobody waits for approval or has it any more; the caller saves."""
        self.approval_reason = self.approval_admin = ""
        self.approval_tenant_id = self.approval_admin_oid = self.approved_admin_oid = None

    def __str__(self) -> str:
        return f"{self.customer}: {self.step}"
