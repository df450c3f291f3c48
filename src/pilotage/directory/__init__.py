"""What was imported from the customers' tenants, and the seats counted from it."""
