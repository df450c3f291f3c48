"""Who is measured: Pilotage in its ways, the peers, and COPY alone."""
