"""How figures are written."""

from bench.measured import Results, rate, seconds


def rated(results: Results, side: str) -> str:
    """Median time and rate: "1.24 s (40,300/s)"."""
    return f"{results.median(side, seconds):.2f} s ({results.median(side, rate):,.0f}/s)"


def timed(results: Results, side: str) -> str:
    """Median time."""
    return f"{results.median(side, seconds):.2f} s"
