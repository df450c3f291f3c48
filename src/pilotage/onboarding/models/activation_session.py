"""A visit with an activation link, and the redirects to Microsoft made from it."""

from django.db import models

from pilotage.kernel import clock
from pilotage.kernel.ids import new_id
from pilotage.onboarding.models.activation_link import ActivationLink


class ActivationSession(models.Model):
    """An anonymous visit of 30 minutes; only the hash of its cookie is kept.

    `admin_*` are set from a validated ID token and from nowhere else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    link = models.ForeignKey(ActivationLink, models.CASCADE, related_name="sessions")
    generation = models.PositiveIntegerField()
    secret_sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    admin_tenant_id = models.UUIDField(null=True)
    admin_oid = models.UUIDField(null=True)
    admin_name = models.CharField(max_length=200, blank=True)
    admin_username = models.CharField(max_length=320, blank=True)
    admin_is_guest = models.BooleanField(default=False)
    token_uti_sha256 = models.CharField(max_length=64, blank=True)
    signed_in_at = models.DateTimeField(null=True)
    consent_returned_at = models.DateTimeField(null=True)

    def forget_admin(self) -> None:
        """Nobody has signed in, and nobody has consented; the caller saves."""
        self.admin_tenant_id = self.admin_oid = self.signed_in_at = None
        self.admin_name = self.admin_username = self.token_uti_sha256 = ""
        self.admin_is_guest = False
        self.consent_returned_at = None

    def __str__(self) -> str:
        return f"Visit of {self.created_at:%Y-%m-%d %H:%M}"


class RedirectState(models.Model):
    """One trip to Microsoft: its `state` works once, for ten minutes, in this session only."""

    class Purpose(models.TextChoices):
        """Which of the two redirects."""

        SIGN_IN = "sign_in", "Sign-in"
        CONSENT = "consent", "Consent"

    state_sha256 = models.CharField(max_length=64, primary_key=True)
    session = models.ForeignKey(ActivationSession, models.CASCADE, related_name="redirects")
    purpose = models.CharField(max_length=10, choices=Purpose)
    nonce = models.CharField(max_length=64, blank=True)
    code_verifier = models.CharField(max_length=128, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.created_at:%Y-%m-%d %H:%M}"
