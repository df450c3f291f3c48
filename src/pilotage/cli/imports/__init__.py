"""`pilotage imports …`."""
