"""What every layer may use and no domain word lives in: actor, errors, clock, ids, pages."""
