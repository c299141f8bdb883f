"""What an attempt is for; it decides whether its score counts."""

from enum import StrEnum


class AttemptKind(StrEnum):
    """Why questions were asked. Only a quiz is an estimate of what somebody knows."""

    QUIZ = "quiz"
    PRETEST = "pretest"
    """A few guesses before reading: kept out of every estimate."""
    FACT = "fact"
    """One fact, asked from the reading page or tried out by its author."""
    CONTRAST = "contrast"
    """Two facts that were mixed up, each asked with the other in view."""

    @property
    def counts(self) -> bool:
        """Whether its score says something about what the learner knows of the bank."""
        return self is AttemptKind.QUIZ
