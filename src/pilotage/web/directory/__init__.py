"""Pages of what the import has read of a tenant."""
