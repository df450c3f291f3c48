"""`pilotage events …`."""
