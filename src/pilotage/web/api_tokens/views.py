"""/settings/api-tokens: the tokens of one's own partner; a new one is shown once."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pilotage.kernel import clock
from pilotage.kernel.actor import Role
from pilotage.partners.actions.create_api_token import create_api_token
from pilotage.partners.actions.revoke_api_token import revoke_api_token
from pilotage.partners.queries import get_api_token, list_api_tokens
from pilotage.web.panel import Done, PanelView, layout_for
from pilotage.web.request import PageRequest

DAYS = (30, 90, 180, 365)


def api_tokens(request: PageRequest) -> HttpResponse:
    """The list; everybody of the partner may know which tokens there are."""
    tokens = list_api_tokens(request.actor)
    facts = {"tokens": tokens, "now": clock.now(), "may_create": request.actor.can(Role.ADMIN)}
    return render(request, "api_tokens/list.html", facts)


class CreateApiToken(PanelView):
    """Create a token, and show its text this once."""

    template_name = "api_tokens/create.html"
    needs = Role.ADMIN

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """The form, with what was typed."""
        role = request.POST.get("role", Role.VIEWER.value)
        days = request.POST.get("days", "90")
        return {
            "name": request.POST.get("name", ""),
            "roles": [
                {"value": r.value, "label": r.value.title(), "is_chosen": r.value == role}
                for r in Role
                if request.actor.can(r)
            ],
            "days": [
                {"value": str(n), "label": f"{n} days", "is_chosen": str(n) == days} for n in DAYS
            ],
        }

    def post(self, request: PageRequest, **ids: Any) -> HttpResponse:
        """Create it. The text goes into this answer and nowhere else."""
        request.actor.require(self.needs)
        request.refused = lambda error: self._panel(request, ids, error)
        token, secret = create_api_token(
            request.actor,
            name=request.POST.get("name", ""),
            role=_role(request.POST.get("role", "")),
            days=_days(request.POST.get("days", "")),
        )
        facts = {"token": token, "secret": secret, "layout": layout_for(request)}
        return render(request, "api_tokens/created.html", facts)


class RevokeApiToken(PanelView):
    """Revoke a token, after naming what will stop."""

    template_name = "api_tokens/revoke.html"
    needs = Role.ADMIN

    def shown(self, request: PageRequest, **ids: Any) -> dict[str, Any]:
        """Which token it is about."""
        return {"token": get_api_token(request.actor, ids["token_id"])}

    def act(self, request: PageRequest, **ids: Any) -> Done:
        """Revoke it."""
        token_id: UUID = ids["token_id"]
        token = revoke_api_token(request.actor, token_id)
        return Done(f"API token “{token.name}” is revoked.", reverse("api_tokens"))


def _role(typed: str) -> Role:
    return Role(typed) if typed in set(Role) else Role.VIEWER


def _days(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
