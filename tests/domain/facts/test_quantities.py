from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizapp.domain.facts.quantities import (
    HEDGES,
    MAX_DIGITS,
    NotANumber,
    Quantity,
    fold,
    format_number,
    number_in_words,
    parse_quantity,
    read_number,
    split_hedge,
)

SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    for scale, word in ((10**9, "billion"), (10**6, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            return f"{in_words(number // scale)} {word}" + (f" and {in_words(rest)}" if rest else "")
    if number < 20:
        return SMALL[number]
    return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")


@pytest.mark.parametrize(
    ("text", "number", "unit", "hedge", "scale"),
    [
        ("40 tons", 40, "tons", "", 1),
        ("nearly five months", 5, "months", "nearly", 1),
        ("some 10,000 troops", 10_000, "troops", "some", 1),
        ("$360 million", 360_000_000, "dollars", "", 1_000_000),
        ("some $360 million", 360_000_000, "dollars", "some", 1_000_000),
        ("nearly a dozen people", 12, "people", "nearly", 1),
        ("57.9 kilometers", Decimal("57.9"), "kilometers", "", 1),
        ("5 hundred boats", 500, "boats", "", 100),
        ("just under two thirds", 2, "thirds", "just under", 1),
        ("150 square kilometers", 150, "square kilometers", "", 1),
        ("−5 degrees", -5, "degrees", "", 1),
        ("More than 3 boats", 3, "boats", "more than", 1),
        ("44-day", 44, "day", "", 1),
        ("twenty-one  boats", 21, "boats", "", 1),
        ("1988", 1988, "", "", 1),
    ],
)
def test_a_value_is_read_with_its_hedge_unit_and_scale(text, number, unit, hedge, scale):
    assert parse_quantity(text) == Quantity(Decimal(number), unit, hedge, scale)


@pytest.mark.parametrize("text", ["", "over a week", "the early 1990s", "Pier 4", "a boat", "some", "tons 40", "half"])
def test_what_does_not_begin_with_a_number_is_no_quantity(text):
    assert parse_quantity(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "10,000", "10 000", "10\u00a0000", "10\u2009000", "10\u202f000", "10'000", "10’000", "10000", "ten thousand",
        "Ten  Thousand", "10k", "10 thousand", "some 10,000", "10,000 troops", "10,000 troop",
        "more than 10,000 troops.", "~10,000", "≈ 10 000", "１０，０００", "10,000.0", "+10,000",
        "10,000 of troops", "10,000!",
    ],
)  # fmt: skip
def test_ten_thousand_may_be_typed_in_every_usual_way(text):
    assert read_number(text, units=("troops",)) == 10_000


@pytest.mark.parametrize("text", ["10.000", "1,5", "1.234.567", "10,0000", "-10.000", "$10.000", "1,23"])
def test_what_could_mean_two_numbers_is_refused_with_advice(text):
    with pytest.raises(NotANumber, match="two ways"):
        read_number(text, units=("dollars",))


@pytest.mark.parametrize(("text", "units"), [("40 m", ("meters",)), ("40 k", ("kilometers",)), ("3m", ("miles",))])
def test_a_letter_that_could_be_a_unit_or_a_scale_is_refused(text, units):
    with pytest.raises(NotANumber, match="Write the word out"):
        read_number(text, units=units)


def test_m_means_million_where_no_unit_begins_with_it():
    assert read_number("360m", units=("dollars", "million dollars")) == 360_000_000


@pytest.mark.parametrize(
    "text",
    ["", " ", "boats", "-", "ten five", "one two", "forty fifteen", "two hundred hundred", "zero five", "5 6", "5-6",
     "1e999", "NaN", "inf", "0x10", "5 boats and 6", "a", "and", "million billion", "10\x00", "🙂", "½ of it",
     "1.234,56", "--5", "9" * (MAX_DIGITS + 1), pytest.param("5" * 10_000, id="very long")],
)  # fmt: skip
def test_what_is_not_one_number_is_refused(text):
    with pytest.raises(NotANumber):
        read_number(text)


@pytest.mark.parametrize(("text", "unit"), [("10 kilos", "tons"), ("€5", "dollars"), ("5 %", "tons"), ("5 tons", "")])
def test_another_unit_is_refused_and_named(text, unit):
    with pytest.raises(NotANumber, match="not part of the number"):
        read_number(text, units=(unit,) if unit else ())


@pytest.mark.parametrize(("typed", "unit"), [("5 tonnes", "tons"), ("5 kilometre", "kilometers"), ("US$ 5", "dollars")])
def test_a_unit_may_be_spelt_otherwise(typed, unit):
    typed = typed.replace("US$", "$")
    assert read_number(typed, units=(unit,)) == 5


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("three hundred and sixty million", 360_000_000),
        ("nineteen hundred", 1_900),
        ("a hundred and one", 101),
        ("two dozen", 24),
        ("a dozen", 12),
        ("forty five", 45),
        ("million", 1_000_000),
    ],
)
def test_cardinals_are_read(text, number):
    assert number_in_words(text) == number


@pytest.mark.parametrize("text", ["", "and", "a", "a five", "ten five", "twenty ten", "thousand million", "dozen five"])
def test_words_that_make_no_cardinal_are_not_added_up(text):
    assert number_in_words(text) is None


@pytest.mark.parametrize("hedge", HEDGES)
def test_every_hedge_is_cut_off_whole(hedge):
    assert split_hedge(f"{hedge} five boats") == (hedge, "five boats")


def test_folding_makes_one_form_of_widths_cases_and_spaces():
    assert fold(" １２ \u00a0TONS\n") == "12 tons"


@pytest.mark.parametrize(("number", "text"), [("10000", "10,000"), ("57.90", "57.9"), ("0", "0"), ("1E+3", "1,000")])
def test_numbers_are_written_in_one_way(number, text):
    assert format_number(Decimal(number)) == text


@given(st.integers(-(10**MAX_DIGITS) + 1, 10**MAX_DIGITS - 1))
def test_a_whole_number_reads_back_as_it_was_written(number):
    assert read_number(format_number(Decimal(number))) == number


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_number_with_decimals_reads_back_as_it_was_written(number):
    assert read_number(format_number(number)) == number


@given(st.integers(0, 10**12 - 1))
@example(10**9)
def test_number_words_round_trip(number):
    assert number_in_words(in_words(number)) == number


@given(st.integers(0, 10**12 - 1), st.sampled_from([*HEDGES, ""]))
def test_what_an_article_may_say_a_learner_may_type(number, hedge):
    text = f"{hedge} {in_words(number)} boats".strip()
    assert parse_quantity(text) == Quantity(Decimal(number), "boats", hedge)
    assert read_number(text, units=("boats",)) == number


HOSTILE = st.text(st.characters() | st.sampled_from("0123456789.,-−'’$€k m٣²½\u00a0\x00\u2009"), max_size=90)


@given(HOSTILE)
@example("٣")
@example("$" * 90)
def test_hostile_text_is_a_number_or_not_a_number(text):
    read_without_crashing(text)


@pytest.mark.long
@settings(max_examples=50_000)
@given(HOSTILE)
def test_much_hostile_text_is_a_number_or_not_a_number(text):
    read_without_crashing(text)


def read_without_crashing(text):
    parse_quantity(text)
    try:
        number = read_number(text, units=("tons", "dollars"))
    except NotANumber as error:
        assert str(error)
    else:
        assert number.is_finite()
        assert format_number(number)
