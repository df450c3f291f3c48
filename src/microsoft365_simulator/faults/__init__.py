"""What can go wrong on purpose: by request, by chance or by the clock."""
