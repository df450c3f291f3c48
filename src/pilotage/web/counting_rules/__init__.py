"""What counts as a seat for each partner's customers."""
