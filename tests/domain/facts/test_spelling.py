import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.domain.facts.spelling import MAX_LENGTH, folded_words, is_near_miss, same_words, slips

WORDS = st.text(st.sampled_from(string.ascii_lowercase), min_size=8, max_size=14)
HOSTILE = [
    "", " ", "?", "\x00", "\ud800", "‮abc", "\u200b", "a" * 100_000, "́" * 5_000, "ﷺ" * 200, "𝔘𝔑", "🙂" * 200,
    "and " * 60, "one " * 60, "a." * 500, "' " * 200, "9" * 5_000, "ten thousand " * 30, "İ" * 500, "ß" * 200,
    "½", "١٢",
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Məmmədov", "Mammadov"), ("ƏLIYEV", "aliyev"), ("Erdoğan", "Erdogan"), ("Şuşa", "Susa"),
        ("Çanakkale", "canakkale"),
        ("Xankəndi", "Xankandi"), ("İstanbul", "istanbul"), ("ISTANBUL", "ıstanbul"), ("Straße", "strasse"),
        ("Øresund", "oresund"), ("Łódź", "Lodz"), ("Æthelred", "aethelred"), ("São Tomé", "Sao Tome"),
        ("𝐁aku", "baku"), ("Ｂａｋｕ", "Baku"),
        ("The U.N.", "UN"), ("u.n", "UN"), ("U. N.", "un"), ("J. R. R. Tolkien", "JRR Tolkien"),
        ("the Lachin corridor", "Lachin Corridor"), ("A week", "week"), ("an hour", "hour"), ("Mr. Quay", "Quay"),
        ("Nagorno-Karabakh", "Nagorno Karabakh"), ("Nagorno–Karabakh", "nagorno—karabakh"), ("cease-fire", "ceasefire"),
        ("arch rival", "archrival"), ("co-operation", "cooperation"), ("Nagorno‑Karabakh", "Nagorno−Karabakh"),
        ("Azerbaijan’s army", "Azerbaijan's army"), ("Azerbaijan´s army", "Azerbaijan`s army"), ("O’Brien", "OBrien"),
        ("Ba‘ath", "Baath"), ("the 1990's", "1990s"), ("“invaded”", "invaded"), ("peace & war", "peace and war"),
        ("ten thousand troops", "10,000 troops"), ("10 thousand troops", "10 000 troops"), ("5 months", "five months"),
        ("World War Two", "World War 2"), ("forty-four days", "44 days"), ("the third", "3rd"), ("5months", "5 months"),
        ("a hundred trucks", "100 trucks"), ("$360 million", "360,000,000"), ("10million", "ten million"),
        ("organisation", "organization"), ("kilometres", "kilometers"), ("neighbour", "neighbor"),
        ("defence", "defense"),
        ("the theatre", "theater"), ("travelled", "traveled"), ("programme", "program"), ("analysed", "analyzed"),
        ("  Baku  ", "Baku"), ("Baku.", "baku!"), ("Nagorno\u00a0Karabakh", "Nagorno Karabakh"),
    ],
)  # fmt: skip
def test_two_ways_of_writing_the_same(one, other):
    assert same_words(one, other)
    assert same_words(other, one)
    assert not is_near_miss(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10 5", "105"), ("2020", "20 20"), ("57.9", "579"), ("1990s", "1990"), ("ten", "11"), ("five", "fifth"),
        ("10,000", "1,000"), ("ten five", "fifteen"), ("10.000", "10,000"),
        ("Iran", "Iraq"), ("four", "for"), ("mourning", "morning"), ("court", "cort"), ("DR Congo", "Congo"),
        ("Karabakh", "Karabagh"), ("on time", "in time"), ("が", "か"), ("कि", "का"), ("क्त", "कत"),
        ("Հայաստան", "Հայստան"), ("Հայաստան", "Hayastan"), ("theory", "ory"), ("Angola", "gola"), ("", "a"),
    ],
)  # fmt: skip
def test_what_is_not_the_same_is_kept_apart(one, other):
    assert not same_words(one, other)
    assert not same_words(other, one)


def test_armenian_letters_are_left_as_they_are():
    assert folded_words("Լեռնային Ղարաբաղ") == "լեռնայինղարաբաղ"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Pashinain", "Pashinian"), ("Bkau", "Baku"), ("Mamadov", "Mammadov"), ("Bakuu", "Baku"), ("Bakv", "Baku"),
        ("Yerevean", "Yerevan"), ("Lachin coridor", "Lachin corridor"), ("Lachn coridor", "Lachin corridor"),
        ("Azerbajan", "Azerbaijan"), ("Azerbiajan", "Azerbaijan"), ("ceasfire", "cease-fire"), ("Erdogen", "Erdoğan"),
        ("Հայաստն", "Հայաստան"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_near(typed, wanted):
    assert is_near_miss(typed, wanted)
    assert is_near_miss(wanted, typed)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("EU", "UN"), ("Van", "Ban"), ("May", "Mau"), ("the UN", "the EU"),
        ("Baki", "Bako!x"), ("Brno", "Oslo"), ("Yerevvann", "Yereva"), ("Mamdv", "Mammadov"),
        ("1989", "1988"), ("10,001 troops", "10,000 troops"), ("2020s", "2020"), ("11 months", "eleven month"),
        ("½", "⅓"),
        ("Tuesday", "Thursday"), ("July", "June"), ("Iraq", "Iran"), ("Iceland", "Ireland"), ("Austria", "Australia"),
        ("North Korea", "South Korea"), ("northern", "southern"), ("East Timor", "West Timor"),
        ("internal", "external"),
        ("increase", "decrease"), ("Niger", "Nigeria"), ("", "Baku"), ("?", "Baku"), ("Baku", ""),
    ],
)  # fmt: skip
def test_another_word_or_number_is_not_near(typed, wanted):
    assert not is_near_miss(typed, wanted)
    assert not is_near_miss(wanted, typed)


@given(WORDS, st.data())
def test_one_slip_anywhere_in_a_long_word_is_near(word, data):
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    for typed in (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        swapped,
    ):
        assert slips(typed, word, 2) <= 1


@pytest.mark.parametrize(
    ("left", "right", "count"),
    [("", "", 0), ("baku", "baku", 0), ("baku", "bkau", 1), ("baku", "abku", 1), ("baku", "bak", 1), ("ab", "ba", 1),
     ("baku", "bukka", 3), ("abc", "cab", 2), ("", "abc", 3), ("ca", "abc", 3)],
)  # fmt: skip
def test_slips_are_counted(left, right, count):
    assert slips(left, right, 5) == slips(right, left, 5) == count


@given(st.text(max_size=12), st.text(max_size=12), st.integers(0, 3))
def test_the_count_of_slips_stops_above_its_limit(left, right, limit):
    exact = slips(left, right, 99)
    assert slips(left, right, limit) == min(exact, limit + 1)
    assert abs(len(left) - len(right)) <= exact <= max(len(left), len(right))


@given(st.text(max_size=60), st.text(max_size=60))
@example("İ", "i̇")
@example("North", "South")
def test_sameness_and_nearness_are_symmetric_and_exclude_each_other(one, other):
    assert same_words(one, other) == same_words(other, one)
    assert is_near_miss(one, other) == is_near_miss(other, one)
    assert not (same_words(one, other) and is_near_miss(one, other))


@given(st.text(max_size=80))
def test_every_text_is_the_same_as_itself_in_any_case_with_any_end(text):
    assert same_words(text, text)
    assert same_words(f" {text}. ", text) or text.endswith(("'", "’")) or not text[-1:].isalnum()


@given(st.text(max_size=80))
def test_what_is_folded_holds_no_case_and_no_ends(text):
    folded = folded_words(text)
    assert folded == folded.strip()
    assert folded == folded.casefold() or not text.isascii()


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_never_raises_and_stays_short(text):
    assert len(folded_words(text)) <= 2 * MAX_LENGTH
    assert same_words(text, text)
    assert is_near_miss(text, "Baku") == is_near_miss("Baku", text)


@pytest.mark.parametrize(("one", "other"), [("ab" * 100, "ba" * 100), ("a" * 199 + "b", "c" + "a" * 199)])
def test_the_longest_texts_are_compared_in_a_bounded_number_of_steps(one, other):
    steps = CountedText(one)
    slips(steps, CountedText(other), 2)
    assert steps.walked <= MAX_LENGTH


class CountedText(str):
    """Counts the letters that are walked over; each takes one row of at most MAX_LENGTH cells."""

    walked = 0

    def __iter__(self):
        for letter in str.__iter__(self):
            self.walked += 1
            yield letter
