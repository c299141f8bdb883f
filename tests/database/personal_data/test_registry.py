"""A new table or column fails here until it says what it keeps of people, and why."""

import pytest

from quizapp.database.account_tables import PersonRow
from quizapp.database.personal_data.declaring import OnDeletion
from quizapp.database.personal_data.registry import DECLARED, NOBODY
from quizapp.database.tables import METADATA

TABLES = METADATA.sorted_tables
BY_NAME = {one.name: one for one in DECLARED}
PEOPLE = METADATA.tables[PersonRow.__tablename__]


def leads_to_a_person(table, seen=frozenset()):
    """Say whether a table's rows lead to people by foreign keys, over tables whose rows are deleted with a person."""
    targets = {key.column.table for key in table.foreign_keys} - {table} - seen
    return any(
        one is PEOPLE
        or ((one.name not in BY_NAME or BY_NAME[one.name].rows_deleted) and leads_to_a_person(one, seen | {table}))
        for one in targets
    )


def test_every_table_is_declared_to_hold_something_of_people_or_nobody():
    assert sorted(BY_NAME) == sorted(one.name for one in DECLARED), "declared twice"
    assert set(BY_NAME) & set(NOBODY) == set()
    assert set(BY_NAME) | set(NOBODY) == {table.name for table in TABLES}


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_what_leads_to_a_person_is_declared_personal(table):
    if table is PEOPLE or leads_to_a_person(table):
        assert table.name in BY_NAME


@pytest.mark.parametrize("personal", DECLARED, ids=lambda one: one.name)
def test_every_column_is_declared_and_no_other(personal):
    assert set(personal.columns) == set(personal.table.columns.keys())


@pytest.mark.parametrize("personal", DECLARED, ids=lambda one: one.name)
def test_every_column_says_what_it_is_for_and_either_how_it_is_exported_or_why_not(personal):
    for text in (personal.title, personal.purpose, *(one.purpose for one in personal.columns.values())):
        assert text[0].isupper() or text[0].isdigit()
    for name, column in personal.columns.items():
        assert column.purpose.endswith("."), name
        assert bool(column.exports) != bool(column.withheld), name
    names = [name for name, _, _ in personal.exports()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("personal", DECLARED, ids=lambda one: one.name)
def test_rows_that_stay_lead_to_nobody_by_any_key(personal):
    if personal.rows_deleted:
        assert not personal.remains
        assert {personal.on_deletion(name) for name in personal.columns} == {OnDeletion.DELETED}
        return
    assert personal.remains
    keys = [key.parent for key in personal.table.foreign_keys if key.column.table is PEOPLE]
    for column in keys:
        assert personal.on_deletion(column.name) is OnDeletion.EMPTIED
        assert column.nullable


def test_no_export_shows_the_number_of_somebody_else_or_a_secret():
    shown = {f"{one.name}.{column}" for one in DECLARED for _, column, _ in one.exports()}
    people = {str(key.parent) for table in TABLES for key in table.foreign_keys if key.column.table is PEOPLE}
    secrets = {"people.password_hash", "people.uniquifier", "sessions.token_hash", "mails.body", "join_codes.code"}
    assert shown & (people | secrets) == set()


def test_parents_are_declared_before_their_children_so_that_deletion_can_go_backwards():
    place = {one.name: number for number, one in enumerate(DECLARED)}
    for one in DECLARED:
        for key in one.table.foreign_keys:
            target = key.column.table.name
            assert target == one.name or target not in place or place[target] < place[one.name], one.name
