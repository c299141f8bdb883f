"""What a file form of a bank provides, and what reading a file comes to: its questions row by row."""

from dataclasses import dataclass
from typing import Protocol

from quizapp.domain.facts.fact import Fact, Speaker, Topic
from quizapp.domain.questions.question import Bank, Question

MAX_FILE_BYTES = 40_000_000
MAX_QUESTIONS = 20_000


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One question of a file: what it can become here, or the `problem` that keeps it out.

    `facts` are those that the question cites, the tested one first; `topic` is the question's, `other_topics` are
    those of the facts. `remark` says what was left aside. `stem` is there to tell the row by, also when it is refused.
    """

    line: int
    name: str
    question: Question | None
    facts: tuple[Fact, ...]
    topic: Topic
    speakers: tuple[Speaker, ...] = ()
    problem: str = ""
    remark: str = ""
    stem: str = ""
    other_topics: tuple[Topic, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BankDraft:
    """What a file holds. `notes` are about all of it; `bank` is there only where the file tells a whole bank."""

    title: str
    rows: tuple[DraftRow, ...]
    notes: tuple[str, ...] = ()
    bank: Bank | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """What of one question would not come back from a file, in plain words."""

    question_id: str
    stem: str
    what: str


class BankFormat(Protocol):
    """A file form of a bank. `suffix` starts with a dot; `media_type` is for downloads.

    `types` names the question types that it can carry. A form that is only written has `reads` False. `aside` says in
    one sentence what only quizapp finds in such a file; empty where there is nothing to say.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    types: frozenset[str]
    reads: bool
    aside: str

    def write(self, bank: Bank) -> bytes:
        """Return the bank as a file, as far as the form can carry it; `losses` says how far."""
        ...

    def read(self, data: bytes) -> BankDraft:
        """Read a file from outside, question by question. Raises InvalidContent when it is no such file at all."""
        ...

    def losses(self, bank: Bank) -> list[Loss]:
        """Say what of each question would not come back; an empty list means that all of it does."""
        ...
