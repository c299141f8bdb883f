"""Every table, declared: those that hold something of people, parents before children, and those that hold nobody.

Export and deletion follow this list and know no other. A test fails for a table or column that stands in neither.
"""

from quizapp.database.personal_data import attempts, banks, classes, memory, people, studio, study

DECLARED = (
    *people.TABLES,
    *classes.TABLES,
    *banks.TABLES,
    *attempts.TABLES,
    *study.TABLES,
    *memory.TABLES,
    *studio.TABLES,
)

NOBODY = {
    "sources": "Articles.",
    "facts": "What articles say, in our words.",
    "questions": "Questions; who saved them stands in their revisions.",
    "question_tags": "Words on questions.",
    "classes": "A class by its name; who is in it stands elsewhere.",
    "class_banks": "Which banks a class uses.",
    "class_totals": "Counts of what people did whose accounts are deleted, and nobody behind them.",
    "setup_links": "Links that make somebody the first instructor, as hashes.",
}
