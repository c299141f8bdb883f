"""Read a bank's `bank.toml`, `facts.toml` and `retelling.toml`, reporting every problem at once with its file and line.

tomllib stops at the first syntax error and gives no lines for values, so a facts file is cut at its `[[fact]]`
headers and each part is parsed by itself: a syntax error spoils one fact, not the file.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.facts.bank_file import BANK_FILE, AcceptedWarning, BankFile, read_bank_file
from quizapp.domain.facts.fact import (
    MARK,
    NEEDS_NOTE,
    Fact,
    FactKind,
    Group,
    Mode,
    Source,
    Speaker,
    Status,
    Tier,
    Topic,
    Value,
    make_value,
)
from quizapp.domain.facts.field_reading import MAX_NAME, Table
from quizapp.domain.facts.passage import Passage, passage_from_json
from quizapp.domain.facts.quantities import Quantity
from quizapp.domain.facts.retelling import Section, read_retelling

FACTS_FILE = "facts.toml"
_HEADER = re.compile(r"^\s*\[\[\s*fact\s*\]\]\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class FactBase:
    """All that a bank is made from: its title and words, its source, topics and facts (in file order).

    `recipes` are the names of those that make questions of the facts; None: all there are.
    """

    name: str
    title: str
    summary: str
    language: str
    licence: str
    source: Source
    topics: tuple[Topic, ...]
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...] = ()
    accepted: tuple[AcceptedWarning, ...] = ()
    retelling: tuple[Section, ...] = ()
    recipes: tuple[str, ...] | None = None

    def fact(self, fact_id: str) -> Fact:
        """Return the fact with this id; KeyError if there is none."""
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise KeyError(fact_id)

    def speaker_of(self, fact: Fact) -> Speaker | None:
        """Return who says the fact; None for the outlet itself."""
        return self.source.speaker(fact.speaker)


def read_fact_base(name: str, bank_text: str, facts_text: str, retelling_text: str = "") -> FactBase:
    """Read the files of the bank called `name`. Raises InvalidContent with every problem of all."""
    problems: list[Problem] = []
    retelling: tuple[Section, ...] = ()
    bank = read_bank_file(bank_text, problems)
    is_written = bank is not None and bank.is_written
    facts = list(_read_facts(facts_text, problems, is_written))
    if bank is not None:
        _check_references(facts, bank, problems)
        if not problems:  # a fact that could not be read is no stranger
            _check_groups(facts, bank, problems)
            retelling, flaws = read_retelling(retelling_text, facts, bank.source)
            problems.extend(flaws)
    if not facts and not problems and not is_written:
        problems.append(Problem(FACTS_FILE, "there is no [[fact]] in it."))
    if problems or bank is None:
        raise InvalidContent(sorted(problems, key=lambda problem: (problem.place, problem.line or 0)))
    return FactBase(
        name=name,
        title=bank.title,
        summary=bank.summary,
        language=bank.language,
        licence=bank.licence,
        source=bank.source,
        topics=bank.topics,
        facts=tuple(facts),
        groups=bank.groups,
        accepted=bank.accepted,
        retelling=retelling,
        recipes=bank.recipes,
    )


def _read_facts(text: str, problems: list[Problem], is_written: bool) -> Iterator[Fact]:
    for line, part in _cut_at_headers(text):
        if line == 0:
            _check_preamble(part, problems)
            continue
        try:
            data = tomllib.loads(part)
        except (ValueError, RecursionError) as error:
            problems.append(Problem(FACTS_FILE, f"this fact is not TOML: {_shift_lines(str(error), line)}", line))
            continue
        entry = data["fact"][0]
        if len(data["fact"]) > 1 or len(data) > 1:
            problems.append(Problem(FACTS_FILE, "a table after this fact is not headed [[fact]].", line))
        table = Table(FACTS_FILE, str(entry.get("id", "a fact without an id")), entry, line)
        fact = _read_fact(table, is_written)
        table.finish()
        problems.extend(table.problems)
        if fact is not None and not table.problems:
            yield fact


def _cut_at_headers(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line of the header, text of the part); what stands before the first header has the line 0."""
    start = 0
    lines: list[str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if _HEADER.match(line):
            yield start, "\n".join(lines)
            start, lines = number, []
        lines.append(line)
    yield start, "\n".join(lines)


def _check_preamble(text: str, problems: list[Problem]) -> None:
    if any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        problems.append(Problem(FACTS_FILE, "only comments may stand before the first [[fact]].", 1))


def _shift_lines(message: str, header_line: int) -> str:
    return re.sub(r"at line (\d+)", lambda found: f"at line {int(found[1]) + header_line - 1}", message)


def _read_fact(table: Table, is_written: bool) -> Fact | None:
    fact_id = table.text("id", needed=True, longest=MAX_NAME) if is_written else table.name_text("id")
    kind = table.choice("kind", FactKind)
    speaker = table.text("speaker") or None
    status = table.choice("status", Status, Status.SINGLE_SOURCE if speaker else Status.UNCONTESTED)
    statement = table.text("statement", needed=True)
    fact = Fact(
        id=fact_id,
        paragraphs=table.numbers("paragraph"),
        statement=statement,
        topic=table.text("topic", needed=True),
        kind=kind or FactKind.EVENT,
        tier=table.choice("tier", Tier, Tier.SHOULD) or Tier.SHOULD,
        speaker=speaker,
        mode=table.choice("mode", Mode, Mode.SAID if speaker else Mode.REPORTED) or Mode.REPORTED,
        status=status or Status.UNCONTESTED,
        note=table.text("note"),
        reference=table.text("reference"),
        value=_read_value(table, kind or FactKind.EVENT, statement, is_written),
        ask=table.text("ask"),
        value_of=table.text("value_of"),
        relation=table.text("relation"),
        said=table.text("said"),
        not_with=frozenset(table.texts("not_with")),
        group=table.text("group"),
        when=table.text("when"),
        after=table.texts("after"),
        event=table.text("event"),
        review_by=table.text("review_by"),
        passage=_read_passage(table),
        line=table.line or 0,
    )
    if not is_written:
        _check_fact(fact, table)
    return fact


def _read_passage(table: Table) -> Passage | None:
    table.taken.add("passage")
    data = table.values.get("passage")
    try:
        return None if data is None else passage_from_json(data)
    except ValueError as error:
        table.problem(f"`passage`: {error}.")
        return None


def _read_value(table: Table, kind: FactKind, statement: str, is_written: bool) -> Value | None:
    """Read the value; where no recipe asks for it, its words may stand beside the statement instead of in it."""
    text = table.text("value")
    accept = table.texts("accept")
    number, unit, hedge = table.number("number"), table.text("unit"), table.text("hedge")
    marks = MARK.findall(statement)
    if len(marks) > 1:
        table.problem("the statement marks more than one value; write a second fact for the other.")
    if not marks:
        if text and is_written:
            return make_value(kind, text, accept)
        if text or number is not None:
            table.problem("a value is given but the statement marks none with braces.")
        return None
    quantity = None if number is None else Quantity(Decimal(str(number)), unit, hedge)
    found = make_value(kind, text or marks[0], accept, quantity)
    if kind in (FactKind.QUANTITY, FactKind.DURATION) and found.quantity is None and not is_written:
        table.problem(f"no number can be read from “{found.text}”; write `number` and `unit`.")
    return found


def _check_fact(fact: Fact, table: Table) -> None:
    """Say what the recipes lack to ask this fact."""
    if "{" in fact.text or "}" in fact.text:
        table.problem("a brace in the statement is not closed.")
    if fact.value is not None:
        for key, given in (("ask", fact.ask), ("value_of", fact.value_of), ("relation", fact.relation)):
            if not given:
                table.problem(f"`{key}` is missing: the statement marks a value.")
    elif fact.ask or fact.value_of or fact.relation:
        table.problem("`ask`, `value_of` and `relation` go with a value marked by braces in the statement.")
    if fact.ask and not fact.ask.endswith("?"):
        table.problem("`ask` must end with a question mark.")
    if fact.said and fact.speaker is None:
        table.problem("`said` goes with `speaker`.")
    if fact.status in NEEDS_NOTE and not fact.note:
        table.problem(f"a fact that is {fact.status} needs a `note` that tells the learner why.")


def _check_references(facts: list[Fact], bank: BankFile, problems: list[Problem]) -> None:
    source, topics = bank.source, {topic.id for topic in bank.topics}
    ids = [fact.id for fact in facts]
    known = set(ids)

    def say(fact: Fact, sentence: str) -> None:
        problems.append(Problem(FACTS_FILE, f"{fact.id}: {sentence}", fact.line))

    twins = set(_twins(ids))
    for fact in facts:
        if fact.id in twins:
            say(fact, "another fact has the same id.")
        if fact.topic not in topics:
            say(fact, f"bank.toml has no topic “{fact.topic}”.")
        if fact.speaker is not None and source.speaker(fact.speaker) is None:
            say(fact, f"bank.toml has no speaker “{fact.speaker}”.")
        if any(not 1 <= paragraph <= source.paragraphs for paragraph in fact.paragraphs):
            say(fact, f"the source has the paragraphs 1 to {source.paragraphs}.")
        for other in sorted(fact.not_with | set(fact.after)):
            if other not in known:
                say(fact, f"there is no fact “{other}”.")


def _check_groups(facts: list[Fact], bank: BankFile, problems: list[Problem]) -> None:
    known = {fact.id for fact in facts}
    for group in bank.groups:
        strangers = [fact_id for fact_id in group.facts if fact_id not in known]
        found = [f"there is no fact “{fact_id}”." for fact_id in strangers]
        if not strangers and not any(group.holds(fact) for fact in facts):
            found = ["no fact belongs to it."]
        problems.extend(Problem(BANK_FILE, f"[[group]] {group.name}: {sentence}") for sentence in found)


def _twins(ids: Iterable[str]) -> list[str]:
    return [one for one, count in Counter(ids).items() if count > 1]
