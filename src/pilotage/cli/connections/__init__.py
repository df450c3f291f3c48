"""`pilotage connections …`."""
