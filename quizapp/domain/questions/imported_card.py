"""A card of an imported deck as a fact, with a question where its back can be typed; and the bank such cards make.

Nothing is claimed of a card but that it stands in the deck: its front is asked word for word, and its fact says what
the card answers, by whose word if the card names one.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from quizapp.domain.facts.fact import (
    Fact,
    FactKind,
    Mode,
    Source,
    SourceKind,
    Speaker,
    SpeakerKind,
    Status,
    Tier,
    Topic,
    make_value,
    without_marks,
)
from quizapp.domain.facts.field_reading import MAX_TEXT
from quizapp.domain.facts.plain_name import plain_name
from quizapp.domain.facts.spelling import folded_words
from quizapp.domain.questions.bank_formats.deck_reading import DeckRow
from quizapp.domain.questions.question import MAX_STEM, Bank, Question
from quizapp.domain.questions.question_types.short_answer import ShortAnswer, ShortAnswerBody

RECIPE = "imported-card"
MAX_TYPED_BACK = 60
MAX_TYPED_WORDS = 8
NO_TOPIC = Topic("cards", "Cards")
NOT_GIVEN = "not given"
TOO_LONG = f"front, back, speaker and the words around them are longer than {MAX_TEXT:,} characters."
_ENDS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class ImportedCard:
    """A card as the bank keeps it; `question` is None where the back is too long to be typed."""

    fact: Fact
    question: Question | None
    topic: Topic
    speaker: Speaker | None


def card_of(row: DeckRow) -> ImportedCard | None:
    """Make the card of a row without a problem; None where its words are more than a fact can hold.

    Its id follows from the front, so that a card is known again when its back was edited.
    """
    topic = Topic(plain_name(row.topic), row.topic) if row.topic else NO_TOPIC
    speaker = _speaker(row.speaker) if row.speaker else None
    fact = Fact(
        id=card_id(row.front),
        paragraphs=(1,),
        statement=_statement(row),
        topic=topic.id,
        kind=FactKind.CLAIM if speaker else FactKind.DEFINITION,
        tier=Tier.MAY,
        speaker=speaker.id if speaker else None,
        mode=Mode.SAID if speaker else Mode.REPORTED,
        status=Status.SINGLE_SOURCE if speaker else Status.UNCONTESTED,
        note=row.note or ("The card names its source." if row.source else ""),
        reference=row.source,
        value=make_value(FactKind.CLAIM if speaker else FactKind.DEFINITION, row.back),
        ask=row.front,
    )
    if max(len(text) for text in (fact.statement, fact.ask, row.back)) > MAX_TEXT:
        return None
    return ImportedCard(fact, _question(fact, row), topic, speaker)


def card_id(front: str) -> str:
    """Name a card after its front, whatever its spaces and however its accents are stored."""
    words = " ".join(unicodedata.normalize("NFC", front).split())
    return f"card-{sha256(words.encode()).hexdigest()[:32]}"


def deck_bank(name: str, title: str, file_name: str) -> Bank:
    """Return the bank of a deck before its first card; its source says only what is known of it."""
    source = Source(
        id=f"{name}-deck",
        outlet=title,
        description=f"a deck imported from {file_name}",
        title=NOT_GIVEN,
        author=NOT_GIVEN,
        date=NOT_GIVEN,
        as_of="date not given",
        language=NOT_GIVEN,
        paragraphs=1,
        affiliation="",
        kind=SourceKind.DECK,
    )
    summary = f"Cards imported from {file_name}. Nobody here has checked what they say."
    return Bank(name, title, summary, NOT_GIVEN, NOT_GIVEN, source, (), (), ())


def with_cards(bank: Bank, cards: Iterable[ImportedCard]) -> Bank:
    """Return a deck's bank with these cards put in: a card it has is replaced in its place, a new one comes last."""
    new = {card.fact.id: card for card in cards}
    facts = {fact.id: fact for fact in bank.facts} | {name: card.fact for name, card in new.items()}
    asked = {question.fact: question for question in bank.questions if question.fact not in new}
    asked |= {name: card.question for name, card in new.items() if card.question}
    topics = {topic.id: topic for topic in bank.topics}
    speakers = {speaker.id: speaker for speaker in bank.source.speakers}
    for card in new.values():
        topics.setdefault(card.topic.id, card.topic)
        if card.speaker:
            speakers.setdefault(card.speaker.id, card.speaker)
    return replace(
        bank,
        source=replace(bank.source, speakers=tuple(speakers.values())),
        topics=tuple(topics.values()),
        facts=tuple(facts.values()),
        questions=tuple(asked[name] for name in facts if name in asked),
    )


def _speaker(name: str) -> Speaker:
    return Speaker(plain_name(name), name, name, "named on the cards", SpeakerKind.PERSON)


def _statement(row: DeckRow) -> str:
    """Say what the card answers, with the back as the marked value."""
    front, back = (" ".join(without_marks(side).split()) for side in (row.front, row.back))
    says = f"gives as said by {row.speaker}" if row.speaker else "answers"
    return f"The card “{front}” {says}: {{{back}}}{'' if back.endswith(_ENDS) else '.'}"


def _question(fact: Fact, row: DeckRow) -> Question | None:
    front = " ".join(row.front.split())
    stem = f"According to {row.speaker}: {front}" if row.speaker else front
    if not _can_be_typed(row.back) or len(stem) > MAX_STEM:
        return None
    return Question(
        id=f"{fact.id}.{RECIPE}",
        type=ShortAnswer.name,
        stem=stem,
        body=ShortAnswerBody(row.back),
        explanation=fact.text,
        facts=(fact.id,),
        topic=fact.topic,
        speaker=fact.speaker,
        status=fact.status,
        scored=fact.scored,
        recipe=RECIPE,
    )


def _can_be_typed(back: str) -> bool:
    """Say whether a back is a few words in one line, with letters or digits to compare."""
    short = len(back) <= MAX_TYPED_BACK and len(back.split()) <= MAX_TYPED_WORDS
    return short and "\n" not in back and bool(folded_words(back))
