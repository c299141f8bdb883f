"""What can go wrong, in the subject's words; the web layer turns each into a page in one place."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with content: where it stands and a sentence that says what to do."""

    place: str
    sentence: str
    line: int | None = None

    def __str__(self) -> str:
        where = f"{self.place}:{self.line}" if self.line is not None else self.place
        return f"{where}: {self.sentence}"


class QuizappError(Exception):
    """The parent of every error that a person may be told about."""


class NotFound(QuizappError):
    """There is no such thing, or this actor may not know of it."""


class NotAllowed(QuizappError):
    """The actor is known and may not do this."""


class Conflict(QuizappError):
    """Somebody, perhaps the same person in another tab, has already done something else here."""


class InvalidContent(QuizappError):
    """Content from outside breaks its rules; `problems` names every place at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Unavailable(QuizappError):
    """The database cannot take this just now (busy, or the disk is full); trying again later is safe."""


class TooMany(QuizappError):
    """Something was tried too often; `seconds` is when it may be tried again."""

    def __init__(self, message: str = "Wait a little and try again.", seconds: int = 60) -> None:
        self.seconds = seconds
        super().__init__(message)
