"""What `pilotage demo` runs: one process for each part of a real installation."""

from pilotage.demo.processes.run import run_demo

__all__ = ["run_demo"]
