"""Studying in a browser: the day, the cards, the settings, what is set aside, and the data to take along."""
