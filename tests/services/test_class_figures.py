from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.database.bank_tables import BankRow, Visibility
from quizapp.database.class_tables import ClassBankRow, ClassTotalRow
from quizapp.database.study_tables import AttemptRow
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.services import join_codes
from quizapp.services.class_figures import class_banks
from tests.classroom import make_classroom
from tests.factories import NOON
from tests.people import add_person

LATER = NOON + timedelta(days=1)


@pytest.fixture
def room(session):
    room = make_classroom(session)
    session.add(ClassBankRow(class_id=room.class_id, bank_id=bank(session).id, shared_at=NOON))
    session.flush()
    return room


def bank(session):
    return session.scalars(select(BankRow)).one()


def finish(session, actor, score, kind=AttemptKind.QUIZ, at=LATER):
    session.add(
        AttemptRow(
            person_id=actor.id,
            bank_id=bank(session).id,
            kind=kind,
            seed=1,
            length=5,
            started_at=at,
            finished_at=at if score is not None else None,
            score=score,
        )
    )
    session.flush()


def figures(session, room, who="teacher"):
    [one] = class_banks(session, room[who], room.class_id)
    return one.finished, one.mean


def third_learner(session, room):
    person = add_person(session)
    join_codes.join_class(session, person, room.code, "Third", NOON)
    return person


def test_a_class_without_a_quiz_has_no_mean(session, room):
    assert figures(session, room) == (0, None)


def test_quizzes_of_learners_since_they_joined_are_counted(session, room):
    for actor, score in ((room["learner"], 1.0), (room["classmate"], 0.5), (third_learner(session, room), 0.0)):
        finish(session, actor, score)
    assert figures(session, room) == (3, pytest.approx(0.5))


def test_nothing_else_is_counted(session, room):
    finish(session, room["learner"], 1.0, at=NOON - timedelta(days=1))
    finish(session, room["learner"], None)
    for kind in AttemptKind:
        if not kind.counts:
            finish(session, room["learner"], 1.0, kind)
    for who in ("teacher", "former learner", "other learner", "guest"):
        finish(session, room[who], 1.0)
    assert figures(session, room) == (0, None)


def test_a_mean_of_one_or_two_learners_is_not_told(session, room):
    for _ in range(5):
        finish(session, room["learner"], 1.0)
    assert figures(session, room) == (5, None)
    finish(session, room["classmate"], 0.0)
    assert figures(session, room) == (6, None)
    finish(session, third_learner(session, room), 0.0)
    assert figures(session, room) == (7, pytest.approx(5 / 7))


def test_what_deleted_learners_did_stays_in_the_counts_of_their_class_alone(session, room):
    for actor in (room["learner"], room["classmate"], third_learner(session, room)):
        finish(session, actor, 0.0)
    session.add(ClassTotalRow(class_id=room.class_id, bank_id=bank(session).id, attempts=3, score_sum=3.0))
    session.add(ClassTotalRow(class_id=room.other_id, bank_id=bank(session).id, attempts=9, score_sum=9.0))
    session.flush()
    assert figures(session, room) == (6, pytest.approx(0.5))


def test_counts_of_deleted_learners_alone_have_no_mean(session, room):
    session.add(ClassTotalRow(class_id=room.class_id, bank_id=bank(session).id, attempts=2, score_sum=1.0))
    session.flush()
    assert figures(session, room) == (2, None)


def test_a_class_shows_the_banks_that_whoever_looks_may_see(session, room):
    found = bank(session)
    shown = {
        Visibility.PUBLIC: {"teacher", "learner", "admin"},
        Visibility.CLASSES: {"teacher", "learner", "admin"},
        Visibility.PRIVATE: {"admin"},
    }
    for visibility, who_sees in shown.items():
        found.visibility = visibility
        session.flush()
        seen = {who for who in ("teacher", "learner", "admin") if class_banks(session, room[who], room.class_id)}
        assert seen == who_sees, visibility
    found.visibility, found.retired_at = Visibility.PUBLIC, LATER
    session.flush()
    assert class_banks(session, room["teacher"], room.class_id) == ()


def test_who_may_change_a_bank_is_told_so(session, room):
    found = bank(session)
    found.owner_id = room["teacher"].id
    session.flush()
    told = {
        who: class_banks(session, room[who], room.class_id)[0].may_share for who in ("teacher", "co-teacher", "admin")
    }
    assert told == {"teacher": True, "co-teacher": False, "admin": True}


def test_another_class_has_banks_of_its_own(session, room):
    assert class_banks(session, room["other teacher"], room.other_id) == ()
