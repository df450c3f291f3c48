"""API tokens: `plk_<id>_<secret>`, of which only a hash is kept."""

from django.db import models

from pilotage.kernel import clock
from pilotage.kernel.actor import Role
from pilotage.kernel.ids import new_id
from pilotage.partners.models.operator import Operator
from pilotage.partners.models.partner import Partner


class ApiToken(models.Model):
    """A key for scripts, with a role, an end, and a record of its last use."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="api_tokens")
    created_by = models.ForeignKey(Operator, models.SET_NULL, null=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=10, choices=[(r.value, r.value.title()) for r in Role])
    public_id = models.CharField(max_length=16, unique=True)
    secret_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"plk_{self.public_id}_…"
