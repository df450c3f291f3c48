"""What one run of one side gave, and what is worked out from several."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """One run. `seconds` on the wall and `cpu` seconds of client and PostgreSQL together.

    `rows` counts what is in the database afterwards, by table; `peak_mb` is the high-water mark
    of the client's memory (VmHWM, 10^6 bytes); `details` is whatever else a row reads.
    """

    seconds: float
    cpu: float
    rows: Mapping[str, int]
    peak_mb: float = 0.0
    details: Mapping[str, float] = field(default_factory=dict)

    @property
    def objects(self) -> int:
        """All rows together."""
        return sum(self.rows.values())

    @property
    def rate(self) -> float:
        """Rows in a second."""
        return self.objects / self.seconds


Figure = Callable[[Measured], float]


class Results:
    """What the sides gave, by name and round."""

    def __init__(self) -> None:
        self._kept: dict[str, list[Measured]] = {}

    def add(self, side: str, measured: Measured) -> None:
        """Keep the result of one more round."""
        self._kept.setdefault(side, []).append(measured)

    def of(self, side: str) -> Sequence[Measured]:
        """All rounds of a side; raises KeyError when it was not measured."""
        return self._kept[side]

    def has(self, *sides: str) -> bool:
        """Whether all of them were measured."""
        return all(side in self._kept for side in sides)

    def median(self, side: str, figure: Figure) -> float:
        """The median of a figure over the rounds."""
        return median(figure(measured) for measured in self.of(side))

    def worst(self, side: str, figure: Figure) -> float:
        """The largest of a figure over the rounds."""
        return max(figure(measured) for measured in self.of(side))

    def ratio(self, above: str, below: str, figure: Figure) -> float:
        """The median of the ratios within each round."""
        pairs = zip(self.of(above), self.of(below), strict=True)
        return median(figure(one) / figure(other) for one, other in pairs)

    def as_builtins(self) -> dict[str, list[dict[str, Any]]]:
        """Every side's rounds, for JSON."""
        return {name: [asdict(item) for item in kept] for name, kept in self._kept.items()}


def seconds(measured: Measured) -> float:
    """Wall clock."""
    return measured.seconds


def cpu(measured: Measured) -> float:
    """Processor seconds of client and PostgreSQL."""
    return measured.cpu


def rate(measured: Measured) -> float:
    """Rows a second."""
    return measured.rate
