from collections.abc import Callable

import pytest
from sqlalchemy import select

from quizapp.database.bank_tables import BankRow, FactRow, QuestionRevisionRow, QuestionRow, Visibility
from quizapp.domain.errors import NotAllowed, NotFound, QuizappError
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.roles import Actor, Permission, Role
from quizapp.services import banks, quizzes, reading
from quizapp.services.accounts import start_guest
from quizapp.services.bank_transfer import retire_bank
from quizapp.services.shelf import editable, importable, on_shelf, on_shelf_by_parameters, shelf_parameters
from quizapp.services.studio import questions
from quizapp.services.studio.import_target import banks_to_import_into
from quizapp.services.study import answers, export, fact_history, set_aside, turns
from quizapp.services.study.answers import Place
from quizapp.services.study.desk import desk
from tests.domain.questions.test_authored import DRAFT
from tests.factories import NOON
from tests.people import add_person
from tests.shelves import ALL_STATES, CANARY, EVERYBODY, SEEN_BY, SHELVED, join, make_shelf, put

STUDY, PRACTICE = SessionKind.STUDY, SessionKind.PRACTICE
CHANGED_BY = {"owner", "admin"}


def fact_id(session):
    return session.scalars(select(FactRow.id).where(FactRow.name == f"{CANARY}-1")).one()


def question_id(session):
    own = select(QuestionRow.id).join(BankRow, BankRow.id == QuestionRow.bank_id).where(BankRow.name == SHELVED)
    return session.scalars(own.order_by(QuestionRow.id).limit(1)).one()


def asked(session, actor):
    """Return what reading a posted answer to a question of the bank gives, without a card of it being shown."""
    row = session.execute(
        select(QuestionRevisionRow.id, QuestionRow.fact_id)
        .join(QuestionRow, QuestionRow.id == QuestionRevisionRow.question_id)
        .where(QuestionRow.id == question_id(session))
    ).one()
    return answers.asked_in_study(session, actor, Place("", STUDY, 0, 0, row.fact_id), row.id, {}, NOON)


READS: dict[str, Callable[..., object]] = {
    "bank_overview": lambda session, actor: banks.bank_overview(session, actor, SHELVED),
    "reading_page": lambda session, actor: reading.reading_page(session, SHELVED, actor),
    "desk": lambda session, actor: desk(session, actor, SHELVED, STUDY, NOON),
    "current_turn": lambda session, actor: turns.current_turn(session, actor, SHELVED, STUDY, NOON),
    "practice": lambda session, actor: turns.current_turn(session, actor, SHELVED, PRACTICE, NOON),
}
READS_OF_SOMEBODY: dict[str, Callable[..., object]] = {
    "start_attempt": lambda session, actor: quizzes.start_attempt(session, actor, SHELVED, 5, 1, NOON),
    "try_question": lambda session, actor: quizzes.try_question(session, actor, question_id(session), 1, NOON),
    "ask_fact": lambda session, actor: reading.ask_fact(session, actor, SHELVED, f"{CANARY}-1", 1, NOON),
    "anki_package": lambda session, actor: export.anki_package(session, actor, SHELVED, NOON),
    "fact_history": lambda session, actor: fact_history.fact_history(session, actor, SHELVED, f"{CANARY}-1", NOON),
    "asked_in_study": asked,
}
CHANGES: dict[str, Callable[..., object]] = {
    "own_questions": lambda session, actor: questions.own_questions(session, actor, SHELVED),
    "writing_desk": lambda session, actor: questions.writing_desk(session, actor, SHELVED),
    "add_question": lambda session, actor: questions.add_question(session, actor, SHELVED, DRAFT, "own-9", NOON),
    "to_rewrite": lambda session, actor: set_aside.to_rewrite(session, actor, SHELVED),
}


def allowed(call, session, actor):
    """Say whether the call finds the bank; what else it may refuse is refused to everybody."""
    try:
        call(session, actor)
    except (NotFound, NotAllowed):
        return False
    except QuizappError:
        return True
    return True


def named(session, condition, **parameters):
    return SHELVED in session.scalars(select(BankRow.name).where(condition), parameters)


def test_who_sees_a_bank_and_who_may_change_it(session):
    shelf = make_shelf(session)
    for visibility, name in ALL_STATES:
        put(session, visibility, shelf.owner)
        actor = shelf[name]
        assert named(session, on_shelf(actor)) is (name in SEEN_BY[visibility]), (visibility, name)
        if actor is not None:
            by_parameters = named(session, on_shelf_by_parameters(), **shelf_parameters(actor))
            assert by_parameters is (name in SEEN_BY[visibility]), (visibility, name)
            assert named(session, editable(actor)) is (name in CHANGED_BY), (visibility, name)
            assert named(session, importable(actor)) is (name in CHANGED_BY), (visibility, name)


def test_a_retired_bank_is_on_no_shelf_and_comes_back_by_who_may_import_into_it(session):
    shelf = make_shelf(session, Visibility.PUBLIC)
    retire_bank(session, SHELVED, NOON)
    session.flush()
    for name in EVERYBODY:
        actor = shelf[name]
        assert not named(session, on_shelf(actor))
        if actor is not None:
            assert not named(session, on_shelf_by_parameters(), **shelf_parameters(actor))
            assert not named(session, editable(actor))
            assert named(session, importable(actor)) is (name in ("owner", "admin"))


@pytest.mark.parametrize("visibility", list(Visibility))
def test_a_bank_without_an_owner_is_for_every_instructor_who_sees_it_to_change(session, visibility):
    shelf = make_shelf(session)
    put(session, visibility, None)
    may = {name for name in ("admin", "teacher", "instructor", "owner") if named(session, editable(shelf[name]))}
    expected = {
        Visibility.PUBLIC: {"admin", "teacher", "instructor", "owner"},
        Visibility.CLASSES: {"admin", "teacher"},
        Visibility.PRIVATE: {"admin"},
    }
    assert may == expected[visibility]
    assert may == {
        name for name in ("admin", "teacher", "instructor", "owner") if named(session, importable(shelf[name]))
    }


def test_a_guest_sees_no_class_bank_even_with_a_row_in_the_class(session):
    shelf = make_shelf(session, Visibility.CLASSES)
    guest = start_guest(session, "in the class", NOON)
    suspended = Actor(add_person(session).id, Role.SUSPENDED)
    for actor in (guest, suspended):
        join(session, shelf.class_id, actor)
        assert not named(session, on_shelf(actor))
        assert not named(session, on_shelf_by_parameters(), **shelf_parameters(actor))


@pytest.mark.parametrize("kind", [*READS, *READS_OF_SOMEBODY])
def test_every_service_that_shows_something_of_a_bank_finds_it_for_those_who_see_it_alone(session, kind):
    shelf = make_shelf(session)
    call = (READS | READS_OF_SOMEBODY)[kind]
    for visibility, name in ALL_STATES:
        put(session, visibility, shelf.owner)
        session.flush()
        if kind in READS_OF_SOMEBODY and shelf[name] is None:
            continue  # a visitor becomes a guest first
        assert allowed(call, session, shelf[name]) is (name in SEEN_BY[visibility]), (kind, visibility, name)


@pytest.mark.parametrize("kind", list(CHANGES))
def test_every_service_that_changes_a_bank_finds_it_for_its_owner_and_an_admin_alone(session, kind):
    shelf = make_shelf(session)
    for visibility, name in ALL_STATES:
        put(session, visibility, shelf.owner)
        session.flush()
        actor = shelf[name]
        if actor is not None:
            assert allowed(CHANGES[kind], session, actor) is (name in CHANGED_BY), (kind, visibility, name)


def test_a_hidden_bank_is_missing_in_the_same_words(session):
    shelf = make_shelf(session)
    for kind, call in (READS | READS_OF_SOMEBODY).items():
        with pytest.raises(NotFound) as hidden:
            call(session, shelf.other)
        assert CANARY not in str(hidden.value), kind
    for kind, call in CHANGES.items():
        with pytest.raises((NotFound, NotAllowed)):
            call(session, shelf.instructor), kind
    for name in (SHELVED, "nowhere"):
        with pytest.raises(NotFound) as told:
            banks.bank_overview(session, shelf.other, name)
        assert str(told.value) == f"There is no bank “{name}”."


def test_lists_leave_out_what_is_hidden(session):
    shelf = make_shelf(session)
    for visibility, name in ALL_STATES:
        put(session, visibility, shelf.owner)
        found = [bank.name for bank in banks.list_banks(session, shelf[name])]
        assert (SHELVED in found) is (name in SEEN_BY[visibility])
        assert "harbour" in found
        actor = shelf[name]
        if actor is not None and actor.may(Permission.WRITE_QUESTIONS):
            assert (SHELVED in dict(banks_to_import_into(session, actor))) is (name in CHANGED_BY)


def test_what_is_written_in_a_bank_is_edited_and_retired_by_those_who_may_change_it(session):
    shelf = make_shelf(session, Visibility.PUBLIC)
    own = questions.add_question(session, shelf.owner, SHELVED, DRAFT, "own-1", NOON)
    session.flush()
    for call in (
        lambda: questions.edited_question(session, shelf.instructor, own),
        lambda: questions.edit_question(session, shelf.instructor, own, DRAFT, "own-2", 1, NOON),
        lambda: questions.set_retired(session, shelf.instructor, own, True, NOON),
    ):
        with pytest.raises(NotFound):
            call()
    assert questions.set_retired(session, shelf.admin, own, True, NOON) == SHELVED
