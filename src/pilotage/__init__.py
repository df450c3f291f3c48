"""Pilotage: the open-source partner portal that brings Microsoft 365 customers on board."""

__version__ = "0.1.0"
