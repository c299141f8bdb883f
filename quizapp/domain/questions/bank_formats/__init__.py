"""The file forms of a bank; one file per form."""
