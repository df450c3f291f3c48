"""Tenants made from a seed: what is in a directory, and how it changes."""
