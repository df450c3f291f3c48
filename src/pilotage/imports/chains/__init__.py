"""Ways of reading a resource page by page, each with a cursor it can go on from."""
