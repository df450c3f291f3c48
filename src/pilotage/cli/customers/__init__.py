"""`pilotage customers …`."""
