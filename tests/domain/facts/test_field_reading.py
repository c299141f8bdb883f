from enum import StrEnum

import pytest

from quizapp.domain.facts.field_reading import MAX_TEXT, Table


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def table(**values):
    return Table("paint.toml", "the wall", values, 7)


def sentences(one):
    return [problem.sentence for problem in one.problems]


def test_text_is_taken_without_the_spaces_around_it():
    assert table(name="  wall ").text("name") == "wall"


@pytest.mark.parametrize("values", [{}, {"name": None}])
def test_what_is_missing_gives_the_default(values):
    one = table(**values)
    assert (one.text("name", default="x"), one.texts("name"), one.number("name"), one.flag("name")) == (
        "x",
        (),
        None,
        False,
    )
    assert one.choice("name", Colour, Colour.RED) is Colour.RED
    assert one.problems == []


def test_what_is_needed_and_missing_is_said_with_file_and_line():
    one = table()
    one.text("name", needed=True)
    assert [str(problem) for problem in one.problems] == ["paint.toml:7: the wall: `name` is missing."]


@pytest.mark.parametrize(
    ("read", "value"),
    [
        *((Table.text, value) for value in (5, True, [], {}, "a\x00b", "a" * (MAX_TEXT + 1))),
        *((Table.name_text, value) for value in ("Wall", "a b", "-a", "a--b", "a/b", "é", "", "a" * 101, 5)),
        *((Table.texts, value) for value in ("a", ["a", 5], [""], ["a\x00"], ["a" * (MAX_TEXT + 1)], {"a": "b"})),
        *((Table.numbers, value) for value in ("5", [], ["5"], 5.0, True, [1, True], {})),
        *((Table.number, value) for value in ("5", True, float("inf"), float("nan"), 10**18, -(10**400), [5])),
        *((Table.flag, value) for value in (0, 1, "true", [])),
    ],
)
def test_a_value_of_another_kind_is_a_problem_and_never_an_error(read, value):
    one = table(field=value)
    read(one, "field")
    assert len(one.problems) == 1
    assert "`field`" in sentences(one)[0]


@pytest.mark.parametrize("value", ["green", "", 5, [], {}, True, ["red"], "Red"])
def test_what_is_not_among_the_choices_is_a_problem_that_lists_them(value):
    one = table(colour=value)
    assert one.choice("colour", Colour) is None
    assert "it must be one of red, blue." in sentences(one)[0]


@pytest.mark.parametrize(("given", "read"), [(8, (8,)), ([8, 9], (8, 9)), ([8], (8,))])
def test_one_number_stands_for_a_list_of_one(given, read):
    assert table(paragraph=given).numbers("paragraph") == read


@pytest.mark.parametrize("value", [0, -5, 2.5, 10**18 - 1])
def test_finite_numbers_are_taken_as_they_are(value):
    assert table(number=value).number("number") == value


def test_a_field_nobody_asked_for_is_a_problem():
    one = table(name="wall", colour="red")
    one.text("name")
    one.finish()
    assert sentences(one) == ["the wall: there is no field `colour`."]


def test_each_object_of_a_list_is_opened_and_kept_for_its_problems():
    opened = []
    for inner in table(doors=[{"id": "a"}, {}]).tables("doors", opened):
        inner.text("id", needed=True)
    assert [problem.sentence for inner in opened for problem in inner.problems] == ["doors[1]: `id` is missing."]


@pytest.mark.parametrize("value", [None, 5, "a", {}, [5], [{}, "a"]])
def test_what_is_no_list_of_objects_opens_nothing(value):
    one, opened = table(doors=value), []
    assert list(one.tables("doors", opened)) == opened == []
    assert len(one.problems) == 1
