"""The control page and its JSON: tenants, applications, consents, faults, requests."""
