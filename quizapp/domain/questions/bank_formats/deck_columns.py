"""Which column of a deck holds what: by the names in its first line, by Anki's header lines, else front then back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from quizapp.domain.questions.bank_formats.deck_text import DeckHead

_NAMES = {
    "front": ("front", "question", "term"),
    "back": ("back", "answer", "definition"),
    "topic": ("topic", "topics"),
    "tags": ("tags", "tag"),
    "source": ("source",),
    "speaker": ("speaker",),
    "note": ("note", "notes"),
}
_MEANING = {name: meaning for meaning, names in _NAMES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Columns:
    """The number of each column that is known, counted from 0, and the names of those that are not."""

    places: dict[str, int]
    unknown: tuple[str, ...] = ()
    skipped: frozenset[int] = field(default=frozenset())

    def read(self, fields: Sequence[str], meaning: str) -> str:
        """Return what a record holds in the column of this meaning; empty where it has none."""
        place = self.places.get(meaning)
        return fields[place].strip() if place is not None and place < len(fields) else ""

    def ignored(self, fields: Sequence[str]) -> int:
        """Count the columns of a record that hold something and are not known."""
        known = {*self.places.values(), *self.skipped}
        return sum(bool(text.strip()) for place, text in enumerate(fields) if place not in known)


def named_columns(fields: Sequence[str]) -> Columns | None:
    """Read a first line that names the columns; None when it does not name both front and back."""
    places: dict[str, int] = {}
    unknown = []
    for place, text in enumerate(fields):
        meaning = _MEANING.get(text.strip().casefold())
        if meaning is None or meaning in places:
            unknown.append(text.strip())
        else:
            places[meaning] = place
    if not {"front", "back"} <= places.keys():
        return None
    return Columns(places, tuple(name for name in unknown if name))


def columns_in_order(head: DeckHead) -> Columns:
    """Take the first two columns as front and back, but for those that the header lines say hold something else."""
    skipped = head.beside | ({head.tags_column} if head.tags_column is not None else set())
    front, back = [number for number in range(len(skipped) + 2) if number not in skipped][:2]
    places = {"front": front, "back": back}
    if head.tags_column is not None:
        places["tags"] = head.tags_column
    return Columns(places, skipped=head.beside)
