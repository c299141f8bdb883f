"""Rules that every table keeps, in the code and in the migrated database."""

import pytest
from sqlalchemy import CheckConstraint, Engine, ForeignKeyConstraint, UniqueConstraint, inspect

from quizapp.database.table import Table
from quizapp.database.tables import METADATA, TABLE_MODULES
from quizapp.database.upgrade import upgrade

TABLES = METADATA.sorted_tables
CLASSES = sorted((mapper.class_ for mapper in Table.registry.mappers), key=lambda row: row.__name__)
LAYER = {  # which module a table stands in, from the lowest
    row.__tablename__: place
    for place, module in enumerate(TABLE_MODULES)
    for row in CLASSES
    if row.__module__ == module.__name__
}
PLURALS = {"people"}  # those that do not end in s


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_table_name_is_plural(table):
    assert table.name.endswith("s") or table.name in PLURALS


@pytest.mark.parametrize("row", CLASSES, ids=lambda row: row.__name__)
def test_every_class_ends_in_row_and_stands_in_a_module_that_is_listed(row):
    assert row.__name__.endswith("Row")
    assert row.__tablename__ in LAYER


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_tables_refer_one_way_from_study_over_bank_to_account(table):
    for key in table.foreign_keys:
        assert LAYER[key.column.table.name] <= LAYER[table.name]


@pytest.mark.parametrize("row", CLASSES, ids=lambda row: row.__name__)
def test_no_class_has_a_relationship_back(row):
    assert list(inspect(row).relationships) == []


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_column_that_ends_in_id_is_a_foreign_key(table):
    keys = {column.name for key in table.foreign_key_constraints for column in key.columns}
    assert {column.name for column in table.columns if column.name.endswith("_id")} - keys == set()


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_foreign_key_can_be_looked_up_by_an_index(table):
    starts = [tuple(table.primary_key.columns.keys())]
    starts += [tuple(index.columns.keys()) for index in table.indexes]
    starts += [tuple(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)]
    for key in table.foreign_key_constraints:
        names = tuple(key.column_keys)
        assert any(start[: len(names)] == names for start in starts), names


def test_every_constraint_in_the_migrated_database_is_the_one_in_the_code_and_has_its_name(empty_engine: Engine):
    upgrade(empty_engine)
    found = inspect(empty_engine)
    assert set(found.get_table_names()) == {table.name for table in TABLES} | {"alembic_version"}
    for table in TABLES:
        named = {
            "pk": {found.get_pk_constraint(table.name)["name"]},
            "fk": {one["name"] for one in found.get_foreign_keys(table.name)},
            "uq": {one["name"] for one in found.get_unique_constraints(table.name)},
            "ck": {one["name"] for one in found.get_check_constraints(table.name)},
            "ix": {one["name"] for one in found.get_indexes(table.name) if not one.get("duplicates_constraint")},
        }
        assert named == {
            "pk": {table.primary_key.name},
            "fk": names(table, ForeignKeyConstraint),
            "uq": names(table, UniqueConstraint),
            "ck": names(table, CheckConstraint),
            "ix": {index.name for index in table.indexes},
        }
        assert not any(name is None for group in named.values() for name in group)


def names(table: object, kind: type) -> set[str]:
    return {str(one.name) for one in table.constraints if isinstance(one, kind)}  # type: ignore[attr-defined]
