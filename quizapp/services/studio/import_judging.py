"""What becomes of each question of a file in a bank: new, changed, known already, or refused with the reason."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from quizapp.database.bank_tables import Origin
from quizapp.domain.facts.fact import Fact, Source, SourceKind, Speaker, Topic, plain_statement
from quizapp.domain.facts.field_reading import MAX_NAME
from quizapp.domain.questions.bank_formats.bank_format import DraftRow
from quizapp.domain.questions.bank_formats.json_format import fact_to_json, question_to_json
from quizapp.domain.questions.bank_formats.json_reading import MAX_PARAGRAPHS
from quizapp.domain.questions.question import Bank, Question, check_question
from quizapp.services.studio.import_plan import WRITTEN, PlannedRow, Verdict
from quizapp.services.studio.import_stock import Json, KnownQuestion, Stock, asked_words, without_voice, words_index

SHOWN = 80
OF_A_FILE = "it came from the questions folder, and no import changes it."
NOT_ITS_OWN = "its name is taken by something that was added here."
ARCHIVED = "It is archived here, and would be asked again."
_FIELD_WORDS = {
    "type": "its type",
    "stem": "its words",
    "body": "its answers",
    "explanation": "its explanation",
    "topic": "its topic",
    "speaker": "who says it",
    "status": "how far it can be relied on",
    "scored": "whether it is scored",
    "facts": "the facts it tests",
}


@dataclass(frozen=True, slots=True)
class Content:
    """A question and its facts as JSON, in the form in which what is stored is compared with them."""

    question: Json
    facts: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A question that would be written, and what the bank has under its name now."""

    row: DraftRow
    question: Question
    known: KnownQuestion | None
    content: Content


@dataclass
class Judging:
    """Judges the rows of one file in their order, and gathers what would be written."""

    stock: Stock
    accepted: list[Accepted] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    """Facts that are new, would be changed, or would come back."""
    topics: dict[str, Topic] = field(init=False)
    speakers: dict[str, Speaker] = field(init=False)
    paragraphs: int = field(init=False)
    _labels: dict[str, str] = field(init=False)
    _words: dict[str, str] = field(init=False)
    _names_in_file: dict[str, tuple[int, Content]] = field(default_factory=dict)
    _words_in_file: dict[str, int] = field(default_factory=dict)
    _facts_in_file: dict[str, tuple[int, Json]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with what the bank has."""
        head = self.stock.head
        self.topics = {topic.id: topic for topic in head.topics}
        self.speakers = {speaker.id: speaker for speaker in head.source.speakers}
        self.paragraphs = head.source.paragraphs
        self._labels = {topic.label.casefold(): topic.id for topic in head.topics}
        self._words = words_index(self.stock.questions.values())

    @property
    def may_grow(self) -> bool:
        """Whether places are numbers of the file alone: there is no article whose paragraphs were counted."""
        return self.stock.head.source.kind is SourceKind.QUESTIONS and self.stock.origin is Origin.INSTRUCTOR

    def judge(self, row: DraftRow) -> PlannedRow:
        """Judge one row; a question that would be written is kept with what it needs."""
        if row.question is None or row.problem:
            return _planned(row, Verdict.REFUSED, row.problem or "there is no question in it.")
        row = self._fitted(row)
        problem = self._problem(row)
        if problem or row.question is None:
            return _planned(row, Verdict.REFUSED, problem)
        content = self._content(row.question, row.facts)
        verdict, reason = self._verdict(row, row.question, content)
        if verdict in WRITTEN:
            reason_against = self._against_its_facts(row, content)
            if reason_against:
                return _planned(row, Verdict.REFUSED, reason_against)
            self._accept(row, row.question, content)
        return _planned(row, verdict, reason)

    def take_along(self, facts: Iterable[Fact], bank: Bank) -> int:
        """Take facts along that no question of the file tests; return how many would be written."""
        before = len(self.facts)
        for fact in facts:
            known = self.stock.facts.get(fact.id)
            fitted = self._fitted_fact(fact, bank.topics)
            if fact.id in self._facts_in_file or (known and (known.live or known.fact != self._fact(fitted))):
                continue
            self._see_topics(topic for topic in bank.topics if topic.id == fact.topic)
            self._see_speakers(speaker for speaker in bank.source.speakers if speaker.id == fact.speaker)
            self.facts[fact.id] = fitted
        return len(self.facts) - before

    def head(self) -> Bank:
        """Return the bank's head as it would be."""
        source: Source = replace(
            self.stock.head.source, speakers=tuple(self.speakers.values()), paragraphs=self.paragraphs
        )
        return replace(self.stock.head, source=source, topics=tuple(self.topics.values()))

    def _verdict(self, row: DraftRow, question: Question, content: Content) -> tuple[Verdict, str]:
        twin = self._names_in_file.get(question.id)
        if twin is not None:
            if twin[1] == content:
                return Verdict.DUPLICATE, f"line {twin[0]} has the same question."
            return Verdict.REFUSED, f"line {twin[0]} has another question of this name."
        words = asked_words(content.question)
        if words in self._words_in_file:
            return Verdict.DUPLICATE, f"line {self._words_in_file[words]} asks the same."
        self._names_in_file[question.id] = row.line, content
        known = self.stock.questions.get(question.id)
        if known is not None:
            if known.asked and (known.question, known.facts) == (content.question, content.facts):
                return Verdict.DUPLICATE, "the bank has this question."
            if known.origin is Origin.FILE:
                return Verdict.REFUSED, f"the bank has “{shortened(str(known.question['stem']))}”: {OF_A_FILE}"
            if known.origin is not Origin.INSTRUCTOR:
                return Verdict.REFUSED, NOT_ITS_OWN
        same = self._words.get(words)
        if same not in (None, question.id):
            return Verdict.DUPLICATE, "the bank has this question under another name."
        self._words_in_file[words] = row.line
        if known is None:
            return Verdict.NEW, ""
        return Verdict.CHANGED, " ".join(filter(None, (_change(known, content), "" if known.asked else ARCHIVED)))

    def _against_its_facts(self, row: DraftRow, content: Content) -> str:
        for name, fact in content.facts.items():
            line, other = self._facts_in_file.get(name, (0, fact))
            if other != fact:
                return f"its fact “{_words_of(fact)}” has other words in line {line}."
            known = self.stock.facts.get(name)
            if known is None or known.origin is Origin.INSTRUCTOR:
                continue
            if known.fact != fact:
                return f"its fact “{_words_of(fact)}” says something else here: {OF_A_FILE}"
            if not known.live and name == row.facts[0].id:
                return f"its fact “{_words_of(fact)}” has left the bank’s file."
        return ""

    def _accept(self, row: DraftRow, question: Question, content: Content) -> None:
        self.accepted.append(Accepted(row, question, self.stock.questions.get(question.id), content))
        self._see_topics((row.topic, *row.other_topics))
        self._see_speakers(row.speakers)
        for fact in row.facts:
            known = self.stock.facts.get(fact.id)
            self._facts_in_file.setdefault(fact.id, (row.line, content.facts[fact.id]))
            if known is None or (
                known.origin is Origin.INSTRUCTOR and (not known.live or known.fact != content.facts[fact.id])
            ):
                self.facts.setdefault(fact.id, fact)
            self.paragraphs = max(self.paragraphs, *fact.paragraphs, 1)

    def _see_topics(self, topics: Iterable[Topic]) -> None:
        for topic in topics:
            if self._topic_id(topic) == topic.id:
                self.topics.setdefault(topic.id, topic)
                self._labels.setdefault(topic.label.casefold(), topic.id)

    def _see_speakers(self, speakers: Iterable[Speaker]) -> None:
        sides = {side.id for side in self.stock.head.source.sides}
        for speaker in speakers:
            fitting = speaker if speaker.side in sides else replace(speaker, side="")
            self.speakers.setdefault(speaker.id, fitting)

    def _topic_id(self, topic: Topic) -> str:
        """Return the id that a topic has in the bank: its own, or that of the topic with its label."""
        return topic.id if topic.id in self.topics else self._labels.get(topic.label.casefold(), topic.id)

    def _fitted(self, row: DraftRow) -> DraftRow:
        """Return the row with the topics of the bank, and without passages of a text that the bank does not have."""
        if row.question is None:
            return row
        topics = (row.topic, *row.other_topics)
        facts = tuple(self._fitted_fact(fact, topics) for fact in row.facts)
        return replace(row, question=replace(row.question, topic=self._topic_id(row.topic)), facts=facts)

    def _fitted_fact(self, fact: Fact, topics: Iterable[Topic]) -> Fact:
        topic = next((self._topic_id(one) for one in topics if one.id == fact.topic), fact.topic)
        passage = fact.passage if fact.passage and fact.passage.stands_in(self.stock.head.text) else None
        return replace(fact, topic=topic, passage=passage)

    def _content(self, question: Question, facts: Iterable[Fact]) -> Content:
        known = {fact.id: fact for fact in facts}
        stored: Json = json.loads(json.dumps(question_to_json(question, known)))
        return Content(stored, {name: self._fact(known[name]) for name in question.cited_facts})

    def _fact(self, fact: Fact) -> Json:
        return without_voice(fact_to_json(fact, self.stock.head.source))

    def _problem(self, row: DraftRow) -> str:
        """Say what keeps a row out of this bank, or of any."""
        question = row.question
        if question is None:
            return "there is no question in it."
        flaws = check_question(question, {fact.id: fact for fact in row.facts})
        if flaws:
            return " ".join(flaw.sentence for flaw in flaws)
        names = [question.id, question.type, question.topic, question.speaker or ""]
        names += [name for fact in row.facts for name in (fact.id, fact.topic, fact.speaker or "", fact.group)]
        if any(len(name) > MAX_NAME for name in names):
            return f"a name in it is longer than {MAX_NAME} characters."
        if any(not _is_day(fact.review_by) for fact in row.facts):
            return "its day of review is no day."
        last = MAX_PARAGRAPHS if self.may_grow else self.stock.head.source.paragraphs
        if any(not 1 <= number <= last for fact in row.facts for number in fact.paragraphs):
            return f"it stands in a paragraph that is not there: the source has 1 to {last}."
        heard = {speaker.id for speaker in row.speakers} | self.speakers.keys()
        if any(one is not None and one not in heard for one in (question.speaker, *(f.speaker for f in row.facts))):
            return "nobody says who its speaker is."
        return ""


def _words_of(fact: Json) -> str:
    return shortened(plain_statement(str(fact["statement"])))


def shortened(stem: str) -> str:
    """Return a stem in one line, cut where it is longer than a plan shows."""
    stem = " ".join(stem.split())
    return stem if len(stem) <= SHOWN else f"{stem[: SHOWN - 1].rstrip()}…"


def _planned(row: DraftRow, verdict: Verdict, reason: str) -> PlannedRow:
    question = row.question
    reason = " ".join(part for part in (reason, row.remark) if part)
    stem = shortened(row.stem or (question.stem if question else ""))
    if question is None:
        return PlannedRow(verdict, row.line, row.name, "", reason, stem)
    return PlannedRow(verdict, row.line, question.id, question.type, reason, stem)


def _change(known: KnownQuestion, content: Content) -> str:
    """Say in one sentence what of a question would be another."""
    found = [words for name, words in _FIELD_WORDS.items() if known.question.get(name) != content.question.get(name)]
    if known.facts != content.facts and _FIELD_WORDS["facts"] not in found:
        found.append("the words of its facts")
    if not found:
        return ""
    listed = " and ".join(filter(None, (", ".join(found[:-1]), found[-1])))
    return f"{listed} would be changed."


def _is_day(text: str) -> bool:
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False
