"""Every bank format, by name. To add one: its file, its test, and a line here."""

from quizapp.domain.questions.bank_formats.bank_format import BankFormat
from quizapp.domain.questions.bank_formats.json_format import JsonFormat

_ALL: tuple[BankFormat, ...] = (JsonFormat(),)

BANK_FORMATS: dict[str, BankFormat] = {one.name: one for one in _ALL}
if len(BANK_FORMATS) < len(_ALL):
    raise RuntimeError("two bank formats have one name")
