"""A piece of GIFT without its backslashes, that still knows which of its signs were escaped."""

import re
from dataclasses import dataclass

_ESCAPED = re.compile(r"\\([\\:=#{}~n])")
_HIDDEN = "x"


@dataclass(frozen=True, slots=True)
class Marked:
    """The `text` as it reads, and as long as it a `mask` in which signs that were escaped cannot be seen."""

    text: str
    mask: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def cut(self, start: int, end: int | None = None) -> "Marked":
        """Return a part."""
        return Marked(self.text[start:end], self.mask[start:end])

    def stripped(self) -> "Marked":
        """Return it without the white space around it."""
        start = len(self.mask) - len(self.mask.lstrip())
        return self.cut(start, max(start, len(self.mask.rstrip())))

    def parted(self, sign: str) -> tuple["Marked", "Marked | None"]:
        """Part it at the first unescaped `sign`; the second part is None where there is none."""
        place = self.mask.find(sign)
        return (self, None) if place < 0 else (self.cut(0, place), self.cut(place + len(sign)))


def unescaped(text: str) -> Marked:
    """Read the escapes of a piece of GIFT."""
    texts, masks, end = [], [], 0
    for found in _ESCAPED.finditer(text):
        plain = text[end : found.start()]
        texts += [plain, "\n" if found[1] == "n" else found[1]]
        masks += [plain, _HIDDEN]
        end = found.end()
    return Marked("".join([*texts, text[end:]]), "".join([*masks, text[end:]]))


def escaped(text: str) -> str:
    """Escape a text, so that it stands in one line of GIFT and no sign of it means anything.

    Moodle reads `&&0` and two digits as a sign that was escaped, and knows no way to write them: they are parted.
    """
    return escaped_part(text.strip())


def escaped_part(text: str) -> str:
    """Escape a part of a text, with the white space around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("&&0", "& &0")
    return re.sub(r"[\\:=#{}~]", r"\\\g<0>", text).replace("\n", r"\n")
