import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.facts.fact import Status
from quizapp.domain.questions.flashcard_face import face_of, voice_line
from tests.factories import make_claim, make_fact, make_source

SOURCE = make_source()
OWN = "The Quayside Times, in its own voice"


def test_a_fact_with_a_value_asks_for_it_and_answers_with_the_whole_statement():
    face = face_of(make_fact(), SOURCE)
    assert face.front == "In the article, how much did the boats of catch-weight land that month?"
    assert (face.back, face.statement) == ("40 tons", "The boats of catch-weight landed 40 tons that month.")
    assert face.place == "Paragraph 3"
    assert face.front_voice == face.back_voice == OWN


def test_a_question_that_names_the_article_is_not_opened_twice():
    assert face_of(make_fact(ask="what does the article give?"), SOURCE).front == "What does the article give?"


def test_both_sides_of_a_claim_with_a_value_say_whose_it_is():
    face = face_of(make_fact(speaker="fishers", ask="how much did the fishers’ union say it was?"), SOURCE)
    assert face.front_voice == face.back_voice == "The fishers’ union said"


def test_a_claim_without_a_value_asks_who_said_it_and_does_not_tell_beforehand():
    face = face_of(make_claim(said="the ice would melt."), SOURCE)
    assert (face.front, face.back) == ("In the article, who said that the ice would melt?", "Ada Quay")
    assert (face.front_voice, face.back_voice) == ("The Quayside Times gives it as somebody’s word", "Quay said")
    assert "Quay" not in face.front + face.front_voice.replace("Quayside", "")


@pytest.mark.parametrize(
    "fact",
    [
        make_fact(value=None, ask="", value_of="", relation="", statement="Ice.", kind="event"),
        make_claim(said=""),
    ],
)
def test_what_cannot_be_asked_has_no_card(fact):
    assert face_of(fact, SOURCE) is None


@pytest.mark.parametrize("status", Status)
def test_a_note_is_shown_where_the_status_needs_one(status):
    face = face_of(make_fact(status=status, note="The log gives 4 tons."), SOURCE)
    shown = status in (Status.DISPUTED, Status.CONTRADICTED, Status.OUTDATED)
    assert face.note == ("The log gives 4 tons." if shown else "")


@pytest.mark.parametrize(
    ("speaker", "outlet"), [("nobody-known", "The Quayside Times"), (None, "")], ids=["unknown speaker", "no outlet"]
)
def test_a_voice_that_is_not_known_stays_empty(speaker, outlet):
    assert voice_line(make_fact(speaker=speaker), make_source(outlet=outlet)) == ""


@given(st.sampled_from([None, "harbour-master", "fishers", "both"]), st.booleans())
def test_every_card_there_is_says_who_on_both_sides(speaker, with_value):
    fact = make_fact(speaker=speaker) if with_value or speaker is None else make_claim(speaker=speaker)
    face = face_of(fact, SOURCE)
    assert face.front.startswith("In the article, ") and face.front.endswith("?")
    assert face.front_voice and face.back_voice and face.back
