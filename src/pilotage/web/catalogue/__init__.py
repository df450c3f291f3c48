"""What may be sold."""
