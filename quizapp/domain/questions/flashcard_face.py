"""The two sides of a fact's flashcard. Both say in whose voice the fact is, so that no side is a bare claim."""

from dataclasses import dataclass

from quizapp.domain.facts.fact import NEEDS_NOTE, Fact, Source
from quizapp.domain.questions.recipes.recipe import asked_of_article, sentence_start


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows: `front` before it is turned, then `back` and the fact's `statement`.

    `front_voice` and `back_voice` are the attribution lines ("Mammadov said", "The Times, in its own voice"); `note`
    is what a learner is told of a fact that is disputed, contradicted or outdated.
    """

    front: str
    front_voice: str
    back: str
    statement: str
    back_voice: str
    place: str
    note: str = ""


def face_of(fact: Fact, source: Source) -> Face | None:
    """Return the card of a fact; None when there is nothing in it to ask for: no value, and nobody who said it."""
    voice = voice_line(fact, source)
    if fact.value is not None and fact.ask:
        front = fact.ask if source.is_deck else asked_of_article(fact.ask)
        front_voice, back = voice, fact.value.text
    elif fact.said and fact.speaker:
        speaker = source.speaker(fact.speaker)
        front, front_voice = f"In the article, who said that {fact.said.removesuffix('.')}?", _somebody(source)
        back = sentence_start(speaker.name) if speaker else ""
    else:
        return None
    note = fact.note if fact.status in NEEDS_NOTE else ""
    place = fact.place if fact.paragraphs and not source.is_deck else ""
    return Face(front, front_voice, back, fact.text, voice, place, note)


def voice_line(fact: Fact, source: Source) -> str:
    """Say whose word a fact is; empty where the source does not name its speaker or itself."""
    if fact.speaker is None and source.is_deck:
        return f"The {'deck' if source.is_of_cards else 'collection'} {source.outlet}"
    if fact.speaker is None:
        return f"{source.outlet}, in its own voice" if source.outlet else ""
    speaker = source.speaker(fact.speaker)
    return f"{sentence_start(speaker.short)} said" if speaker and speaker.short else ""


def _somebody(source: Source) -> str:
    """Keep the voice open where it is what the card asks for."""
    return f"{source.outlet} gives it as somebody’s word" if source.outlet else ""
