"""Which questions an attempt asks, and what it came to."""
