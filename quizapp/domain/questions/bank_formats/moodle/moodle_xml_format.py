"""Moodle XML: every question type, and what Moodle has no place for in an element that it passes over."""

from dataclasses import replace

from quizapp.domain.questions.bank_formats.bank_format import MAX_FILE_BYTES, BankDraft, Loss
from quizapp.domain.questions.bank_formats.deck_text import refused
from quizapp.domain.questions.bank_formats.exchange.item import Item
from quizapp.domain.questions.bank_formats.exchange.kept import Told, kept_of
from quizapp.domain.questions.bank_formats.exchange.pool import Pool, by_topic, pool_of
from quizapp.domain.questions.bank_formats.exchange.rows import rows_of
from quizapp.domain.questions.bank_formats.exchange.to_items import item_of
from quizapp.domain.questions.bank_formats.losses import losses_of
from quizapp.domain.questions.bank_formats.moodle.xml_reading import entries_of, item_of_element
from quizapp.domain.questions.bank_formats.moodle.xml_writing import FOOT, HEAD, category_element, question_element
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES


class MoodleXmlFormat:
    """The fullest form that other programs read."""

    name = "moodle-xml"
    label = "Moodle XML"
    suffix = ".xml"
    media_type = "application/xml"
    types = frozenset(QUESTION_TYPES)
    reads = True
    aside = "Facts, speakers and where wrong answers are borrowed from stand in elements that only quizapp reads."

    def write(self, bank: Bank) -> bytes:
        """Return every question, by topic, as UTF-8."""
        pool, told = pool_of(bank), Told()
        parts = [HEAD]
        for topic, questions in by_topic(bank, self.types):
            parts.append(category_element(topic.label))
            parts += [question_element(item_of(one, pool), kept_of(one, pool, told)) for one in questions]
        return "".join([*parts, FOOT]).encode()

    def read(self, data: bytes) -> BankDraft:
        """Read a file. Raises InvalidContent with the line when it is not well-formed, or not Moodle's."""
        if len(data) > MAX_FILE_BYTES:
            raise refused(f"it is larger than {MAX_FILE_BYTES // 1_000_000} MB.")
        if not data.strip():
            raise refused("it is empty.")
        return BankDraft("", rows_of(entries_of(data), _again, _written))

    def losses(self, bank: Bank) -> list[Loss]:
        """Say what of each question would not come back."""
        return losses_of(self, bank, [one for _, questions in by_topic(bank, self.types) for one in questions])


def _written(question: Question, pool: Pool) -> str:
    return question_element(item_of(question, pool), "").strip().removesuffix("</question>").rstrip()


def _again(question: Question, pool: Pool) -> Item:
    item = item_of(question, pool)
    return replace(item_of_element(question_element(item, ""), item.topic), topic=" ".join(item.topic.split()))
