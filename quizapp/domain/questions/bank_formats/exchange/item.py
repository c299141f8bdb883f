"""A question as other programs know it: words, answers with their share of the marks, and feedback."""

from dataclasses import dataclass, field

RIGHT = 100.0


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its share of the marks in percent, and what is said to whoever gives it."""

    text: str
    share: float = 0.0
    feedback: str = ""
    tolerance: str = "0"


@dataclass(frozen=True, slots=True)
class Head:
    """What only a table has columns for: the fact that is tested, where it stands and who says it."""

    statement: str = ""
    paragraphs: tuple[int, ...] = ()
    speaker: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `type` is the nearest of our types, `feedback` is shown to all, `topic` is a label.

    Choices, numbers and typed answers stand in `answers`, what is to be matched in `pairs` (nothing on the left: it
    belongs to none), a text's gaps in `gaps`. `remarks` say what of the file was left aside.
    """

    type: str
    name: str
    stem: str
    feedback: str = ""
    topic: str = ""
    answers: tuple[Answer, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    gaps: tuple[tuple[Answer, ...], ...] = ()
    unit: str = ""
    in_order: bool = False
    head: Head | None = None
    remarks: tuple[str, ...] = field(default=(), compare=False)
    tags: tuple[str, ...] = field(default=(), compare=False)


class CannotAsk(ValueError):
    """A question of another program cannot be asked here; the message says why, in one sentence."""
