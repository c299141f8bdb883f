"""What a file form of a bank provides."""

from typing import Protocol

from quizapp.domain.questions.question import Bank


class BankFormat(Protocol):
    """A file form of a bank. `suffix` starts with a dot; `media_type` is for downloads."""

    name: str
    label: str
    suffix: str
    media_type: str

    def write(self, bank: Bank) -> bytes:
        """Return the whole bank as a file."""
        ...

    def read(self, data: bytes) -> Bank:
        """Read a bank. Raises InvalidContent with every problem found."""
        ...
