"""Taking a quiz: start it, see a question, respond exactly once, finish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Row, Select, Table, bindparam, case, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from quizapp.database.bank_tables import BankRow, QuestionRevisionRow, QuestionRow
from quizapp.database.studio_tables import QuestionReportRow
from quizapp.database.study_tables import AttemptQuestionRow, AttemptRow, ResponseRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.questions.question_types.question_type import Grade, Reading, Response
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.results.quiz_drawing import Drawable, draw, option_order
from quizapp.domain.roles import Actor, Permission
from quizapp.domain.seeded_order import SeededOrder
from quizapp.services.askable import Askable, current_questions
from quizapp.services.reports import OWN_REPORT, OwnReport, report_of_row
from quizapp.services.shelf import on_shelf, on_shelf_by_parameters, shelf_parameters
from quizapp.services.study.responses import QuizResponse, remember

# The mapped class would make these updates ORM statements, which cost twice as much on the answer's path.
_ATTEMPTS = cast(Table, AttemptRow.__table__)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One position of an attempt, with the response if there is one.

    `score` is the stored one, never graded anew; `next_open` is the next position without a response, if any;
    `follows_id` is the attempt this one follows from; `is_open` says whether the learner sees the bank still: where
    they do not, there are only positions with a response; `report` is the problem that they reported of it.
    """

    attempt_id: int
    kind: AttemptKind
    follows_id: int | None
    bank_id: int
    bank_name: str
    bank_title: str
    is_open: bool
    position: int
    length: int
    answered: int
    finished: bool
    next_open: int | None
    order: SeededOrder
    revision_id: int
    snapshot: Snapshot
    fact_ids: dict[str, int]
    response: Response | None
    score: float | None
    report: OwnReport | None = None

    @property
    def grade(self) -> Grade | None:
        """The score as it was stored, with the reason that goes with the response."""
        return self.snapshot.stored_grade(self.response, self.score)

    def presented(self) -> Any:
        """Return what the question type's template shows, in this attempt's order."""
        question = self.snapshot.question
        return question_type(question.type).present(question.body, self.order)

    def read(self, form: dict[str, str]) -> Reading:
        """Read a posted form in this attempt's order."""
        question = self.snapshot.question
        return question_type(question.type).read(form, question.body, self.order)


@dataclass(frozen=True, slots=True)
class AttemptState:
    """How far an attempt is. `open_positions` have no response yet; `is_open`: the learner sees the bank still."""

    attempt_id: int
    bank_name: str
    bank_title: str
    is_open: bool
    length: int
    finished: bool
    open_positions: tuple[int, ...]


def start_attempt(
    session: Session,
    actor: Actor,
    bank_name: str,
    length: int | None,
    seed: int,
    now: datetime,
    kind: AttemptKind = AttemptKind.QUIZ,
) -> int:
    """Draw `length` scored questions (None: all) of a bank and return the new attempt's id.

    Raises NotFound for a bank the actor does not see, Conflict when the bank has nothing to ask.
    """
    actor.require(Permission.TAKE_QUIZ)
    rows = session.execute(current_questions(actor).where(BankRow.name == bank_name, QuestionRow.scored)).all()
    if not rows:
        if session.scalar(select(BankRow.id).where(BankRow.name == bank_name, on_shelf(actor))) is None:
            raise NotFound(f"There is no bank “{bank_name}”.")
        raise Conflict("This bank has no questions to ask yet.")
    return store_attempt(session, actor, rows, length, seed, now, kind)


def try_question(session: Session, actor: Actor, question_id: int, seed: int, now: datetime) -> int:
    """Ask one question by itself, in an attempt that counts for nothing; return its id. Raises NotFound."""
    actor.require(Permission.TAKE_QUIZ)
    rows = session.execute(current_questions(actor).where(QuestionRow.id == question_id)).all()
    if not rows:
        raise NotFound("There is no such question.")
    return store_attempt(session, actor, rows, None, seed, now, AttemptKind.FACT)


def store_attempt(
    session: Session,
    actor: Actor,
    questions: Sequence[Askable | Row[*tuple[Any, ...]]],
    length: int | None,
    seed: int,
    now: datetime,
    kind: AttemptKind = AttemptKind.QUIZ,
    follows_id: int | None = None,
) -> int:
    """Draw from `questions` (at least one) and store the attempt; return its id.

    `follows_id` is the attempt that this one retries or was started from. What each question weighs now is what it
    weighs in this attempt for good.
    """
    asked = {one.question_id: one for one in questions}
    drawn = draw([Drawable(one.question_id, one.fact_id) for one in questions], length, seed)
    attempt = AttemptRow(
        person_id=actor.id,
        bank_id=questions[0].bank_id,
        kind=kind,
        seed=seed,
        length=len(drawn),
        answered=0,
        follows_id=follows_id,
        started_at=now,
    )
    session.add(attempt)
    session.flush()  # the positions need the attempt's id
    session.execute(
        insert(AttemptQuestionRow),
        [
            {
                "attempt_id": attempt.id,
                "position": position,
                "question_revision_id": asked[question_id].revision_id,
                "weight": asked[question_id].weight,
            }
            for position, question_id in enumerate(drawn, 1)
        ],
    )
    return attempt.id


_IS_OPEN = on_shelf_by_parameters()


def positions(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Select `columns` for each position of an attempt, with its revision and its response if any.

    `is_open` says whether the actor sees the bank still. Takes the parameters that `own` returns, so that each
    statement is built once.
    """
    return (
        select(BankRow.name, BankRow.title, _IS_OPEN.label("is_open"), AttemptQuestionRow.position, *columns)
        .select_from(AttemptRow)
        .join(BankRow, BankRow.id == AttemptRow.bank_id)
        .join(AttemptQuestionRow, AttemptQuestionRow.attempt_id == AttemptRow.id)
        .join(QuestionRevisionRow, QuestionRevisionRow.id == AttemptQuestionRow.question_revision_id)
        .outerjoin(
            ResponseRow,
            (ResponseRow.attempt_id == AttemptRow.id) & (ResponseRow.position == AttemptQuestionRow.position),
        )
        .where(AttemptRow.id == bindparam("attempt_id"), AttemptRow.person_id == bindparam("person_id"))
        .order_by(AttemptQuestionRow.position)
    )


def own(actor: Actor, attempt_id: int) -> dict[str, Any]:
    """Return the parameters of `positions` for the actor's own attempt; somebody else's gives no rows."""
    return {"attempt_id": attempt_id, "person_id": actor.id, **shelf_parameters(actor)}


_later, _given = aliased(AttemptQuestionRow), aliased(ResponseRow)
_NEXT_OPEN = (
    select(func.min(_later.position))
    .outerjoin(_given, (_given.attempt_id == _later.attempt_id) & (_given.position == _later.position))
    .where(
        _later.attempt_id == AttemptRow.id,
        _later.position > AttemptQuestionRow.position,
        _given.position.is_(None),
    )
    .correlate(AttemptRow, AttemptQuestionRow)
    .scalar_subquery()
)
_ASKED = positions(
    AttemptRow.kind,
    AttemptRow.follows_id,
    AttemptRow.seed,
    AttemptRow.length,
    AttemptRow.answered,
    AttemptRow.finished_at,
    AttemptRow.bank_id,
    QuestionRevisionRow.id.label("revision_id"),
    QuestionRevisionRow.question_id,
    QuestionRevisionRow.content,
    QuestionRevisionRow.fact_ids,
    ResponseRow.given,
    ResponseRow.score,
    _NEXT_OPEN.label("next_open"),
    *OWN_REPORT,
)
_ASKED = _ASKED.outerjoin(
    QuestionReportRow,
    (QuestionReportRow.question_revision_id == QuestionRevisionRow.id)
    & (QuestionReportRow.person_id == bindparam("person_id")),
).where(AttemptQuestionRow.position == bindparam("position"))
_STATE = positions(AttemptRow.length, AttemptRow.finished_at, ResponseRow.score)


def asked_question(session: Session, actor: Actor, attempt_id: int, position: int) -> AskedQuestion:
    """Return one position of the actor's own attempt. Raises NotFound, also for somebody else's. One statement.

    Of a bank that the actor no longer sees, what was not answered is not there either.
    """
    row = session.execute(_ASKED, {**own(actor, attempt_id), "position": position}).one_or_none()
    if row is None or not (row.is_open or row.given is not None):
        raise NotFound("There is no such question.")
    return AskedQuestion(
        attempt_id=attempt_id,
        kind=row.kind,
        follows_id=row.follows_id,
        bank_id=row.bank_id,
        bank_name=row.name,
        bank_title=row.title,
        is_open=row.is_open,
        position=position,
        length=row.length,
        answered=row.answered,
        finished=row.finished_at is not None,
        next_open=row.next_open if row.is_open else None,
        order=option_order(row.seed, row.question_id),
        revision_id=row.revision_id,
        snapshot=snapshot_from_text(row.content),
        fact_ids=row.fact_ids,
        response=row.given,
        score=row.score,
        report=report_of_row(row) if row.reported_at else None,
    )


def respond(session: Session, actor: Actor, asked: AskedQuestion, response: Response, now: datetime) -> Grade:
    """Store the response to a question that `asked_question` gave; the last one finishes the attempt.

    Raises Conflict when a response stands there already or the attempt was finished meanwhile: nothing is stored
    then, and whoever was first counts. The response also counts as a review of the facts it shows something of. Two
    statements, three for the last response, and those of `study.responses.remember`.
    """
    actor.require(Permission.TAKE_QUIZ)
    grade = asked.snapshot.grade(response)
    try:
        session.execute(
            insert(ResponseRow).values(
                attempt_id=asked.attempt_id,
                position=asked.position,
                given=response,
                score=grade.score,
                fact_id=asked.fact_ids[grade.asked_fact or asked.snapshot.question.fact],
                chosen_fact_id=None if grade.fact is None else asked.fact_ids[grade.fact],
                answered_at=now,
            )
        )
    except IntegrityError as error:
        raise Conflict("This question was answered already.") from error
    if not _count_response(session, actor, asked.attempt_id, now):
        raise Conflict("This quiz was finished already.")
    remember(session, _quiz_response(actor, asked, response, grade), now)
    return grade


def _quiz_response(actor: Actor, asked: AskedQuestion, response: Response, grade: Grade) -> QuizResponse:
    return QuizResponse(
        person_id=actor.id,
        kind=asked.kind,
        attempt_id=asked.attempt_id,
        position=asked.position,
        bank_id=asked.bank_id,
        revision_id=asked.revision_id,
        snapshot=asked.snapshot,
        fact_ids=asked.fact_ids,
        response=response,
        grade=grade,
    )


def finish_attempt(session: Session, actor: Actor, attempt_id: int, now: datetime) -> None:
    """Finish the actor's attempt; questions without a response count as omitted. Twice is the same as once.

    Raises NotFound for an attempt that is not the actor's.
    """
    actor.require(Permission.TAKE_QUIZ)
    if _update_running(session, actor, attempt_id, finished_at=now) is None:
        attempt_state(session, actor, attempt_id)  # finished before; or not the actor's, and NotFound says so
        return
    _store_score(session, attempt_id)


def attempt_state(session: Session, actor: Actor, attempt_id: int) -> AttemptState:
    """Say which positions of the actor's attempt are open. Raises NotFound. One statement."""
    rows = session.execute(_STATE, own(actor, attempt_id)).all()
    if not rows:
        raise NotFound("There is no such quiz.")
    return AttemptState(
        attempt_id=attempt_id,
        bank_name=rows[0].name,
        bank_title=rows[0].title,
        is_open=rows[0].is_open,
        length=rows[0].length,
        finished=rows[0].finished_at is not None,
        open_positions=tuple(row.position for row in rows if row.score is None),
    )


def _count_response(session: Session, actor: Actor, attempt_id: int, now: datetime) -> bool:
    """Count one more response and finish the attempt with the last; False if it is finished already."""
    counted = _update_running(session, actor, attempt_id, answered=_ATTEMPTS.c.answered + 1)
    if counted is not None and counted.answered == counted.length:
        _store_score(session, attempt_id, finished_at=now)
    return counted is not None


def _update_running(session: Session, actor: Actor, attempt_id: int, **values: Any) -> Row[*tuple[Any, ...]] | None:
    """Update the actor's attempt unless it is finished; return how far it is, None when nothing was updated."""
    running = (
        _ATTEMPTS.c.id == attempt_id,
        _ATTEMPTS.c.person_id == actor.id,
        _ATTEMPTS.c.finished_at.is_(None),
    )
    statement = update(_ATTEMPTS).where(*running).values(**values)
    return session.execute(statement.returning(_ATTEMPTS.c.answered, _ATTEMPTS.c.length)).one_or_none()


def _store_score(session: Session, attempt_id: int, **values: Any) -> None:
    """Store the share of full credit over all questions of an attempt that this transaction has just updated.

    Each counts as much as it weighs, and all the same where none weighs anything, as `attempt_score` has it.

    It must be a statement of its own: on PostgreSQL the update before it may have waited for another response, which
    only a later statement sees.
    """
    given = (ResponseRow.attempt_id == AttemptQuestionRow.attempt_id) & (
        ResponseRow.position == AttemptQuestionRow.position
    )
    come_to = (
        select(
            case(
                (
                    func.sum(AttemptQuestionRow.weight) > 0,
                    func.sum(AttemptQuestionRow.weight * func.coalesce(ResponseRow.score, 0.0))
                    / func.sum(AttemptQuestionRow.weight),
                ),
                else_=func.sum(func.coalesce(ResponseRow.score, 0.0)) / func.count(),
            )
        )
        .outerjoin(ResponseRow, given)
        .where(AttemptQuestionRow.attempt_id == attempt_id)
    )
    score = come_to.scalar_subquery()
    session.execute(update(_ATTEMPTS).where(_ATTEMPTS.c.id == attempt_id).values(score=score, **values))
