"""Nightly imports: one per customer and night, in the partner's window."""
