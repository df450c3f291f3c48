"""A mail server for this machine: receives everything, sends nothing on, shows it on a page."""
