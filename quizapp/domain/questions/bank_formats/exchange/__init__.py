"""Questions as other programs know them: what is common to every form but our own JSON."""
