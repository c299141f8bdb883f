"""Does to attempts what people do, in any order, and grades every response anew after each step.

A machine of hypothesis does the things that people do, through the services: start, answer rightly, wrongly and partly,
answer again from another tab, finish, finish again, retry, tell two facts apart, ask a fact, sign in, sign out, be
deleted. After each step every response is graded anew from the revision that was answered.
"""

import importlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, wraps
from importlib.util import find_spec
from math import fsum
from types import ModuleType
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.database.bank_tables import FactRow, QuestionRevisionRow, QuestionRow
from quizapp.database.study_tables import AttemptQuestionRow, AttemptRow, ResponseRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.questions.question_types.question_type import Given
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.questions.weight import WEIGHTS
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.roles import Actor
from quizapp.services import accounts, contrasts, quizzes, reading, results
from quizapp.services.quizzes import AskedQuestion
from tests.every_type import NAME
from tests.factories import NOON, StillClock
from tests.people import add_person
from tests.players import mixing_response_to, partial_response_to, response_to
from tests.undoable import UndoableDatabase

BANKS = ("harbour", NAME)
WAYS: dict[str, Callable[[AskedQuestion], dict[str, str] | None]] = {
    "right": lambda asked: response_to(asked, True),
    "wrong": lambda asked: response_to(asked, False),
    "partly": partial_response_to,
    "mixed up": mixing_response_to,
}
TOGETHER = AttemptKind.QUIZ, AttemptKind.PRETEST
MOST_PEOPLE = 4
picks = st.integers(min_value=0, max_value=10**6)


def _service(name: str) -> ModuleType | None:
    full = f"quizapp.services.{name}"
    return importlib.import_module(full) if find_spec(full) else None


MERGING, ERASURE = _service("merging"), _service("erasure")


@cache
def _snapshot(content: str) -> Snapshot:
    return snapshot_from_text(content)


@dataclass
class Person:
    """Somebody in a browser."""

    actor: Actor
    token: str
    is_guest: bool = True


@dataclass(frozen=True)
class Tab:
    """A question that is open in a browser, as it was when the page came."""

    person: Person
    asked: AskedQuestion


class NothingToDo(Exception):
    """There is no such thing yet; a step that needs it does nothing (`assume` would give the whole run up)."""


def _one_of(things: list[Any], pick: int) -> Any:
    _need(bool(things))
    return things[pick % len(things)]


def _need(condition: bool) -> None:
    if not condition:
        raise NothingToDo


def step(**given: Any) -> Callable[[Callable[..., None]], Any]:
    """Make a rule of what is done, left out where there is nothing to do it to."""

    def made(does: Callable[..., None]) -> Any:
        @wraps(does)
        def tried(self: "AttemptMachine", **chosen: Any) -> None:
            with suppress(NothingToDo):
                does(self, **chosen)

        return rule(**given)(tried)

    return made


class AttemptMachine(RuleBasedStateMachine):
    """Several people at once; `database` and `clock` are given by the test."""

    database: UndoableDatabase
    clock: StillClock
    steps = responses = finished = 0
    """What all runs together came to."""

    def __init__(self) -> None:
        super().__init__()
        self.clock.moment = NOON
        self.runtime = self.database.runtime(self.clock)
        self._undone = self.database.undone()
        self._undone.__enter__()
        self.people: list[Person] = []
        self.tabs: list[Tab] = []
        self.ended: dict[int, object] = {}
        self.stored: dict[tuple[int, int], object] = {}
        self.count = 0
        self._begin()

    def teardown(self) -> None:
        self._undone.__exit__(None, None, None)

    # What people do

    @step()
    def arrive(self) -> None:
        _need(len(self.people) < MOST_PEOPLE)
        self.count += 1
        token = f"browser {self.count}"
        with self.runtime.writing() as session:
            self.people.append(Person(accounts.start_guest(session, token, self.clock()), token))

    @step(minutes=st.integers(min_value=1, max_value=100_000))
    def wait(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @step(who=picks, bank=st.sampled_from(BANKS), length=st.sampled_from((1, 2, 3, 5)), kind=st.sampled_from(TOGETHER))
    def start(self, who: int, bank: str, length: int, kind: AttemptKind) -> None:
        person = self._person(who)
        with self.runtime.writing() as session:
            quizzes.start_attempt(session, person.actor, bank, length, who % 1_000, self.clock(), kind)

    @step(which=picks, weight=st.sampled_from(WEIGHTS))
    def weigh_a_question(self, which: int, weight: float) -> None:
        """An instructor says how much a question counts; attempts that run keep what they began with."""
        with self.runtime.writing() as session:
            ids = session.scalars(select(QuestionRow.id).order_by(QuestionRow.id)).all()
            session.get_one(QuestionRow, ids[which % len(ids)]).weight = weight

    @step(who=picks, which=picks)
    def ask_a_fact(self, who: int, which: int) -> None:
        person = self._person(who)
        with self.runtime.reading() as session:
            names = session.scalars(select(FactRow.name).where(FactRow.name.like("catch-%")).order_by(FactRow.id)).all()
        after = _one_of([0, *self._attempts_of(person.actor)], which)
        fact = names[which % len(names)]
        self._or_refused(
            lambda session: reading.ask_fact(session, person.actor, "harbour", fact, 5, self.clock(), after)
        )

    @step(which=picks, position=picks)
    def look_at_a_question(self, which: int, position: int) -> None:
        person, attempt_id = self._attempt(which)
        self.tabs.append(Tab(person, self._asked(person, attempt_id, position)))

    @step(which=picks, position=picks, way=st.sampled_from(sorted(WAYS)))
    def answer(self, which: int, position: int, way: str) -> None:
        person, attempt_id = self._attempt(which)
        self._respond(person, self._asked(person, attempt_id, position), way)

    @step(which=picks, how=st.lists(st.sampled_from(sorted(WAYS)), min_size=1, max_size=6))
    def answer_what_is_open(self, which: int, how: list[str]) -> None:
        person, attempt_id = self._attempt(which)
        with self.runtime.reading() as session:
            state = quizzes.attempt_state(session, person.actor, attempt_id)
        _need(not state.finished)
        for way, position in zip(how, state.open_positions, strict=False):
            asked = self._asked(person, attempt_id, position - 1)
            self._respond(person, asked, way if WAYS[way](asked) else "right")

    @step(which=picks, way=st.sampled_from(sorted(WAYS)))
    def answer_in_an_old_tab(self, which: int, way: str) -> None:
        tab = _one_of([tab for tab in self.tabs if tab.person in self.people], which)
        self._respond(tab.person, tab.asked, way)

    @step(who=picks, which=picks, way=st.sampled_from(sorted(WAYS)))
    def answer_for_somebody_else(self, who: int, which: int, way: str) -> None:
        person, tab = self._person(who), _one_of(self.tabs, which)
        _need(tab.person.actor.id != person.actor.id)
        form = WAYS[way](tab.asked)
        _need(form is not None)
        given = tab.asked.read(form or {})
        assert isinstance(given, Given)
        with pytest.raises((Conflict, NotFound)), self.runtime.writing() as session:
            quizzes.respond(session, person.actor, tab.asked, given.response, self.clock())

    @step(which=picks, times=st.integers(min_value=1, max_value=2))
    def finish(self, which: int, times: int) -> None:
        person, attempt_id = self._attempt(which)
        for _ in range(times):
            with self.runtime.writing() as session:
                quizzes.finish_attempt(session, person.actor, attempt_id, self.clock())

    @step(who=picks, whose=picks, which=picks)
    def finish_somebody_elses(self, who: int, whose: int, which: int) -> None:
        owner, attempt_id = self._attempt(which)
        person = _one_of([one for one in self.people if one.actor.id != owner.actor.id], who)
        with pytest.raises(NotFound), self.runtime.writing() as session:
            quizzes.finish_attempt(session, person.actor, attempt_id, self.clock())

    @step(which=picks)
    def retry_what_was_missed(self, which: int) -> None:
        person, attempt_id = self._attempt(which)
        self._or_refused(lambda session: results.retry_missed(session, person.actor, attempt_id, 11, self.clock()))

    @step(who=picks, which=picks)
    def tell_two_facts_apart(self, who: int, which: int) -> None:
        person, _ = self._attempt(who)
        with self.runtime.reading() as session:
            mixed = session.execute(
                select(ResponseRow.attempt_id, ResponseRow.position)
                .join(AttemptRow, AttemptRow.id == ResponseRow.attempt_id)
                .where(AttemptRow.person_id == person.actor.id, ResponseRow.chosen_fact_id.is_not(None))
                .order_by(ResponseRow.attempt_id, ResponseRow.position)
            ).all()
        place = _one_of(list(mixed), which)
        self._or_refused(lambda session: contrasts.start_contrast(session, person.actor, *place, 13, self.clock()))

    @precondition(lambda self: MERGING is not None)
    @step(who=picks, into=picks)
    def sign_in(self, who: int, into: int) -> None:
        """A guest signs in: what they did goes over to the learner, in every tab that is open."""
        guest = _one_of([person for person in self.people if person.is_guest], who)
        with self.runtime.writing() as session:
            learners = [person for person in self.people if not person.is_guest]
            actor = learners[into % len(learners)].actor if learners and into % 3 else add_person(session)
            MERGING.merge_guest(session, guest.actor.id, actor.id, self.clock())  # type: ignore[union-attr]
            accounts.end_sessions(session, guest.actor.id, self.clock())
        before, guest.actor, guest.is_guest = guest.actor, actor, False
        assert not self._attempts_of(before), "a guest who signed in leaves nothing behind"

    @step(who=picks)
    def sign_out(self, who: int) -> None:
        """Every copy of the cookie is dead; what was done stays."""
        _need(len(self.people) > 1)
        person = self._person(who)
        with self.runtime.writing() as session:
            accounts.end_sessions(session, person.actor.id, self.clock())
        for one in [one for one in self.people if one.actor.id == person.actor.id]:
            with self.runtime.reading() as session:
                assert accounts.actor_of_token(session, one.token, self.clock()) is None
            self.people.remove(one)
        if not self.people:
            self._begin()

    @precondition(lambda self: ERASURE is not None)
    @step(who=picks)
    def delete(self, who: int) -> None:
        """A guest is deleted at once, a learner after a week: then nothing of theirs is left."""
        _need(len(self.people) > 1)
        person = self._person(who)
        with self.runtime.writing() as session:
            ERASURE.ask_for_deletion(session, person.actor, self.clock())  # type: ignore[union-attr]
        self.clock.advance(days=8)
        with self.runtime.writing() as session:
            ERASURE.erase_due(session, self.clock())  # type: ignore[union-attr]
        self.people = [one for one in self.people if one.actor.id != person.actor.id]
        assert not self._attempts_of(person.actor)
        with self.runtime.reading() as session:
            left = set(session.scalars(select(AttemptRow.id)))
        self.ended = {attempt_id: row for attempt_id, row in self.ended.items() if attempt_id in left}
        self.stored = {place: row for place, row in self.stored.items() if place[0] in left}
        if not self.people:
            self._begin()

    # What must hold

    @invariant()
    def what_is_stored_is_what_the_responses_come_to(self) -> None:
        type(self).steps += 1
        with self.runtime.reading() as session:
            attempts = session.execute(select(AttemptRow.__table__)).all()
            asked = session.execute(
                select(AttemptQuestionRow.__table__.c, QuestionRevisionRow.content, QuestionRevisionRow.fact_ids).join(
                    QuestionRevisionRow, QuestionRevisionRow.id == AttemptQuestionRow.question_revision_id
                )
            ).all()
            given = {(row.attempt_id, row.position): row for row in session.execute(select(ResponseRow.__table__))}
        places: dict[int, dict[int, Any]] = {}
        for row in asked:
            places.setdefault(row.attempt_id, {})[row.position] = row
        assert {attempt_id for attempt_id, _ in given} <= {row.id for row in attempts}
        for attempt in attempts:
            self._check(attempt, places[attempt.id], {n: row for (i, n), row in given.items() if i == attempt.id})
        assert self.stored.items() <= {place: tuple(row) for place, row in given.items()}.items(), "written once"
        type(self).responses += len(given) - len(self.stored)
        self.stored = {place: tuple(row) for place, row in given.items()}

    def _check(self, attempt: Any, places: dict[int, Any], given: dict[int, Any]) -> None:
        assert sorted(places) == list(range(1, attempt.length + 1))
        assert set(given) <= set(places), "a response without its position"
        assert attempt.answered == len(given) <= attempt.length
        scores = {position: self._graded(places[position], row) for position, row in given.items()}
        weights = [places[position].weight for position in sorted(places)]
        if attempt.finished_at is None:
            assert attempt.score is None and attempt.answered < attempt.length
        else:
            if not any(weights):
                weights = [1.0] * attempt.length
            earned = fsum(weights[position - 1] * score for position, score in scores.items())
            assert attempt.score == pytest.approx(earned / fsum(weights))
            come_to = (attempt.answered, attempt.score, attempt.finished_at)
            type(self).finished += attempt.id not in self.ended
            assert self.ended.setdefault(attempt.id, come_to) == come_to, "a finished attempt takes nothing more"

    def _graded(self, place: Any, row: Any) -> float:
        snapshot = _snapshot(place.content)
        grade = snapshot.grade(row.given)
        assert row.score == pytest.approx(grade.score)
        assert row.fact_id == place.fact_ids[grade.asked_fact or snapshot.question.fact]
        assert row.chosen_fact_id == (None if grade.fact is None else place.fact_ids[grade.fact])
        return float(row.score)

    # How it is done

    def _begin(self) -> None:
        """Let somebody start a quiz, so that there is something to do."""
        self.arrive()
        self.start(who=0, bank=NAME, length=3, kind=AttemptKind.QUIZ)

    def _person(self, pick: int) -> Person:
        found: Person = _one_of(self.people, pick)
        return found

    def _attempt(self, pick: int) -> tuple[Person, int]:
        """Choose among all attempts of the people who are there."""
        found: tuple[Person, int] = _one_of(
            [(one, attempt_id) for one in self.people for attempt_id in self._attempts_of(one.actor)], pick
        )
        return found

    def _attempts_of(self, actor: Actor) -> list[int]:
        with self.runtime.reading() as session:
            mine = select(AttemptRow.id).where(AttemptRow.person_id == actor.id).order_by(AttemptRow.id)
            return list(session.scalars(mine))

    def _asked(self, person: Person, attempt_id: int, position: int) -> AskedQuestion:
        with self.runtime.reading() as session:
            length = session.get_one(AttemptRow, attempt_id).length
            return quizzes.asked_question(session, person.actor, attempt_id, position % length + 1)

    def _respond(self, person: Person, asked: AskedQuestion, way: str) -> None:
        """Answer; it is taken if, and only if, nothing stands there and the attempt runs."""
        form = WAYS[way](asked)
        _need(form is not None)
        reading_of_form = asked.read(form or {})
        assert isinstance(reading_of_form, Given)
        with self.runtime.reading() as session:
            attempt = session.get(AttemptRow, asked.attempt_id)
            is_open = (
                attempt is not None
                and attempt.person_id == person.actor.id
                and attempt.finished_at is None
                and session.get(ResponseRow, (asked.attempt_id, asked.position)) is None
            )
        try:
            with self.runtime.writing() as session:
                quizzes.respond(session, person.actor, asked, reading_of_form.response, self.clock())
        except (Conflict, NotFound):
            assert not is_open
        else:
            assert is_open

    def _or_refused(self, write: Callable[[Session], object]) -> None:
        """Do something that the state of things may forbid; it then leaves nothing behind."""
        with self.runtime.reading() as session:
            before = len(session.scalars(select(AttemptRow.id)).all())
        try:
            with self.runtime.writing() as session:
                write(session)
        except (Conflict, NotFound):
            with self.runtime.reading() as session:
                assert len(session.scalars(select(AttemptRow.id)).all()) == before
