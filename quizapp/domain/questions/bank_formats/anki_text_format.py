"""Fronts and backs as a text that Anki imports: a card for each fact that is asked, with whose word it is."""

from collections.abc import Iterable

from quizapp.domain.facts.fact import Fact
from quizapp.domain.questions.bank_formats.bank_format import BankDraft, Loss
from quizapp.domain.questions.bank_formats.deck_text import refused
from quizapp.domain.questions.flashcard_face import Face, face_of
from quizapp.domain.questions.question import Bank

_HEAD = "#separator:tab\n#html:false\n#notetype:Basic\n#tags column:3\n"


class AnkiTextFormat:
    """Only written: fronts and backs are read as a deck."""

    name = "anki-text"
    label = "Anki text"
    suffix = ".anki.txt"
    media_type = "text/plain"
    types: frozenset[str] = frozenset()
    reads = False
    aside = "It holds the cards of the facts, and none of the questions."

    def write(self, bank: Bank) -> bytes:
        """Return a card for each fact that has one, as UTF-8, with the deck named after the bank."""
        title = " ".join(bank.title.split())
        lines = [_line(fact, face) for fact in _asked(bank) if (face := face_of(fact, bank.source))]
        return (f"{_HEAD}#deck:{title}\n" + "".join(lines)).encode()

    def read(self, data: bytes) -> BankDraft:
        """Refuse: raises InvalidContent."""
        raise refused("Anki's text holds cards and no questions. Import it as a deck.")

    def losses(self, bank: Bank) -> list[Loss]:
        """Say for every question whether at least the card of its fact is there."""
        facts = bank.facts_by_id()
        return [
            Loss(
                question.id,
                question.stem,
                "The whole question; the card of its fact is there."
                if face_of(facts[question.fact], bank.source)
                else "The whole question; its fact has no card either.",
            )
            for question in bank.questions
        ]


def _asked(bank: Bank) -> Iterable[Fact]:
    asked = {fact for question in bank.questions for fact in question.facts}
    return (fact for fact in bank.facts if fact.id in asked)


def _line(fact: Fact, face: Face) -> str:
    front = "\n".join(filter(None, (face.front, face.front_voice)))
    below = " · ".join(filter(None, (face.back_voice, face.place)))
    back = "\n".join(filter(None, (face.back, face.statement, below, face.note)))
    return "\t".join((_field(front), _field(back), _field(fact.topic))) + "\n"


def _field(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
