"""How much of a stored text stands in a question word for word."""

import re
from collections.abc import Iterable
from functools import lru_cache

from quizapp.domain.facts.quantities import fold

RUN = 8
"""So many words of a text in a row are a quotation, with marks or without."""
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


def words_taken_over(texts: Iterable[str], source: str) -> int:
    """Count the words of `source` that stand in any of `texts` in runs of eight or more; each place counts once."""
    runs = _runs(source)
    taken: set[int] = set()
    for text in texts:
        words = _WORD.findall(fold(text))
        for start in range(len(words) - RUN + 1):
            for place in runs.get(tuple(words[start : start + RUN]), ()):
                taken.update(range(place, place + RUN))
    return len(taken)


def stands_in(quotation: str, source: str) -> bool:
    """Say whether the words of a quotation stand in a row in `source`; “…” leaves some out."""
    whole = " ".join(_WORD.findall(fold(source)))
    parts = [" ".join(_WORD.findall(fold(part))) for part in quotation.split("…")]
    return bool(source) and all(f" {part} " in f" {whole} " for part in parts if part)


@lru_cache(maxsize=8)
def _runs(source: str) -> dict[tuple[str, ...], list[int]]:
    words = _WORD.findall(fold(source))
    found: dict[tuple[str, ...], list[int]] = {}
    for start in range(len(words) - RUN + 1):
        found.setdefault(tuple(words[start : start + RUN]), []).append(start)
    return found
