"""Sample data for the demo: made by the same actions that people use, against the simulator."""

from pilotage.demo.seed.fill import is_seeded, seed

__all__ = ["is_seeded", "seed"]
