"""Tests of steps: what an action changed is remembered and put back as a whole, or not at all."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from quizapp.database.bank_tables import BankRow, Change, FactRow, QuestionRevisionRow, QuestionRow, SourceRow
from quizapp.database.studio_tables import QuestionTagRow, StepKind, StudioStepRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.facts.fact import Speaker, SpeakerKind
from quizapp.domain.questions.bank_formats.json_format import source_to_json
from quizapp.domain.questions.bank_formats.stored import source_from_text
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody
from quizapp.domain.questions.snapshots import snapshot_from_text
from quizapp.domain.roles import Role
from quizapp.services.studio import questions
from quizapp.services.studio.states import states_of
from quizapp.services.studio.steps import Watch, steps_of, undo_step
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON
from tests.people import add_person

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def instructor(session):
    return add_person(session, Role.INSTRUCTOR)


@pytest.fixture
def question_id(session, instructor):
    return questions.add_question(session, instructor, "harbour", DRAFT, "own-1", NOON)


def last(session, actor):
    return steps_of(session, actor, "harbour")[0]


def edit(session, actor, question_id, based_on, **changes):
    return questions.edit_question(
        session, actor, question_id, replace(DRAFT, **changes), "own-2", based_on=based_on, now=LATER
    )


def says(session, question_id):
    row = session.get_one(QuestionRow, question_id)
    content = session.scalars(
        select(QuestionRevisionRow.content).filter_by(question_id=question_id, number=row.revision_number)
    ).one()
    return snapshot_from_text(content)


def test_writing_a_question_is_a_step_that_names_it(session, instructor, question_id):
    step = last(session, instructor)
    assert (step.kind, step.words, step.undone_at) == (StepKind.WRITE, f"Wrote “{DRAFT.stem}”", None)


def test_undoing_what_was_written_stops_asking_it_and_its_fact(session, instructor, question_id):
    undo_step(session, instructor, last(session, instructor).id, LATER)
    row = session.get_one(QuestionRow, question_id)
    assert (row.retired_at, session.get_one(FactRow, row.fact_id).retired_at) == (LATER, LATER)


def test_undoing_an_edit_adds_a_revision_with_the_former_words(session, instructor, question_id):
    edit(session, instructor, question_id, 1, stem="In the report, what did the last boat weigh?", line="Another line.")
    undo_step(session, instructor, last(session, instructor).id, LATER)
    row = session.get_one(QuestionRow, question_id)
    assert (row.revision_number, says(session, question_id).question.stem) == (3, DRAFT.stem)
    assert session.get_one(FactRow, row.fact_id).content["statement"] == DRAFT.line
    newest = session.scalars(select(QuestionRevisionRow).filter_by(question_id=question_id, number=3)).one()
    assert newest.change is Change.RESTORED


def test_a_step_cannot_be_undone_twice(session, instructor, question_id):
    step_id = last(session, instructor).id
    undo_step(session, instructor, step_id, LATER)
    with pytest.raises(Conflict, match="already"):
        undo_step(session, instructor, step_id, LATER)


def test_a_step_whose_matter_was_changed_since_is_refused_and_nothing_is_written(session, instructor, question_id):
    first = last(session, instructor).id
    edit(session, instructor, question_id, 1, stem="In the report, what did the last boat weigh?")
    with pytest.raises(Conflict, match="again since"):
        undo_step(session, instructor, first, LATER)
    assert session.get_one(QuestionRow, question_id).retired_at is None
    assert session.get_one(StudioStepRow, first).undone_at is None


def test_steps_are_undone_from_the_last_back_to_the_first(session, instructor, question_id):
    edit(session, instructor, question_id, 1, stem="In the report, what did the last boat weigh?")
    undo_step(session, instructor, last(session, instructor).id, LATER)
    questions.set_retired(session, instructor, question_id, True, LATER)
    undo_step(session, instructor, last(session, instructor).id, LATER)
    assert session.get_one(QuestionRow, question_id).retired_at is None


def test_tags_and_weights_of_many_come_back_in_one_step(session, instructor, question_id):
    bank_id = session.get_one(QuestionRow, question_id).bank_id
    ids = list(session.scalars(select(QuestionRow.id).where(QuestionRow.bank_id == bank_id)))
    session.add(QuestionTagRow(question_id=question_id, tag="old"))
    before = states_of(session, "questions", ids)
    watch = Watch(session)
    watch.watch("questions", ids)
    session.execute(update(QuestionRow).where(QuestionRow.id.in_(ids)).values(weight=2))
    session.add_all(QuestionTagRow(question_id=one, tag="new") for one in ids)
    step_id = watch.record(instructor, bank_id, StepKind.BULK, "Tagged many", LATER)
    undo_step(session, instructor, step_id, LATER)
    session.expire_all()
    assert states_of(session, "questions", ids) == before


def test_what_changed_nothing_is_no_step(session, instructor, question_id):
    watch = Watch(session)
    watch.watch("questions", [question_id])
    assert watch.record(instructor, session.get_one(QuestionRow, question_id).bank_id, StepKind.BULK, "", LATER) is None


def test_only_who_may_change_the_bank_finds_its_steps(session, instructor, question_id):
    step_id = last(session, instructor).id
    session.execute(update(BankRow).where(BankRow.name == "harbour").values(owner_id=instructor.id))
    other = add_person(session, Role.INSTRUCTOR)
    assert steps_of(session, other, "harbour") == []
    with pytest.raises(NotFound):
        undo_step(session, other, step_id, LATER)


def test_a_fact_that_a_later_question_asks_stays_when_the_first_is_undone(session, instructor, question_id):
    first = last(session, instructor).id
    other = replace(
        DRAFT, type="short_answer", stem="In the report, what was the catch?", body=ShortAnswerBody("70 tons")
    )
    second = questions.add_question(session, instructor, "harbour", other, "own-3", NOON)
    undo_step(session, instructor, first, LATER)
    session.expire_all()
    asked = session.get_one(QuestionRow, second)
    assert asked.fact_id == session.get_one(QuestionRow, question_id).fact_id
    assert session.get_one(FactRow, asked.fact_id).retired_at is None


def test_a_topic_that_a_later_fact_has_is_not_undone_under_it(session, instructor):
    bank = session.scalars(select(BankRow).where(BankRow.name == "harbour")).one()
    watch = Watch(session)
    watch.watch("banks", [bank.id])
    bank.topics = {**bank.topics, "ice": "Ice"}
    step_id = watch.record(instructor, bank.id, StepKind.BANK, "Added a topic", NOON)
    questions.add_question(session, instructor, "harbour", replace(DRAFT, topic="ice"), "own-1", NOON)
    with pytest.raises(Conflict, match="use this now"):
        undo_step(session, instructor, step_id, LATER)
    undo_step(session, instructor, last(session, instructor).id, LATER)
    undo_step(session, instructor, step_id, LATER)
    assert "ice" not in bank.topics


def test_a_speaker_whom_a_later_fact_quotes_is_not_undone_under_it(session, instructor):
    row = session.scalars(select(SourceRow).join(BankRow).where(BankRow.name == "harbour")).one()
    bank_id = session.scalars(select(BankRow.id).where(BankRow.name == "harbour")).one()
    watch = Watch(session)
    watch.watch("sources", [row.id])
    source = source_from_text(json.dumps(row.details))
    new = Speaker("ada", "Ada", "Ada", "named in the text", SpeakerKind.PERSON)
    row.details = source_to_json(replace(source, speakers=(*source.speakers, new)))
    step_id = watch.record(instructor, bank_id, StepKind.BANK, "Added the speaker Ada", NOON)
    said = replace(DRAFT, speaker="ada", line="Ada said that the last boat caught 70 tons.")
    questions.add_question(session, instructor, "harbour", said, "own-1", NOON)
    with pytest.raises(Conflict, match="use this now"):
        undo_step(session, instructor, step_id, LATER)
