"""One use case, one file; the folder listing is the feature list."""
