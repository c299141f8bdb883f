"""What learners can say is wrong with a question."""

from enum import StrEnum


class ReportKind(StrEnum):
    """What a learner says is wrong with a question."""

    WRONG_KEY = "wrong-key"
    UNCLEAR = "unclear"
    TYPO = "typo"
    UNFAIR = "unfair"
    OTHER = "other"


KIND_WORDS = {
    ReportKind.OTHER: "Something is wrong with it",
    ReportKind.WRONG_KEY: "The right answer is not right",
    ReportKind.UNCLEAR: "It is unclear what is asked",
    ReportKind.TYPO: "A slip of the pen",
    ReportKind.UNFAIR: "It is one-sided or unfair",
}
"""Each kind in words, in the order in which they are offered; the first is chosen until another is."""
