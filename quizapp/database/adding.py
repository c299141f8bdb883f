"""Adding to rows of counts in one statement, on either database: the row is made where it is missing."""

from collections.abc import Mapping

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def add_to(session: Session, table: Table, key: Mapping[str, int], amounts: Mapping[str, int]) -> None:
    """Add `amounts` to the columns of the row with this primary key; two transactions at once both count."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    statement = (postgresql if on_postgres else sqlite).insert(table).values(**key, **amounts)
    grown = {name: table.c[name] + amount for name, amount in amounts.items()}
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=grown))
