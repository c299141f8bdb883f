"""What `bank check` finds: rules for contested statements and flaws of item writing, and the report on a bank."""
