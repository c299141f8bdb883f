"""Studying: what a learner's cards are, what comes next, what a review does to them, and how it is undone."""
