"""The reading page where the source's own text is stored."""

from datetime import date

import pytest
from sqlalchemy import select

from quizapp.database.bank_tables import BankRow
from quizapp.domain.roles import Actor, Role
from quizapp.services.banks import list_banks
from quizapp.services.reading import reading_page
from quizapp.services.studio.attention import attention
from quizapp.services.studio.bank_editor import new_bank
from quizapp.services.studio.import_plan import Upload
from quizapp.services.studio.imports import carry_out, plan_import
from tests.factories import NOON
from tests.people import add_person, sign_in_as
from tests.services.studio.test_bank_editor import NONCE, WORDS, ask
from tests.web.conftest import text_of

PATH = "/reading/ice-in-the-bay"


@pytest.fixture
def owner(visitor, runtime):
    with runtime.writing() as session:
        ines = add_person(session, Role.INSTRUCTOR, "Ines")
        name = new_bank(session, ines, WORDS, NONCE, NOON)
        ask(session, ines, name)
        ask(session, ines, name, "own-2", "boats stayed", speaker="harbour-master")
    sign_in_as(visitor.client, runtime, ines)
    return visitor


def test_the_text_is_shown_with_its_facts_marked_and_says_who_put_it_in(owner):
    page = owner.get(PATH)
    assert '<span class="fact" id="fact-own-1">Nobody sailed</span>' in page.text
    words = text_of(page)
    assert "The boats stayed . Nobody sailed ." in words.replace(" . ", " . ")
    assert "This text was put in by an instructor" in words
    assert "not stored" not in words


def test_each_mark_says_whose_word_it_is_by_its_look_and_in_words(owner):
    page = owner.get(PATH).text
    assert 'class="is-voice-outlet"' in page
    assert 'class="is-voice-solid"' in page
    assert "<i>Quay</i>" in page


def test_a_marked_fact_can_be_asked_and_its_passage_is_quoted_after_the_answer(owner):
    page = owner.get(f"{PATH}?mark=asked")
    assert 'aria-label="Nobody sailed"' in page.text
    asked = owner.post(PATH, fact="own-1").location
    assert "“Nobody sailed”" not in text_of(owner.get(asked))
    owner.answer(asked)
    told = text_of(owner.get(asked))
    assert "Paragraph 2 " in told and "Paragraph 2, in our words" not in told
    assert "“Nobody sailed” In the source’s words: what it rests on." in told


def test_who_does_not_see_the_bank_does_not_see_its_text(owner, new_visitor):
    answer = new_visitor().get(PATH)
    assert answer.status_code == 404
    assert "Nobody sailed" not in answer.text


def test_the_page_of_the_bank_says_that_the_text_is_kept_here(owner):
    told = "Its text was put in by an instructor and can be read here"
    without_a_text = text_of(owner.get("/banks/harbour"))
    assert told in text_of(owner.get("/banks/ice-in-the-bay")) and told not in without_a_text


def test_it_takes_no_more_statements_than_a_retelling(owner, statements):
    statements()
    owner.get("/reading/harbour")
    usual = len(statements())
    owner.get(PATH)
    assert len(statements()) == usual


TABLE = b"""name,question,option a,option b,option c,correct,paragraph
spring,When does spring begin?,March,May,June,A,
noon,When is it noon?,At twelve,At two,At six,A,1
"""
MADE_UP = "The question “When does spring begin?” is answered: March."


def bring(runtime, bank):
    """Import two questions, of which one says where it stands; return who did."""
    with runtime.writing() as session:
        owner = session.scalars(select(BankRow.owner_id).where(BankRow.name == bank)).one()
        actor = Actor(owner or 0, Role.INSTRUCTOR if owner else Role.ADMIN)
        upload = Upload(TABLE, "more.csv", bank=bank)
        plan = plan_import(session, actor, upload)
        assert [row.verdict for row in plan.rows] == ["new", "new"], plan.rows
        carry_out(session, actor, upload, plan.fingerprint, NOON)
    return actor


def test_an_imported_fact_without_a_place_stands_in_no_paragraph_and_speaks_for_nobody(owner, runtime):
    actor = bring(runtime, "ice-in-the-bay")
    with runtime.reading() as session:
        page = reading_page(session, "ice-in-the-bay", actor)
        (overview,) = [one for one in list_banks(session, actor) if one.name == "ice-in-the-bay"]
        assert attention(session, actor, date(2026, 5, 1)).no_place == 1
    assert [fact.id for fact in page.unplaced] == ["spring-fact"]
    assert [set(one.facts) for one in page.text.paragraphs] == [{"noon-fact"}, {"own-1", "own-2"}, set()]
    assert [bar.facts for bar in page.balance.strip] == [1, 2, 0]
    assert overview.balance == page.balance
    _, told = text_of(owner.get(PATH)).split("Imported, without a place in the source")
    assert MADE_UP in told
