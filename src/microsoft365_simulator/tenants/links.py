"""Members of groups, roles and units as they are now: those of the seed and the played ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from microsoft365_simulator.tenants.memberships import Member

Alive = Callable[[Member], bool]


class Links:
    """Members of containers of one kind, with the version of each played change."""

    def __init__(
        self,
        made: Callable[[int], Iterable[Member]],
        alive: Alive,
        holds: Callable[[int, Member], bool] | None = None,
    ) -> None:
        self._made = made
        # Whether the seed put a member there; looked up in its list unless there is a faster way.
        self._holds = holds or (lambda container, member: member in made(container))
        self._alive = alive
        self._altered: dict[int, dict[Member, tuple[int, bool]]] = {}
        self._lost: dict[Member, list[int]] = {}

    def members(self, container: int) -> list[Member]:
        """The members that are there now, each once, in a stable order."""
        altered = self._altered.get(container)
        if not altered:
            return [member for member in self._made(container) if self._alive(member)]
        kept = dict.fromkeys(m for m in self._made(container) if altered.get(m, (0, True))[1])
        kept.update(dict.fromkeys(m for m, (_, present) in altered.items() if present))
        return [member for member in kept if self._alive(member)]

    def has(self, container: int, member: Member) -> bool:
        altered = self._altered.get(container, {}).get(member)
        return altered[1] if altered else self._holds(container, member)

    def put(self, container: int, member: Member, version: int, *, present: bool) -> None:
        self._altered.setdefault(container, {})[member] = (version, present)

    def lose(self, member: Member, containers: list[int], version: int) -> None:
        """The member was removed from the directory, and with it from its containers."""
        self._lost[member] = containers
        for container in containers:
            self.put(container, member, version, present=False)

    def regain(self, member: Member, version: int) -> list[int]:
        """The member was restored, and is back where it was; gives the containers."""
        containers = self._lost.pop(member, [])
        for container in containers:
            self.put(container, member, version, present=True)
        return containers

    def played_containers_of(self, member: Member) -> dict[int, bool]:
        """Containers where a played change decided about this member."""
        return {
            container: altered[member][1]
            for container, altered in self._altered.items()
            if member in altered
        }

    def altered_since(self, container: int, version: int) -> Iterator[tuple[Member, bool]]:
        """Members that came or went after a version: (member, is there now)."""
        for member, (at, present) in self._altered.get(container, {}).items():
            if at > version:
                yield member, present

    def containers_since(self, version: int) -> dict[int, int]:
        """Containers with changes after a version, and the version of the latest."""
        latest = {
            container: max(at for at, _ in altered.values())
            for container, altered in self._altered.items()
        }
        return {container: at for container, at in latest.items() if at > version}
