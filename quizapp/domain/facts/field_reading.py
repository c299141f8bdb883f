"""Read the tables of a file from outside field by field, collecting every problem instead of stopping at the first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from quizapp.domain.errors import Problem

MAX_TEXT = 2_000
MAX_NAME = 100  # what a column for names holds
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_NUMBER = 10**18
E = TypeVar("E", bound=StrEnum)


@dataclass
class Table:
    """One table of a file and the problems found in it. Each `take` marks its field as known."""

    file: str
    name: str
    values: dict[str, Any]
    line: int | None = None
    problems: list[Problem] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def problem(self, sentence: str) -> None:
        """Note something wrong with this table."""
        self.problems.append(Problem(self.file, f"{self.name}: {sentence}", self.line))

    def text(self, key: str, *, needed: bool = False, default: str = "", longest: int = MAX_TEXT) -> str:
        """Take a string."""
        found = self._take(key, needed=needed)
        if found is None:
            return default
        if not isinstance(found, str):
            self.problem(f"`{key}` must be text in quotation marks.")
            return default
        if not _is_storable(found, longest):
            self.problem(f"`{key}` must be text of at most {longest} characters.")
            return default
        if needed and not found.strip():
            self.problem(f"`{key}` must not be empty.")
        return found.strip()

    def name_text(self, key: str) -> str:
        """Take a name that addresses and ids are made of."""
        found = self.text(key, needed=True, longest=MAX_NAME)
        if found and not NAME.fullmatch(found):
            self.problem(f"`{key}` must be lower case words joined by hyphens.")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of strings."""
        found = self._take(key, needed=False)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            self.problem(f'`{key}` must be a list of texts, such as ["one", "two"].')
            return ()
        if not all(one.strip() and _is_storable(one) for one in found):
            self.problem(f"`{key}` must hold texts of 1 to {MAX_TEXT} characters.")
            return ()
        return tuple(found)

    def numbers(self, key: str) -> tuple[int, ...]:
        """Take a whole number or a list of them."""
        found = self._take(key, needed=True)
        if found is None:
            return ()
        listed = found if isinstance(found, list) else [found]
        if not listed or not all(isinstance(one, int) and not isinstance(one, bool) for one in listed):
            self.problem(f"`{key}` must be a number such as 8, or a list such as [8, 9].")
            return ()
        return tuple(listed)

    def number(self, key: str) -> int | float | None:
        """Take a finite number."""
        found = self._take(key, needed=False)
        if found is None:
            return None
        if isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < MAX_NUMBER:
            return found
        self.problem(f"`{key}` must be a number of at most 18 digits.")
        return None

    def flag(self, key: str) -> bool:
        """Take true or false."""
        found = self._take(key, needed=False)
        if found is None or isinstance(found, bool):
            return bool(found)
        self.problem(f"`{key}` must be true or false.")
        return False

    def choice(self, key: str, kinds: type[E], default: E | None = None) -> E | None:
        """Take one of the values of an enumeration."""
        found = self._take(key, needed=default is None)
        if found is None:
            return default
        try:
            return kinds(found)
        except ValueError:
            self.problem(f"`{key}` is “{found}”; it must be one of {', '.join(kind.value for kind in kinds)}.")
            return default

    def tables(self, key: str, opened: "list[Table]") -> "Iterator[Table]":
        """Open each object of a list in turn; it is added to `opened`, whose problems the caller gathers."""
        listed = self._take(key, needed=True)
        if listed is None:
            return
        if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
            self.problem(f"`{key}` must be a list of objects.")
            return
        for number, entry in enumerate(listed):
            opened.append(Table(self.file, f"{key}[{number}]", entry))
            yield opened[-1]

    def finish(self) -> None:
        """Report the fields nobody asked for: a misspelt name must not be passed over in silence."""
        for key in self.values:
            if key not in self.taken:
                self.problem(f"there is no field `{key}`.")

    def _take(self, key: str, *, needed: bool) -> Any:
        self.taken.add(key)
        found = self.values.get(key)
        if found is None and needed:
            self.problem(f"`{key}` is missing.")
        return found


def _is_storable(text: str, longest: int = MAX_TEXT) -> bool:
    """PostgreSQL refuses NUL, and a column only holds so much."""
    return len(text) <= longest and "\x00" not in text
