from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.database.bank_tables import FactRow, Origin, QuestionRevisionRow, QuestionRow
from quizapp.database.study_tables import AttemptRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.results.mix_up import mix_up_of
from quizapp.services import quizzes
from quizapp.services.bank_transfer import load_bank
from quizapp.services.banks import bank_overview
from quizapp.services.contrasts import start_contrast
from tests.factories import NOON, boat_facts, harbour_facts, make_bank, make_fact
from tests.services.taking import answer
from tests.services.taking_mixed import mix_up

MANY = [make_fact(f"load-{n}", value_text=f"{weight} tons") for n, weight in enumerate((10, 20, 30, 40, 55, 70, 85), 1)]


def made(session):
    return session.scalars(select(QuestionRow).where(QuestionRow.origin == Origin.CONTRAST)).all()


def mixed_facts(session, actor, attempt_id, position):
    asked = quizzes.asked_question(session, actor, attempt_id, position)
    found = mix_up_of(asked.snapshot, asked.response)
    return found.asked.fact.id, found.chosen.fact.id


@pytest.fixture
def mixed(session, guest):
    return mix_up(session, guest)


@pytest.fixture
def mixed_apart(session, guest):
    """A mix-up of two facts of which one is not offered where the other is asked, so that a question must be made."""
    load_bank(session, make_bank(MANY), NOON)
    for seed in range(1, 60):
        attempt_id, position = mix_up(session, guest, seed)
        before = len(made(session))
        start_contrast(session, guest, attempt_id, position, seed=1, now=NOON)
        session.flush()
        if len(made(session)) > before:
            return attempt_id, position
    raise AssertionError("no contrast had to be made")


def test_both_facts_are_asked_in_an_attempt_that_counts_for_nothing_and_follows(session, guest, mixed):
    new_id = start_contrast(session, guest, *mixed, seed=3, now=NOON)
    row = session.get_one(AttemptRow, new_id)
    assert (row.kind, row.length, row.follows_id) == (AttemptKind.CONTRAST, 2, mixed[0])
    asked = {quizzes.asked_question(session, guest, new_id, n).snapshot.question.fact for n in (1, 2)}
    assert asked == set(mixed_facts(session, guest, *mixed))


def test_one_started_from_the_history_follows_nothing(session, guest, mixed):
    new_id = start_contrast(session, guest, *mixed, seed=3, now=NOON, returns=False)
    assert session.get_one(AttemptRow, new_id).follows_id is None


def test_each_fact_is_asked_with_the_other_among_the_options(session, guest, mixed):
    one, other = mixed_facts(session, guest, *mixed)
    new_id = start_contrast(session, guest, *mixed, seed=3, now=NOON)
    questions = [quizzes.asked_question(session, guest, new_id, n).snapshot.question for n in (1, 2)]
    offered = {question.fact: question.distractor_facts for question in questions}
    assert other in offered[one] and one in offered[other]


def test_a_name_typed_for_another_is_offered_beside_it_both_ways(session, guest):
    load_bank(session, make_bank([*harbour_facts(), *boat_facts()]), NOON)
    for seed in range(1, 12):
        mixed = mix_up(session, guest, seed)
        one, other = mixed_facts(session, guest, *mixed)
        new_id = start_contrast(session, guest, *mixed, seed=3, now=NOON)
        questions = [quizzes.asked_question(session, guest, new_id, n).snapshot.question for n in (1, 2)]
        offered = {question.fact: question.distractor_facts for question in questions}
        assert other in offered[one] and one in offered[other], mixed
        assert {question.type for question in questions} == {"single_choice"}


def test_a_question_made_for_it_is_stored_once_for_everybody(session, guest, stranger, mixed_apart):
    before = {row.id: row.revision_number for row in made(session)}
    start_contrast(session, guest, *mixed_apart, seed=9, now=NOON)
    session.flush()
    assert {row.id: row.revision_number for row in made(session)} == before


def test_it_gets_a_new_revision_when_what_it_is_made_from_has_changed(session, guest, mixed_apart):
    before = {row.id: row.revision_number for row in made(session)}
    load_bank(session, make_bank(MANY, outlet="The New Quayside Times"), NOON)
    start_contrast(session, guest, *mixed_apart, seed=9, now=NOON + timedelta(days=1))
    session.flush()
    changed = [row for row in made(session) if row.revision_number > before[row.id]]
    assert changed
    revisions = session.scalar(select(func.count()).where(QuestionRevisionRow.question_id == changed[0].id))
    assert revisions == changed[0].revision_number == 2


def test_it_is_drawn_in_no_quiz_counted_on_no_page_and_tried_by_nobody(session, guest, mixed_apart):
    (row, *_) = made(session)
    counted = bank_overview(session, None, "harbour").questions
    assert counted == len(make_bank(MANY).questions)
    attempt_id = quizzes.start_attempt(session, guest, "harbour", None, seed=1, now=NOON)
    drawn = {
        quizzes.asked_question(session, guest, attempt_id, n).snapshot.question.id
        for n in quizzes.attempt_state(session, guest, attempt_id).open_positions
    }
    assert row.name not in drawn
    with pytest.raises(NotFound):
        quizzes.try_question(session, guest, row.id, seed=1, now=NOON)


def test_loading_the_bank_again_leaves_it_alone(session, guest, mixed_apart):
    before = [(row.id, row.retired_at, row.revision_number) for row in made(session)]
    load_bank(session, make_bank(MANY[1:]), NOON)
    session.flush()
    assert [(row.id, row.retired_at, row.revision_number) for row in made(session)] == before


def test_where_nothing_was_mixed_up_there_is_nothing_to_contrast(session, guest, stranger, mixed):
    attempt_id, position = mixed
    plain = quizzes.start_attempt(session, guest, "harbour", 2, seed=1, now=NOON)
    answer(session, guest, plain, 1)
    for actor, where in (
        (stranger, mixed),
        (guest, (attempt_id, position + 500)),
        (guest, (plain, 1)),
        (guest, (plain, 2)),
        (guest, (10**8, 1)),
    ):
        with pytest.raises(NotFound):
            start_contrast(session, actor, *where, seed=1, now=NOON)


def test_a_fact_that_left_the_file_cannot_be_contrasted(session, guest, mixed):
    gone = mixed_facts(session, guest, *mixed)[1]
    load_bank(session, make_bank([fact for fact in harbour_facts() if fact.id != gone]), NOON)
    session.flush()
    attempts = session.scalar(select(func.count()).select_from(AttemptRow))
    with pytest.raises(Conflict):
        start_contrast(session, guest, *mixed, seed=1, now=NOON)
    assert session.scalar(select(func.count()).select_from(AttemptRow)) == attempts
    assert session.scalars(select(FactRow).where(FactRow.name == gone)).one().retired_at is not None


def test_the_score_it_follows_from_stays_as_it_was(session, guest, mixed):
    quizzes.finish_attempt(session, guest, mixed[0], NOON)
    before = session.scalar(select(AttemptRow.score).where(AttemptRow.id == mixed[0]))
    new_id = start_contrast(session, guest, *mixed, seed=3, now=NOON)
    for position in (1, 2):
        answer(session, guest, new_id, position)
    assert session.scalar(select(AttemptRow.score).where(AttemptRow.id == mixed[0])) == before
