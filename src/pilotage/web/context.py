"""What every page's template may use."""

from django.http import HttpRequest

from pilotage.kernel.actor import Actor, Role
from pilotage.web import navigation

_ROLES = {Role.VIEWER: "viewer", Role.EDITOR: "editor", Role.ADMIN: "admin"}


def page(request: HttpRequest) -> dict[str, object]:
    """Theme chosen by cookie, the actor that the request acts as, and the way around."""
    theme = request.COOKIES.get("theme", "")
    actor: Actor | None = getattr(request, "actor", None)
    side = "Provider" if actor and actor.is_provider else "Partner"
    shown: dict[str, object] = {
        "theme": theme if theme in {"light", "dark"} else "",
        "actor": actor,
    }
    if actor is not None:
        shown |= {
            "side_bar": navigation.side_bar(request),
            "account_menu": navigation.account_menu(request),
            "partner_name": request.user.partner.name,  # type: ignore[union-attr]
            "role_label": f"{side} {_ROLES[actor.role]}",
            "may_edit": actor.can(Role.EDITOR),
        }
    return shown
