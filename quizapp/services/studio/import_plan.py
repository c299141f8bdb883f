"""What an import would do with each row of a file: shown first, then carried out as it was shown."""

from dataclasses import dataclass
from enum import StrEnum

from quizapp.domain.questions.question import Bank

MAX_TITLE = 200
STALE = "The bank has changed since this was shown. Look at what would be done now."


class Verdict(StrEnum):
    """What an import does with one row."""

    NEW = "new"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


WRITTEN = (Verdict.NEW, Verdict.CHANGED)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to import. `bank` is the name of a bank or the title of a new one; empty: the file tells.

    `format_name` is a name of the registry or "deck"; empty: the file tells.
    """

    data: bytes
    file_name: str
    bank: str = ""
    format_name: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a file and what would become of it.

    `name` is the id of the question, or of the fact of a card; `type` is how it is asked, `front` what it asks.
    """

    verdict: Verdict
    line: int
    name: str
    type: str
    reason: str
    front: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. `bank` is the bank as it would be; of questions, its head alone.

    `exists` says that it is there now, `makes_draft` that it would make a bank that nobody but the one who imports it
    sees at first, `comes_back` that the bank was taken off the shelf and would stand on it again. `format` is what the
    file was read as.

    Two plans with one `fingerprint` show the same to whoever reads them and store the same.
    """

    bank: Bank
    exists: bool
    makes_draft: bool
    rows: tuple[PlannedRow, ...]
    notes: tuple[str, ...]
    fingerprint: str
    format: str
    comes_back: bool = False

    def count(self, verdict: str) -> int:
        """Count the rows with this verdict."""
        return sum(row.verdict == verdict for row in self.rows)

    @property
    def brings(self) -> int:
        """How many rows would be written."""
        return self.count(Verdict.NEW) + self.count(Verdict.CHANGED)


@dataclass(frozen=True, slots=True)
class Imported:
    """The plan that was carried out, and the step that undoes it; None where nothing was written."""

    plan: ImportPlan
    step_id: int | None
