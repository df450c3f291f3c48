"""How large the tenants are, and how often is measured."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of objects. `large` and `small` are the two tenants of the growth bar.

    `is_full` adds the rows that need the tenant of `large` users.
    """

    users: int
    groups: int
    memberships: int
    devices: int
    small: int
    large: int
    sample: int
    rounds: int
    is_full: bool


def usual(rounds: int, *, is_full: bool) -> Sizes:
    """The sizes that the bars speak of."""
    return Sizes(50_000, 10_000, 200_000, 20_000, 10_000, 1_000_000, 1_998, rounds, is_full)


def quick(rounds: int, *, is_full: bool) -> Sizes:
    """A tenth and less: says that everything works, not how fast it is."""
    return Sizes(5_000, 500, 10_000, 2_000, 1_000, 20_000, 300, rounds, is_full)
