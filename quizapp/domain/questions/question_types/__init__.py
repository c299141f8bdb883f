"""The ways a question is asked and graded; one file per type."""
