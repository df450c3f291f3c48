"""`pilotage operators …`."""
