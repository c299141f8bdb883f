"""Notes beside an article: what one of them says is said once on the page, and referred to afterwards."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from quizapp.domain.facts.fact import Fact

_NEXT_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z“])")


@dataclass(frozen=True, slots=True)
class ToldNote:
    """A note as it stands on the page: what is new in it, and the number of the note above that has the rest."""

    number: int
    text: str
    above: int | None


@dataclass
class NotesTold:
    """What the notes of one page have said so far; each note has a number, its address on the page."""

    said: dict[Hashable, int] = field(default_factory=dict)
    count: int = 0

    def of(self, fact: Fact) -> ToldNote:
        """Tell the note of a fact without what was told before; where that stands, the reference does too."""
        sentences = _NEXT_SENTENCE.split(fact.note)
        above = [self.said[one] for one in sentences if one in self.said]
        fresh = [one for one in sentences if one not in self.said]
        if fact.reference and not above:
            fresh.append(f"Reference: {fact.reference.rstrip('.')}.")
        return self._told(sentences, " ".join(fresh), above)

    def once(self, thing: Hashable) -> ToldNote:
        """Tell a note of any other kind, or say where it stands."""
        return self._told([thing], "", [self.said[thing]] if thing in self.said else [])

    def _told(self, things: Sequence[Hashable], text: str, above: list[int]) -> ToldNote:
        number = self.count
        self.count += 1
        for one in things:
            self.said.setdefault(one, number)
        return ToldNote(number, text, min(above, default=None))
