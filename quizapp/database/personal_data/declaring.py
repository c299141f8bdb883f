"""How a table says what it keeps of a person: why, under what name it is exported, and what deletion does to it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from sqlalchemy import ColumnElement, Table, false, or_, select

from quizapp.database.account_tables import PersonRow
from quizapp.database.tables import METADATA

PEOPLE = METADATA.tables[PersonRow.__tablename__]
People = Collection[int]
Belonging = Callable[[People], ColumnElement[bool]]


class OnDeletion(StrEnum):
    """What becomes of a column when its person is deleted."""

    DELETED = "deleted"
    EMPTIED = "emptied"
    KEPT = "kept, and leads to nobody"


class Shown(Enum):
    """What an export shows for a stored value."""

    AS_IT_IS = auto()
    BANK = auto()
    """The name of the bank with this id."""
    CLASS = auto()
    FACT = auto()
    QUESTION = auto()
    """The stem of the revision with this id."""
    QUESTION_IF_ANSWERED = auto()
    """The same, where the row's position has a response: before that an export tells nothing of it."""
    QUESTION_AT_POSITION = auto()
    """The stem of the question at this position of the row's attempt."""


@dataclass(frozen=True, slots=True)
class Export:
    """One column of an export; an empty name is the column's own."""

    name: str = ""
    shown: Shown = Shown.AS_IT_IS


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """Why a column is there, and how it is exported; `withheld` says why it is not."""

    purpose: str
    exports: tuple[Export, ...] = ()
    withheld: str = ""
    emptied: bool = False


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """A table that holds something of people: which of its rows are a person's, and what each column is for.

    `rows_deleted` says whether those rows go with the person, and `remains` what stays where they do not.
    """

    table: Table
    title: str
    purpose: str
    belongs_to: Belonging
    columns: Mapping[str, PersonalColumn]
    rows_deleted: bool = True
    remains: str = ""

    @property
    def name(self) -> str:
        """The table's name, which is that of its file in an export too."""
        return self.table.name

    def on_deletion(self, column: str) -> OnDeletion:
        """Say what becomes of a column when the person is deleted."""
        if self.rows_deleted:
            return OnDeletion.DELETED
        return OnDeletion.EMPTIED if self.columns[column].emptied else OnDeletion.KEPT

    def exports(self) -> list[tuple[str, str, Export]]:
        """Return the name in an export, the column and how it is shown, in order; nothing where none is exported."""
        return [(one.name or name, name, one) for name, column in self.columns.items() for one in column.exports]


def table_named(name: str) -> Table:
    """Return a table of the database."""
    return METADATA.tables[name]


def exported(purpose: str, name: str = "", shown: Shown = Shown.AS_IT_IS) -> PersonalColumn:
    """Declare a column that is exported, under its own name or another."""
    return PersonalColumn(purpose, (Export(name, shown),))


def withheld(purpose: str, why: str) -> PersonalColumn:
    """Declare a column that is not exported."""
    return PersonalColumn(purpose, withheld=why)


def the_person(table: Table) -> PersonalColumn:
    """Declare the column that says whose a row is; every exported row is the same person's."""
    return withheld(f"Says whose these {table.name.replace('_', ' ')} are.", "It is the same in every row: you.")


def row_number(purpose: str = "Tells the rows apart.") -> PersonalColumn:
    """Declare a number that means nothing outside the database."""
    return withheld(purpose, "A number that means nothing outside the database.")


def by(table: Table, column: str) -> Belonging:
    """Say that rows are a person's whose column leads to them, over as many tables as it takes."""
    target = next(iter(table.c[column].foreign_keys)).column
    if target.table is PEOPLE:
        return lambda people: table.c[column].in_(people)
    parent = next(key for key in ("person_id", "attempt_id") if key in target.table.c)
    further = by(target.table, parent)
    return lambda people: table.c[column].in_(select(target).where(further(people)))


def by_pseudonym(table: Table, *columns: str) -> Belonging:
    """Say that rows are a person's which name their pseudonym."""

    def belongs_to(people: People) -> ColumnElement[bool]:
        own = select(PEOPLE.c.pseudonym).where(PEOPLE.c.id.in_(people))
        return or_(*(table.c[column].in_(own) for column in columns))

    return belongs_to


def by_nothing(people: People) -> ColumnElement[bool]:
    """Say that nobody can tell whose the rows are."""
    return false()
