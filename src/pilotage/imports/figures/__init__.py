"""What the installation's metrics are made of; figures about imports, never about anybody."""
