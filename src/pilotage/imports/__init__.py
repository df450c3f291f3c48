"""Import runs: reading a tenant through Graph into the directory, page by page."""
