from sqlalchemy import select

from quizapp.database.bank_tables import QuestionRow
from quizapp.domain.questions.snapshots import snapshot_from_text, snapshot_of
from quizapp.services.revisions import add_revision, content_of
from tests.factories import NOON, make_bank

BANK = make_bank()
SNAPSHOT = snapshot_of(BANK.questions[0], BANK)


def test_the_same_question_has_the_same_content_and_another_one_has_not():
    assert content_of(SNAPSHOT) == content_of(snapshot_of(BANK.questions[0], BANK))
    assert content_of(SNAPSHOT)[1] != content_of(snapshot_of(BANK.questions[1], BANK))[1]
    assert snapshot_from_text(content_of(SNAPSHOT)[0]).question == SNAPSHOT.question


def test_a_revision_has_the_number_of_its_question_the_cited_facts_and_its_author(session, guest):
    row = session.scalars(select(QuestionRow).where(QuestionRow.name == SNAPSHOT.question.id)).one()
    row.revision_number = 7
    ids = {fact.id: row.fact_id for fact in BANK.facts}
    added = add_revision(session, row, SNAPSHOT, ids, NOON, author_id=guest.id)
    session.flush()
    assert (added.question_id, added.number, added.author_id, added.created_at) == (row.id, 7, guest.id, NOON)
    assert set(added.fact_ids) == set(SNAPSHOT.question.cited_facts)
