"""The checks of `pilotage doctor`, one file each."""
