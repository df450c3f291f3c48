"""The connections to the tenants: how they are, and what to do about those that are not well."""
