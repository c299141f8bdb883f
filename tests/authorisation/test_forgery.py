"""What another site, a bare link or a form with more fields than ours could do to somebody: nothing."""

from datetime import datetime
from urllib.parse import urlencode

import pytest
from sqlalchemy import Boolean, Column, Float, Integer

from quizapp.database.table import Moment, Table
from tests.authorisation.asking import CHANGING, Question, cells, questions
from tests.authorisation.house import Answer, Dump, House
from tests.authorisation.things import Thing
from tests.authorisation.world import ANONYMOUS, PRINCIPALS, Principal

ROWS = list(questions())
FORMS = [row for row in ROWS if row.method in CHANGING]
PAGES = [row for row in ROWS if row.method == "GET"]

FORGED = {"no token": "", "garbage": "nonsense", "another's token": None}
EXPIRED = b"This form has expired"

GET_MAY_WRITE: frozenset[str] = frozenset()
"""The tables that opening a page may write to: none."""

STORES_NOTHING = {
    "theme.change": "the theme is kept in a cookie",
    "privacy.keep": "nobody asked to be deleted",
    "rosters.look": "it shows what an import would do",
    "highlights.keep_text": "a bank that came from a file takes no text",
    "highlights.draft": "it shows what could be kept",
    "question_lists.look": "it shows what would be done to many questions",
    "bank_folders.look": "it shows what loading would do",
    "questions.preview": "it shows what is typed",
    "setup.use": "an instructor is there, so that no link makes one any more",
}
RANDOM = frozenset({"pseudonym", "uniquifier", "password_hash", "actor", "subject", "source_key"})
"""Columns that differ whenever a person is made, and those that hold their pseudonym."""
POSTING = ("learner", "teacher", "guest", "anonymous", "admin")
"""Those who post more than a form has; the others only where the first two may not."""
HOSTILE = {"role": "admin", "score": "1", "visibility": "private", "origin": "contrast", "kind": "contrast"}


def somebody(house: House, row: Question, *names: str) -> tuple[Principal, Thing] | None:
    """Return one of these people with something that they may ask this of."""
    asked = [(who, thing) for who, thing in cells(row, house.world) if not names or who.name in names]
    return next(((who, thing) for who, thing in asked if row.is_allowed(who, thing)), None)


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("row", FORMS, ids=str)
def test_a_form_without_the_token_of_this_browser_changes_nothing(house, row, forged):
    who, thing = somebody(house, row) or (ANONYMOUS, next(thing for _, thing in cells(row, house.world)))
    another = next(one for one in PRINCIPALS if one != who)
    token = house.tokens[another.name] if FORGED[forged] is None else FORGED[forged]
    before = house.dump()
    answer = house.ask(who, row.method, row.path(thing), row.form(house.world, who, thing), token, keep=True)
    assert (answer.status, EXPIRED in answer.body) == (400, True)
    assert answer.tried == ()
    assert house.dump() == before


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_opening_a_page_writes_nothing(house, row):
    opened = 0
    for one in PRINCIPALS:
        who, thing = somebody(house, row, one.name) or (one, next(thing for _, thing in cells(row, house.world)))
        answer = house.ask(who, "GET", row.path(thing))
        opened += answer.status < 400
        wrote = [write for write in answer.tried if not any(table in write for table in GET_MAY_WRITE)]
        assert wrote == [], f"{who.name} / {thing.state}"
    assert opened or row.rule.endpoint == "setup.page"


def extras(house: House, form: dict[str, str], who: Principal) -> dict[str, str]:
    """Return the name of every column that is no field of the form, each with a value somebody would like to set."""
    other = next(actor.id for name, actor in house.world.people.items() if name != who.name)
    columns = {column.name: column for table in Table.metadata.tables.values() for column in table.columns}
    return {name: hostile(column, other) for name, column in columns.items() if name not in form}


def hostile(column: Column, other: int) -> str:
    """Return a value that fits the column: somebody else's where it names one."""
    if column.name in HOSTILE:
        return HOSTILE[column.name]
    if column.name in ("person_id", "owner_id", "author_id"):
        return str(other)
    if isinstance(column.type, Moment):
        return datetime(2001, 1, 1).isoformat()  # noqa: DTZ001 - the words of one, as a form has them
    return "1" if isinstance(column.type, Boolean | Integer | Float) else "hostile"


def stored(house: House, row: Question, who: Principal, thing: Thing, more: dict[str, str]) -> tuple[Answer, Dump]:
    """Send a form with more fields, in the form and in the address; return what came of it, and put it back."""
    house.restore()
    form = row.form(house.world, who, thing)
    path = row.path(thing) + (f"?{urlencode(more)}" if more else "")
    answer = house.ask(who, row.method, path, form | more, keep=True)
    dump = house.dump(without=RANDOM)
    house.restore()
    return answer, dump


@pytest.mark.parametrize("row", FORMS, ids=str)
def test_no_column_can_be_set_that_is_no_field_of_the_form(house, row):
    wrote = False
    for name in POSTING:
        if wrote and name in POSTING[2:]:
            break
        allowed = [thing for who, thing in cells(row, house.world) if who.name == name and row.is_allowed(who, thing)]
        who = next(one for one in PRINCIPALS if one.name == name)
        for thing in allowed:
            plain, expected = stored(house, row, who, thing, {})
            if plain.wrote or thing is allowed[-1]:
                more = extras(house, row.form(house.world, who, thing), who)
                answer, found = stored(house, row, who, thing, more)
                leads_to = [one.location.partition("?")[0] for one in (answer, plain)]
                assert (answer.status, leads_to[0]) == (plain.status, leads_to[1])
                assert found == expected, f"{name} / {thing.state}"
                wrote = wrote or bool(plain.wrote)
                break
    assert wrote or row.rule.endpoint in STORES_NOTHING


def test_the_fields_that_are_posted_besides_are_the_columns_of_every_table(house):
    names = extras(house, {}, ANONYMOUS)
    assert {"role", "owner_id", "suspended_at", "password_hash", "finished_at", "revision_number"} <= set(names)
    assert (names["role"], names["owner_id"]) == ("admin", str(house.world.people["guest"].id))
