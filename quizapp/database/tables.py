"""Every table in one metadata: import this, and `METADATA` is complete."""

from quizapp.database import account_tables, bank_tables, class_tables, memory_tables, studio_tables, study_tables
from quizapp.database.table import Table

METADATA = Table.metadata
TABLE_MODULES = (account_tables, bank_tables, class_tables, study_tables, memory_tables, studio_tables)
