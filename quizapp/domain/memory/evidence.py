"""What a review is worth as evidence of memory: where it came from, how the fact was asked, what may be a guess."""

from enum import StrEnum

from quizapp.domain.memory.scheduling import Memory, Rating, retrievability
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.question_type import QuestionType
from quizapp.domain.questions.question_types.registry import question_type

UNKNOWN_BEFORE = 0.5
"""The chance that a fact never reviewed was known before: nothing is known of it, either way."""


class ReviewKind(StrEnum):
    """Where a review came from."""

    STUDY = "study"
    QUIZ = "quiz"
    PRACTICE = "practice"
    """Cramming: in the log, and nothing else changes."""
    PRETEST = "pretest"
    """Guesses before reading."""
    OPEN_BOOK = "open-book"
    """A fact tapped on the reading page, where the answer stands in view."""
    CONTRAST = "contrast"
    """Two mixed-up facts, asked right after both were shown."""

    @classmethod
    def of_attempt(cls, kind: str) -> "ReviewKind":
        """Return what a response in an attempt of this kind (`AttemptKind`) is as a review."""
        return {"quiz": cls.QUIZ, "pretest": cls.PRETEST, "fact": cls.OPEN_BOOK, "contrast": cls.CONTRAST}[kind]

    @property
    def changes_memory(self) -> bool:
        """Whether it says something about memory; the others are kept in the log only."""
        return self in (ReviewKind.STUDY, ReviewKind.QUIZ)


class Strength(StrEnum):
    """How a fact was asked, from the weakest evidence to the strongest."""

    SELF_GRADED = "self-graded"
    """A card whose answer was looked at; the learner says whether it was known."""
    CHOSEN = "chosen"
    """Picked among options, so that a right response may be a guess."""
    PRODUCED = "produced"
    """Typed."""


def strength_of(question: Question) -> Strength:
    """Say how a question asks: by what can be guessed, or by what must be typed."""
    kind: QuestionType[object] = question_type(question.type)
    return Strength.CHOSEN if kind.guess_chance(question.body) > 0 else Strength.PRODUCED


def rating_of(score: float) -> Rating:
    """Turn the score of a response into a rating: full credit is a recall, anything less is none."""
    return Rating.GOOD if score >= 1 else Rating.AGAIN


def shown_by(question: Question, score: float, asked_fact: str | None) -> dict[str, Rating]:
    """Say of which facts a response shows whether they were recalled, by the id of the fact.

    Of a question on several facts a right response shows all of them, and one that took a fact for another shows that
    one; any other says of no single fact that it was forgotten.
    """
    rating = rating_of(score)
    if len(question.facts) == 1 or rating.recalled:
        return dict.fromkeys(question.facts, rating)
    return {asked_fact: rating} if asked_fact in question.facts else {}


def weight_of(memory: Memory, day: int, guess_chance: float) -> float:
    """Return how far a right response shows that the fact was recalled: the chance that it was not guessed.

    By Bayes' rule, known/(known + (1 - known) guess), where `known` is the recall that the memory foretells.
    """
    known = retrievability(memory, day) if memory.stability is not None else UNKNOWN_BEFORE
    return known / (known + (1 - known) * guess_chance)


def guess_behind(memory: Memory, day: int, weight: float) -> float:
    """Return the chance of a guess that `weight_of` was given when it gave this weight: 0 where nothing was guessed."""
    known = retrievability(memory, day)
    if weight >= 1 or not 0 < known < 1:
        return 0.0
    return min(1.0, known * (1 - weight) / (weight * (1 - known)))
