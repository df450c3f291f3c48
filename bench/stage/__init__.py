"""What the sides run on: one simulator, one PostgreSQL, one installation of Pilotage."""
