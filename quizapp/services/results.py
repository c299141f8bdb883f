"""What an attempt came to: every question with its answer as it was then, and the retry of what was missed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from quizapp.database.bank_tables import QuestionRevisionRow, QuestionRow
from quizapp.database.study_tables import AttemptQuestionRow, AttemptRow, ResponseRow
from quizapp.domain.errors import Conflict, NotFound
from quizapp.domain.plausible_range import ScoreRange, plausible_range
from quizapp.domain.questions.question_types.question_type import Grade, Response
from quizapp.domain.questions.snapshots import Snapshot, snapshot_from_text
from quizapp.domain.results.attempt_kind import AttemptKind
from quizapp.domain.results.grading import AttemptScore, attempt_score
from quizapp.domain.results.mix_up import MixUp, mix_up_of
from quizapp.domain.roles import Actor, Permission
from quizapp.services.askable import current_questions
from quizapp.services.quizzes import own, positions, store_attempt
from quizapp.services.shelf import NOT_OPEN

_newest = aliased(QuestionRevisionRow)
_LINES = (
    positions(
        AttemptRow.kind,
        AttemptRow.started_at,
        AttemptRow.finished_at,
        AttemptRow.follows_id,
        QuestionRevisionRow.content,
        ResponseRow.given,
        ResponseRow.score,
        AttemptQuestionRow.weight,
        _newest.content.label("newest_content"),
    )
    .join(QuestionRow, QuestionRow.id == QuestionRevisionRow.question_id)
    .join(_newest, (_newest.question_id == QuestionRow.id) & (_newest.number == QuestionRow.revision_number))
)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One question of a finished attempt as it was then; `response` is None where it was omitted.

    `weight` is how much it counted. `today` is the question as it reads now where that says something else, None where
    it is the same.
    """

    position: int
    snapshot: Snapshot
    response: Response | None
    score: float | None
    weight: float
    today: Snapshot | None

    @property
    def missed(self) -> bool:
        """Whether full credit was not reached."""
        return self.score is None or self.score < 1

    @property
    def grade(self) -> Grade | None:
        """The stored score with the reason that goes with the response; None where it was omitted."""
        return self.snapshot.stored_grade(self.response, self.score)

    @property
    def mix_up(self) -> MixUp | None:
        """The two facts that the response confused, if it did."""
        return mix_up_of(self.snapshot, self.response)

    @property
    def response_text(self) -> str:
        """What the learner gave, in words; empty where it was omitted."""
        return "" if self.response is None else self.snapshot.response_text(self.response)

    @property
    def answer_text(self) -> str:
        """The right answer in words."""
        return self.snapshot.answer_text


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """A finished attempt with every question and its answer.

    `is_open` says whether the learner sees the bank still. Where they do not, `lines` holds only what they answered,
    as it was then: nobody gets to know a bank's other answers by finishing after they left.
    """

    attempt_id: int
    kind: AttemptKind
    bank_name: str
    bank_title: str
    is_open: bool
    started_at: datetime
    finished_at: datetime
    follows_id: int | None
    score: AttemptScore
    range: ScoreRange
    lines: tuple[ResultLine, ...]

    @property
    def missed(self) -> tuple[ResultLine, ...]:
        """The lines without full credit."""
        return tuple(line for line in self.lines if line.missed)

    @property
    def counts_differently(self) -> bool:
        """Whether some questions counted more than others."""
        return len({line.weight for line in self.lines}) > 1


def attempt_result(session: Session, actor: Actor, attempt_id: int) -> AttemptResult:
    """Return the actor's finished attempt. Raises NotFound, or Conflict while it still runs. One statement."""
    actor.require(Permission.REVIEW_OWN_HISTORY)
    rows = session.execute(_LINES, own(actor, attempt_id)).all()
    if not rows:
        raise NotFound("There is no such quiz.")
    first = rows[0]
    if first.finished_at is None:
        raise Conflict("This quiz is not finished yet.")
    lines = tuple(_line(row) for row in rows if row.is_open or row.given is not None)
    score = attempt_score([row.score for row in rows], [row.weight for row in rows])
    return AttemptResult(
        attempt_id=attempt_id,
        kind=first.kind,
        bank_name=first.name,
        bank_title=first.title,
        is_open=first.is_open,
        started_at=first.started_at,
        finished_at=first.finished_at,
        follows_id=first.follows_id,
        score=score,
        range=plausible_range(score.score, score.effective),
        lines=lines,
    )


def _line(row: Row[*tuple[Any, ...]]) -> ResultLine:
    then, today = snapshot_from_text(row.content), snapshot_from_text(row.newest_content)
    is_same = not row.is_open or today.says_the_same_as(then)
    return ResultLine(row.position, then, row.given, row.score, row.weight, None if is_same else today)


def retry_missed(session: Session, actor: Actor, attempt_id: int, seed: int, now: datetime) -> int:
    """Ask again, in a new attempt and in the words of today, what was missed in a finished one; return the new id.

    Raises NotFound, or Conflict while the attempt runs, when it is no quiz, when nothing was missed, or when the actor
    does not see the bank any more.
    """
    result = attempt_result(session, actor, attempt_id)
    if not result.kind.counts:
        raise Conflict("Only a quiz can be retried.")
    if not result.is_open:
        raise Conflict(NOT_OPEN)
    missed = [line.position for line in result.missed]
    asked = (
        select(QuestionRevisionRow.question_id)
        .join(AttemptQuestionRow, AttemptQuestionRow.question_revision_id == QuestionRevisionRow.id)
        .where(AttemptQuestionRow.attempt_id == attempt_id, AttemptQuestionRow.position.in_(missed))
    )
    rows = session.execute(current_questions(actor).where(QuestionRow.id.in_(asked), QuestionRow.scored)).all()
    if not rows:
        raise Conflict("There is nothing missed to ask again.")
    return store_attempt(session, actor, rows, None, seed, now, follows_id=attempt_id)
