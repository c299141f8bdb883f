"""Orders that follow from one stored number, the same on every machine and Python version."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")
MAX_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class SeededOrder:
    """Sorts things by a hash of (seed, name of the thing): adding one thing leaves the order of the others alone."""

    seed: int | str

    def of(self, things: Iterable[T], name: Callable[[T], object] = str) -> list[T]:
        """Return `things` in this seed's order; `name` must tell them apart."""
        return sorted(things, key=lambda thing: self._rank(str(name(thing))))

    def within(self, name: object) -> "SeededOrder":
        """Derive the independent order of one part, such as the options of one question."""
        return SeededOrder(f"{self.seed}/{name}")

    def number(self, name: object, below: int) -> int:
        """Draw a whole number from 0 to below - 1."""
        return int.from_bytes(self._rank(str(name))[:8]) % below

    def _rank(self, name: str) -> bytes:
        return sha256(f"{self.seed}\x1f{name}".encode()).digest()
