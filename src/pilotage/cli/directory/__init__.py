"""`pilotage directory …`."""
