"""Who acts. Every action and every query takes an Actor first."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from pilotage.kernel.errors import Forbidden


class Role(StrEnum):
    """What an operator may do; each role includes the ones before it."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"

    def includes(self, other: "Role") -> bool:
        """Whether this role may do all that `other` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class ActorKind(StrEnum):
    """The kinds of actor that appear in the event log."""

    OPERATOR = "operator"
    TOKEN = "token"  # noqa: S105 - a word of the event log, not a secret
    CUSTOMER_ADMIN = "customer_admin"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that reads and acts.

    `partner_ids` are the partners whose customers the actor sees: its own and those below it.
    The provider sees all. A customer's admin sees exactly the one customer of the activation.
    """

    kind: ActorKind
    id: str
    name: str
    role: Role
    partner_id: UUID | None = None
    partner_ids: frozenset[UUID] = frozenset()
    is_provider: bool = False
    customer_id: UUID | None = None

    def can(self, role: Role) -> bool:
        """Whether the actor holds at least `role`."""
        return self.role.includes(role)

    def require(self, role: Role) -> None:
        """Raise Forbidden unless the actor holds at least `role`."""
        if not self.can(role):
            raise Forbidden(
                f"This needs the {role.value} role. Ask an admin of your organization for it."
            )

    def require_provider(self) -> None:
        """Raise Forbidden unless the actor belongs to the provider."""
        if not self.is_provider:
            raise Forbidden("Only the provider of this installation may do this.")


def system_actor(name: str) -> Actor:
    """The installation itself: jobs and the command line; `name` says which."""
    shown = name[:1].upper() + name[1:]
    return Actor(ActorKind.SYSTEM, id=name, name=shown, role=Role.ADMIN, is_provider=True)
