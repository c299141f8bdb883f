"""A bank as the files of its folder: written from a bank, and read back to the same bank."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.facts.bank_file import BANK_FILE
from quizapp.domain.facts.fact import Fact
from quizapp.domain.facts.facts_file import FACTS_FILE, FactBase, read_fact_base
from quizapp.domain.facts.folder_writing import bank_toml, facts_toml, retelling_toml
from quizapp.domain.facts.retelling import RETELLING_FILE, Section, retelling_flaws
from quizapp.domain.facts.whole_retelling import whole_retelling
from quizapp.domain.questions.bank_formats.json_format import FORMAT_VERSION, JsonFormat, fact_to_json
from quizapp.domain.questions.bank_formats.json_reading import read_bank
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.domain.questions.question import Bank
from quizapp.domain.questions.written import WRITTEN_FILE, read_written, written_to_json

QUESTIONS_FILE = "questions.json"
FOLDER_FILES = (BANK_FILE, FACTS_FILE, RETELLING_FILE, WRITTEN_FILE, QUESTIONS_FILE)
"""Every file that a bank's folder may hold; nothing else in it is read."""
NO_RETELLING = "The prose of the article is left out: it does not tell every fact in the voice of who says it."


@dataclass(frozen=True, slots=True)
class WrittenFolder:
    """The files of a bank's folder by name, and what they could not carry, in sentences."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...]


def folder_of(bank: Bank) -> WrittenFolder:
    """Write a bank as a folder: reading it gives equal words, source, topics, facts and questions, in their order.

    All questions stand in `written.json`, and no recipe runs. The source's own text is in no file. Raises
    InvalidContent where the files could not be read again.
    """
    retelling, notes = _retelling(bank)
    texts = {
        BANK_FILE: bank_toml(bank.title, bank.summary, bank.language, bank.licence, bank.source, bank.topics),
        FACTS_FILE: facts_toml(bank.facts),
        RETELLING_FILE: retelling_toml(retelling),
    }
    files = {name: text.encode() for name, text in texts.items() if text}
    files[WRITTEN_FILE] = written_to_json(bank.questions, bank.facts_by_id())
    files[QUESTIONS_FILE] = JsonFormat().write(built_of(bank.name, files))
    if bank.text:
        notes = (*notes, "The source’s own text stays here: no file carries it.")
    return WrittenFolder(files, notes)


def built_of(name: str, files: Mapping[str, bytes]) -> Bank:
    """Return the bank that the files of a folder make; `questions.json` is not asked. Raises InvalidContent."""
    base = base_of(name, files)
    written = read_written(files[WRITTEN_FILE], base) if WRITTEN_FILE in files else ()
    return build_bank(base, written=written)


def base_of(name: str, files: Mapping[str, bytes]) -> FactBase:
    """Read the TOML files of a folder. Raises InvalidContent with every problem, its file and line."""
    bank_text, facts_text = _text(files, BANK_FILE), _text(files, FACTS_FILE)
    return read_fact_base(name, bank_text, facts_text, _text(files, RETELLING_FILE, needed=False))


def bank_of_folder(name: str, files: Mapping[str, bytes]) -> Bank:
    """Return the bank in a folder that came from outside, under `name`.

    Its `questions.json` is taken as `quizapp load` takes it; where it is missing, the bank is built. Raises
    InvalidContent naming each file and line, also where `questions.json` is older than the other files.
    """
    if QUESTIONS_FILE not in files:
        return built_of(name, files)
    try:
        bank = read_bank(files[QUESTIONS_FILE], FORMAT_VERSION)
    except InvalidContent as error:
        raise InvalidContent([replace(one, place=QUESTIONS_FILE) for one in error.problems]) from error
    if FACTS_FILE in files:
        _refuse_stale(bank, files)
    return replace(bank, name=name)


def _refuse_stale(bank: Bank, files: Mapping[str, bytes]) -> None:
    base = base_of(bank.name, files)
    written = read_written(files[WRITTEN_FILE], base) if WRITTEN_FILE in files else ()
    there = {question.id: question for question in bank.questions}
    stale = (
        (bank.title, bank.summary, bank.language, bank.licence)
        != (base.title, base.summary, base.language, base.licence)
        or (bank.source, bank.topics) != (base.source, base.topics)
        or [fact_to_json(fact, bank.source) for fact in bank.facts] != [_as_stored(fact, base) for fact in base.facts]
        or any(there.get(question.id) != question for question in written)
    )
    if stale:
        advice = f"it is older than the other files; run `quizapp bank build {bank.name}`, or leave it out."
        raise InvalidContent([Problem(QUESTIONS_FILE, advice)])


def _as_stored(fact: Fact, base: FactBase) -> dict[str, object]:
    return fact_to_json(fact, base.source)


def _retelling(bank: Bank) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """Return a retelling that may stand in a file: the bank's own, or with what it does not tell, or none."""
    facts = bank.facts_by_id()
    for sections in (bank.retelling, whole_retelling(bank.retelling, bank.facts)):
        if not bank.retelling or not list(retelling_flaws(sections, facts, bank.source)):
            return (sections if bank.retelling else ()), ()
    return (), (NO_RETELLING,)


def _text(files: Mapping[str, bytes], name: str, *, needed: bool = True) -> str:
    if name not in files:
        if needed:
            raise InvalidContent([Problem(name, "it is missing.")])
        return ""
    try:
        return files[name].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidContent([Problem(name, f"it is not UTF-8: {error}")]) from error
