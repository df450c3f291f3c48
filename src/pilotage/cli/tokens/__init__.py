"""`pilotage tokens …`."""
