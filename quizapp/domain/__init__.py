"""The rules of the subject in plain Python: facts, question types, recipes, grading, formats."""
