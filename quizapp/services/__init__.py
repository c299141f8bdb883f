"""One function per thing a person can ask for. Services flush, never commit, and return values, not rows."""
