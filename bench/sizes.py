"""How large the tenants are, and how often is measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of objects. `large` and `small` are the two tenants of the growth bar."""

    users: int
    groups: int
    memberships: int
    devices: int
    small: int
    large: int
    sample: int
    rounds: int


def usual(rounds: int) -> Sizes:
    """The sizes that the bars speak of."""
    return Sizes(50_000, 10_000, 200_000, 20_000, 10_000, 1_000_000, 1_998, rounds)


def quick(rounds: int) -> Sizes:
    """A tenth and less: says that everything works, not how fast it is."""
    return Sizes(5_000, 500, 10_000, 2_000, 1_000, 20_000, 300, rounds)
