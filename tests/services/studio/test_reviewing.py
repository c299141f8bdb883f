"""Tests of the review queue: who decides what, what keeps a draft out, and how a decision is taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from quizapp.database.bank_tables import BankRow, QuestionRow, SourceRow
from quizapp.database.studio_tables import Decision, DraftState
from quizapp.domain.errors import Conflict, InvalidContent, NotAllowed, NotFound
from quizapp.domain.questions.draft_text import text_of
from quizapp.domain.roles import Role
from quizapp.services.studio import questions, reviewing
from quizapp.services.studio.decisions import decisions_of_draft, decisions_on
from quizapp.services.studio.drafts import begin_draft, draft, save_draft, submit_draft
from quizapp.services.studio.steps import undo_step
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON
from tests.people import add_person
from tests.services.taking import take
from tests.waiting_drafts import text_of_boat, waiting_draft

LATER = NOON + timedelta(hours=1)
ADVISED = {"stem": "In the report, there are berths. What is the name of the boat at berth 1?"}


@pytest.fixture
def author(session):
    return add_person(session, Role.INSTRUCTOR, "Ada")


@pytest.fixture
def editor(session):
    return add_person(session, Role.INSTRUCTOR, "Ed")


def want_a_second(session):
    session.execute(update(BankRow).where(BankRow.name == "harbour").values(second_approver=True))


def approve(session, actor, stored, reasons=None, change="", version=None):
    return reviewing.approve(session, actor, stored.id, version or stored.version, reasons or {}, change, LATER)


def reject(session, actor, stored, reason="It asks for what nobody needs."):
    return reviewing.reject(session, actor, stored.id, stored.version, reason, LATER)


def test_the_queue_holds_what_waits_in_banks_that_one_may_change(session, author, editor):
    first, second = waiting_draft(session, author, 1), waiting_draft(session, author, 2)
    begin_draft(session, author, "harbour", text_of_boat(3), "own-3", NOON)
    assert reviewing.review_queue(session, editor).waiting == (first.id, second.id)
    assert reviewing.review_queue(session, editor, "harbour").waiting == (first.id, second.id)
    assert reviewing.review_queue(session, editor, "no-such-bank").waiting == ()
    session.execute(update(BankRow).where(BankRow.name == "harbour").values(owner_id=author.id))
    assert reviewing.review_queue(session, editor).waiting == ()
    with pytest.raises(NotFound):
        reviewing.reviewed_draft(session, editor, first.id)
    with pytest.raises(NotAllowed):
        reviewing.review_queue(session, add_person(session))


def test_a_place_in_the_queue_is_told_and_after_the_last_comes_the_first(session, author):
    ids = [waiting_draft(session, author, number).id for number in (1, 2, 3)]
    queue = reviewing.review_queue(session, author)
    assert [queue.place(one) for one in ids] == [1, 2, 3]
    assert [queue.after(one) for one in ids] == [ids[1], ids[2], ids[0]]
    assert queue.place(ids[-1] + 1) == 0
    assert reviewing.Queue((7,), ()).after(7) is None


def test_an_approved_draft_is_a_question_and_its_decisions_say_who_did_what(session, author, editor):
    stored = waiting_draft(session, author)
    published = approve(session, editor, stored)
    question = session.get_one(QuestionRow, published.question_id)
    assert (question.retired_at, published.draft.state) == (None, DraftState.APPROVED)
    told = decisions_on(session, editor, question.id)
    assert [(one.decision, one.who) for one in told] == [(Decision.SUBMITTED, "Ada"), (Decision.APPROVED, "Ed")]
    assert decisions_on(session, add_person(session, Role.INSTRUCTOR), question.id) == told
    session.execute(update(BankRow).where(BankRow.name == "harbour").values(owner_id=editor.id))
    assert decisions_on(session, author, question.id) == []


def test_undoing_an_approval_takes_the_question_away_and_the_draft_waits_again(session, author):
    stored = waiting_draft(session, author)
    published = approve(session, author, stored)
    undo_step(session, author, published.step_id, LATER)
    session.expire_all()
    assert session.get_one(QuestionRow, published.question_id).retired_at is not None
    assert reviewing.review_queue(session, author).waiting == (stored.id,)
    assert decisions_of_draft(session, author, stored.id)[-1].decision is Decision.UNDONE
    again = approve(session, author, draft(session, author, stored.id))
    assert session.get_one(QuestionRow, again.question_id).retired_at is None


def test_a_rejection_wants_a_reason_and_can_be_undone(session, author):
    stored = waiting_draft(session, author)
    for reason in ("", " \n", "x" * 501):
        with pytest.raises(InvalidContent):
            reject(session, author, stored, reason)
    rejected = reject(session, author, stored)
    assert rejected.draft.state is DraftState.REJECTED
    assert decisions_of_draft(session, author, stored.id)[-1].reason == "It asks for what nobody needs."
    with pytest.raises(Conflict):
        reject(session, author, stored)
    with pytest.raises(Conflict):
        approve(session, author, stored)
    undo_step(session, author, rejected.step_id, LATER)
    assert draft(session, author, stored.id).state is DraftState.WAITING


def test_advice_wants_a_reason_which_is_kept(session, author):
    stored = waiting_draft(session, author, **ADVISED)
    (finding,) = reviewing.reviewed_draft(session, author, stored.id).findings
    with pytest.raises(InvalidContent, match=finding.rule):
        approve(session, author, stored, {finding.rule: "  "})
    approve(session, author, stored, {finding.rule: "The negation is meant."})
    told = decisions_of_draft(session, author, stored.id)
    assert [change.label for one in told for change in one.changes] == [f"Why {finding.rule} is passed over"]


def test_an_error_blocks(session, author):
    stored = waiting_draft(session, author, line="", body={"answer": "", "accepted": []})
    found = reviewing.reviewed_draft(session, author, stored.id)
    assert found.snapshot is None and {one.place for one in found.problems} == {"line", "body.answer"}
    with pytest.raises(InvalidContent):
        approve(session, author, stored)


def test_where_a_second_is_wanted_nobody_decides_about_their_own(session, author, editor):
    want_a_second(session)
    stored = waiting_draft(session, author)
    queue = reviewing.review_queue(session, author)
    assert (queue.waiting, [one.draft_id for one in queue.own]) == ((), [stored.id])
    assert queue.own[0].stem == stored.text.stem
    assert reviewing.reviewed_draft(session, author, stored.id).for_another
    for decide in (approve, reject):
        with pytest.raises(NotAllowed):
            decide(session, author, stored)
    assert reviewing.review_queue(session, editor).waiting == (stored.id,)
    assert approve(session, editor, stored).question_id


def test_a_decision_about_words_that_have_changed_since_is_refused(session, author, editor):
    stored = waiting_draft(session, author)
    changed = replace(stored.text, stem="In the report, which boat lies at berth 1?")
    save_draft(session, editor, stored.id, changed, stored.version, LATER)
    for decide in (approve, reject):
        with pytest.raises(Conflict, match="since you opened it"):
            decide(session, author, stored)
    (change,) = decisions_of_draft(session, author, stored.id)[-1].changes
    assert change.label == "Question" and ("added", "lies") in [(kind, text.strip()) for kind, text in change.parts]


def test_an_edit_of_an_answered_question_says_what_it_is(session, author, guest):
    question_id = questions.add_question(session, author, "harbour", DRAFT, "own-answered", NOON)
    take(session, guest, None)
    was = questions.edited_question(session, author, question_id).question
    text = replace(text_of(was.snapshot.question, was.snapshot.fact), stem="In the report, what was the last catch?")
    begun = begin_draft(session, author, "harbour", text, "own-edit", NOON, edits=(question_id, was.revision))
    stored = submit_draft(session, author, begun.id, NOON)
    found = reviewing.reviewed_draft(session, author, stored.id)
    assert found.answered and found.before.question.stem == DRAFT.stem
    reasons = {one.rule: "Meant so." for one in found.findings}
    with pytest.raises(InvalidContent, match="typo or a different"):
        approve(session, author, stored, reasons)
    assert approve(session, author, stored, reasons, "typo").question_id == question_id


def test_the_passage_is_marked_in_its_paragraph_where_the_text_is_stored(session, author):
    text = "The ice came.\n\nAt berth 1 lay the Tern 1, a small boat.\n\nIt left."
    session.execute(update(SourceRow).values(text=text))
    start = text.index("the Tern 1")
    stored = waiting_draft(session, author, 1, start=start, end=start + len("the Tern 1"))
    (paragraph,) = reviewing.reviewed_draft(session, author, stored.id).paragraphs
    assert (paragraph.number, paragraph.before, paragraph.marked, paragraph.after) == (
        2,
        "At berth 1 lay ",
        "the Tern 1",
        ", a small boat.",
    )


def test_the_number_of_statements_does_not_grow(session, author, statements):
    counts = []
    for numbers in ((1,), range(2, 9)):
        ids = [waiting_draft(session, author, number).id for number in numbers]
        session.flush()
        statements()
        reviewing.reviewed_draft(session, author, ids[0])
        reviewing.review_queue(session, author)
        counts.append(len(statements()))
    assert counts == [6, 6]
