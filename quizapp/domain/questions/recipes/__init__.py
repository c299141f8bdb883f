"""The ways of asking about a fact; one file per way."""
