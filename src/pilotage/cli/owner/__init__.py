"""`pilotage owner …`."""
