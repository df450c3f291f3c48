"""The event log of everything the actor sees."""
