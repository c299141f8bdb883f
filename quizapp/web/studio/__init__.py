"""Pages on which instructors make banks and questions."""
