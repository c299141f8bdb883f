"""The folders under `questions/`: which there are, and their files."""

from dataclasses import dataclass
from pathlib import Path

from quizapp.domain.errors import InvalidContent, NotFound, Problem
from quizapp.domain.facts.bank_file import BANK_FILE
from quizapp.domain.facts.facts_file import FACTS_FILE, FactBase, read_fact_base
from quizapp.domain.facts.retelling import RETELLING_FILE
from quizapp.domain.questions.bank_folder import QUESTIONS_FILE
from quizapp.domain.questions.bank_formats.json_format import JsonFormat
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.written import WRITTEN_FILE, read_written


@dataclass(frozen=True, slots=True)
class BankFolder:
    """One bank's folder; its name is the bank's name."""

    path: Path

    def fact_base(self) -> FactBase:
        """Read the bank's facts. Raises InvalidContent with every problem and its line."""
        retelling = self._text(RETELLING_FILE) if (self.path / RETELLING_FILE).exists() else ""
        return read_fact_base(self.path.name, self._text(BANK_FILE), self._text(FACTS_FILE), retelling)

    def written(self, base: FactBase) -> tuple[Question, ...]:
        """Read the questions that no recipe makes; none where there is no such file. Raises InvalidContent."""
        path = self.path / WRITTEN_FILE
        return read_written(path.read_bytes(), base) if path.is_file() else ()

    def _text(self, name: str) -> str:
        path = self.path / name
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidContent([Problem(str(path), f"it cannot be read: {error}")]) from error


def bank_folders(questions: Path) -> list[BankFolder]:
    """List the folders that hold a bank, by name. Raises NotFound when the questions folder is missing."""
    if not questions.is_dir():
        raise NotFound(f"There is no folder {questions}.")
    return [BankFolder(path.parent) for path in sorted(questions.glob(f"*/{BANK_FILE}"))]


def bank_folder(questions: Path, name: str) -> BankFolder:
    """Return the folder of one bank. Raises NotFound, naming the banks there are."""
    found = {folder.path.name: folder for folder in bank_folders(questions)}
    if name not in found:
        raise NotFound(f"There is no bank “{name}”; there is {', '.join(found) or 'none'}.")
    return found[name]


def read_questions(folder: BankFolder) -> Bank:
    """Read a bank's questions.json. Raises InvalidContent when it is missing or wrong."""
    path = folder.path / QUESTIONS_FILE
    if not path.is_file():
        advice = f"it is missing; run `quizapp bank build {folder.path.name}`."
        raise InvalidContent([Problem(str(path), advice)])
    bank = JsonFormat().read_bank(path.read_bytes())
    if bank.name != folder.path.name:
        advice = f"it was built for the bank “{bank.name}”; run `quizapp bank build {folder.path.name}`."
        raise InvalidContent([Problem(str(path), advice)])
    return bank
