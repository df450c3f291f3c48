"""`pilotage catalogue …`."""
