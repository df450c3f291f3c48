"""When each partner's customers are imported every night."""
