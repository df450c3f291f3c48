"""One case for each code of the error catalogue."""
