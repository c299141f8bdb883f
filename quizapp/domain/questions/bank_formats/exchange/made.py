"""A question of another program, and the fact that it tests, as honestly as its file tells it."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from quizapp.domain.facts.fact import (
    Fact,
    FactKind,
    Mode,
    Speaker,
    SpeakerKind,
    Status,
    Tier,
    Topic,
    make_value,
    plain_statement,
    without_marks,
)
from quizapp.domain.facts.plain_name import plain_name
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.bank_formats.exchange.bodies import body_of
from quizapp.domain.questions.bank_formats.exchange.item import RIGHT, CannotAsk, Head, Item
from quizapp.domain.questions.question import Question
from quizapp.domain.questions.question_types.registry import question_type

RECIPE = "imported"
RECIPE_WITH_PLACE = "imported-with-place"
"""Of a question whose file says in which paragraph its fact stands: the others' facts stand in the first one only
because a fact has to stand somewhere."""
NO_TOPIC = Topic("questions", "Questions")
MAX_TOPIC = 100
_OURS = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_SAYS_NOTHING = re.compile(r"(?:question|questions|frage|pregunta|item|q|no|nr)?[\s#._-]*[0-9]*", re.I)
_LONGEST_NAME = 80
_WITH_A_VALUE = ("single_choice", "short_answer", "numeric", "cloze")
_ENDS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Made:
    """A question with the fact it tests, its topic, and the speaker its file names; `is_new` unless we wrote it."""

    question: Question
    fact: Fact
    topic: Topic
    speaker: Speaker | None
    remarks: tuple[str, ...]
    is_new: bool = True


def made_of(item: Item) -> Made:
    """Make a question and its fact of an item. Raises CannotAsk."""
    remarks = list(item.remarks)
    kind, body = body_of(item, remarks)
    stem = one_line(item.stem)
    name = question_name(item)
    answer = question_type(kind).answer_text(body)
    topic = topic_of(item.topic)
    head = item.head or Head()
    speaker = _speaker(head.speaker)
    fact = _fact(item, head, fact_name(name), (kind, stem, answer), topic, speaker)
    question = Question(
        id=name,
        type=kind,
        stem=stem,
        body=body,
        explanation=one_line(item.feedback) or fact.text,
        facts=(fact.id,),
        topic=topic.id,
        speaker=fact.speaker,
        status=fact.status,
        scored=fact.scored,
        recipe=RECIPE_WITH_PLACE if head.paragraphs else RECIPE,
    )
    return Made(question, fact, topic, speaker, tuple(remarks))


def question_name(item: Item) -> str:
    """Name a question by what its file calls it; else by its words, so that it is known again."""
    name = item.name.strip()
    if _OURS.fullmatch(name) and len(name) <= _LONGEST_NAME and not name.isdigit():
        return name
    if name and not _SAYS_NOTHING.fullmatch(name):
        return plain_name(name)
    return f"question-{_digest(item.stem)}"


def fuller_name(name: str, item: Item) -> str:
    """Name a question by all of its words, where others of its file have its name."""
    words = [item.stem, *(one.text for one in item.answers), *(side for pair in item.pairs for side in pair)]
    words += [one.text for gap in item.gaps for one in gap]
    return f"{name[:_LONGEST_NAME]}-{_digest(' | '.join(words))[:12]}"


def fact_name(question_id: str) -> str:
    """Name the fact that was made for a question."""
    return f"{question_id.replace('.', '-')}-fact"


def topic_of(label: str) -> Topic:
    """Return the topic of a category."""
    label = one_line(label)[:MAX_TOPIC].strip()
    return Topic(plain_name(label), label) if label else NO_TOPIC


def made_up_statement(question: Question) -> str:
    """Return the words that a fact made of this question gets where its file says nothing of it."""
    answer = question_type(question.type).answer_text(question.body)
    return plain_statement(_answered(question.type, one_line(question.stem), answer))


def one_line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def _digest(text: str) -> str:
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return sha256(words.encode()).hexdigest()[:32]


def _speaker(name: str) -> Speaker | None:
    name = one_line(name)
    return Speaker(plain_name(name), name, name, "named in the file", SpeakerKind.PERSON) if name else None


def _fact(
    item: Item, head: Head, name: str, asked: tuple[str, str, str], topic: Topic, speaker: Speaker | None
) -> Fact:
    kind, stem, answer = asked
    statement = one_line(head.statement) or one_line(without_marks(_feedback(item))) or _answered(kind, stem, answer)
    value = None
    if kind in _WITH_A_VALUE and _holds(plain_statement(statement), answer):
        value = make_value(FactKind.QUANTITY if kind == "numeric" else FactKind.DEFINITION, answer)
    status = Status.SINGLE_SOURCE if speaker else Status.UNCONTESTED
    return Fact(
        id=name,
        paragraphs=head.paragraphs or (1,),
        statement=statement,
        topic=topic.id,
        kind=FactKind.CLAIM if speaker else FactKind.QUANTITY if kind == "numeric" else FactKind.DEFINITION,
        tier=Tier.MAY,
        speaker=speaker.id if speaker else None,
        mode=Mode.SAID if speaker else Mode.REPORTED,
        status=_status(head.status, status),
        value=value,
        ask=stem if value else "",
    )


def _feedback(item: Item) -> str:
    """Return what the file says to everybody, or else to whoever is right."""
    if item.feedback.strip():
        return item.feedback
    right = [one.feedback for one in item.answers if one.share >= RIGHT and one.feedback.strip()]
    return right[0] if len(right) == 1 else ""


def _answered(kind: str, stem: str, answer: str) -> str:
    stem, answer = without_marks(stem), without_marks(one_line(answer))
    if kind == "true_false":
        return f"The statement “{stem}” is {answer.lower()}."
    mark = f"{{{answer}}}" if kind in _WITH_A_VALUE and answer else answer
    return f"The question “{stem}” is answered: {mark}{'' if answer.endswith(_ENDS) else '.'}"


def _holds(statement: str, words: str) -> bool:
    return (
        bool(words) and re.search(rf"(?<!\w){re.escape(fold(without_marks(words)))}(?!\w)", fold(statement)) is not None
    )


def _status(word: str, default: Status) -> Status:
    if not word.strip():
        return default
    try:
        return Status(word.strip().casefold().replace(" ", "-"))
    except ValueError as error:
        raise CannotAsk(f"“{word.strip()[:40]}” is no status; it is one of {', '.join(Status)}.") from error
