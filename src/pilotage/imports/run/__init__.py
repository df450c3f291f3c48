"""Carrying out a run: lease, reading ahead, one transaction a page, waiting, the end."""
