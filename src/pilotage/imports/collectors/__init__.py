"""One file per collector. To add one: its file, a line in registry.py, a row in the docs."""
