"""Customers: their account, its life cycle, and what operators do with it."""
