"""What kind of thing the words of a value are, guessed from their form and their surroundings."""

import pytest

from quizapp.domain.facts.value_guess import value_of_words


@pytest.mark.parametrize(
    ("words", "line", "kind", "comparable"),
    [
        ("1754", "The bridge was opened in 1754.", "date", "date by year"),
        ("1754", "The bridge cost 1754 gold coins.", "quantity", "number of "),
        ("March", "It began in March.", "date", "date by month"),
        ("March", "The March crossed the city.", "event", "phrase"),
        ("1 March 2019", "The act took effect on 1 March 2019.", "date", "date by month"),
        ("the 19th century", "It was used until the 19th century.", "date", "date by words"),
        ("Monday", "The aid arrived on Monday.", "date", "date by weekday"),
        ("nearly five months", "It took nearly five months.", "quantity", "number of months"),
        ("6%", "Rents rose by 6%.", "quantity", "number of %"),
        ("37 °C", "It boils at 37 °C.", "quantity", "number of °c"),
        ("Utrecht", "The treaty was signed in Utrecht.", "place", "place"),
        ("the River Rhine", "It is fed by the River Rhine.", "place", "place"),
        ("the Red Cross", "Aid came from the Red Cross.", "event", "phrase"),
        ("Supreme Court", "Appeals go to the Supreme Court.", "organisation", "organisation"),
        ("Marie Curie", "The prize was won by Marie Curie.", "person", "person"),
        ("Marie Curie", "Marie Curie won the prize.", "person", "person"),
        ("Duke Albrecht", "Duke Albrecht founded it.", "person", "person"),
        ("ATP", "The energy is kept in ATP.", "event", "phrase"),
        ("Steam", "Steam keeps the crust soft.", "event", "phrase"),
        ("The Report", "The Report says so.", "event", "phrase"),
        ("the chloroplasts", "It happens in the chloroplasts.", "event", "phrase"),
    ],
)
def test_a_value_is_typed_by_its_words_and_its_line(words, line, kind, comparable):
    found, value = value_of_words(words, line)
    assert (found.value, value.kind) == (kind, comparable)


def test_the_text_tells_a_name_from_the_first_word_of_a_line():
    line = "Schwann held that animals consist of cells."
    assert value_of_words("Schwann", line, "In 1839 the doctor Schwann said so.")[0].value == "person"
    assert value_of_words("Schwann", line)[1].kind == "phrase"
