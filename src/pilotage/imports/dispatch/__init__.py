"""Whose turn it is: fair between partners, then by purpose, then by age."""
