"""Tables with one question a row: CSV and tab-separated."""
