"""`pilotage partners …`."""
