"""Customers: both lists, the customer's page, and the panels of the Actions menu."""
