import pytest

from quizapp.domain.facts.fact import FactKind, Status
from quizapp.domain.questions.recipes.recipe import asked_of_article, explanation_of, goes_on_after_that, says_who
from tests.factories import SPEAKERS, make_fact

QUAY = SPEAKERS[0]


def words(statement, text="a hard frost"):
    return make_fact(kind=FactKind.CAUSE, value_text=text, statement=statement, value_of="the reason")


@pytest.mark.parametrize(
    ("ask", "stem"),
    [("how much?", "In the article, how much?"), ("what does the article say?", "What does the article say?")],
)
def test_a_stem_asks_what_the_article_says(ask, stem):
    assert asked_of_article(ask) == stem


def test_a_number_or_name_is_said_to_be_what_it_is():
    assert says_who(make_fact(), None, "40 tons") == "The article gives 40 tons as the catch of catch-weight."


def test_other_words_are_told_in_their_sentence():
    fact = words("The boat came late in {a hard frost}.")
    assert says_who(fact, None, "a low tide") == "According to the article: The boat came late in a low tide."


def test_a_sentence_on_the_article_is_not_said_to_be_in_it():
    fact = words("The article blames {a hard frost}.")
    assert says_who(fact, None, "a hard frost") == "The article blames a hard frost."


def test_a_quoted_word_is_used_not_given():
    fact = words("The ice was {“bitter”}.", "“bitter”")
    assert says_who(fact, None, "“bitter”") == "The article uses “bitter” as the reason."


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("Quay said it was {a hard frost}.", "Quay said it was a hard frost."),
        ("She said it was {a hard frost}.", "Quay gave a hard frost as the reason."),
    ],
)
def test_what_somebody_says_is_told_with_their_name(statement, told):
    assert says_who(words(statement), QUAY, "a hard frost") == told


@pytest.mark.parametrize("status", list(Status))
def test_the_note_of_what_is_disputed_or_contradicted_is_told(status):
    explanation = explanation_of(make_fact(status=status, note="The log differs."), None)
    assert explanation.endswith("The log differs.") is (status in (Status.DISPUTED, Status.CONTRADICTED))


@pytest.mark.parametrize(
    ("statement", "clause"),
    [("The boat sank.", "the boat sank"), ("In May the ice broke.", "in May the ice broke"), ("Quay came.", "")],
)
def test_a_sentence_goes_on_after_that_unless_it_may_open_with_a_name(statement, clause):
    assert goes_on_after_that(make_fact(statement=statement)) == clause
