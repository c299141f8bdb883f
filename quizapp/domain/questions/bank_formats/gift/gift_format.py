"""GIFT: the text form that Moodle and others read. What it has no place for stands in comments."""

from dataclasses import replace

from quizapp.domain.questions.bank_formats.bank_format import MAX_FILE_BYTES, BankDraft, Loss
from quizapp.domain.questions.bank_formats.deck_text import deck_text
from quizapp.domain.questions.bank_formats.exchange.item import Item
from quizapp.domain.questions.bank_formats.exchange.kept import Told, kept_of
from quizapp.domain.questions.bank_formats.exchange.pool import Pool, by_topic, pool_of
from quizapp.domain.questions.bank_formats.exchange.rows import rows_of
from quizapp.domain.questions.bank_formats.exchange.to_items import item_of
from quizapp.domain.questions.bank_formats.gift.gift_reading import entries_of, item_of_block
from quizapp.domain.questions.bank_formats.gift.gift_writing import block_of, category_lines
from quizapp.domain.questions.bank_formats.losses import losses_of
from quizapp.domain.questions.question import Bank, Question


class GiftFormat:
    """Every type that GIFT has: no ordering, and a text with one gap only."""

    name = "gift"
    label = "GIFT"
    suffix = ".gift"
    media_type = "text/plain"
    types = frozenset(
        {"single_choice", "multiple_choice", "true_false", "numeric", "short_answer", "cloze", "matching"}
    )
    reads = True
    aside = (
        "Facts, speakers, units and where wrong answers are borrowed from stand in comments, which only quizapp reads."
    )

    def write(self, bank: Bank) -> bytes:
        """Return the questions that GIFT can hold, by topic, as UTF-8."""
        pool, told = pool_of(bank), Told()
        parts = [f"// {' '.join(bank.title.split())}: questions of quizapp\n\n"]
        for topic, questions in by_topic(bank, self.types):
            carried = [question for question in questions if _fits(question)]
            parts += [category_lines(topic.label)] if carried else []
            parts += [block_of(item_of(question, pool), kept_of(question, pool, told)) for question in carried]
        return "".join(parts).encode()

    def read(self, data: bytes) -> BankDraft:
        """Read a file. Raises InvalidContent when it is no text, or holds no question."""
        return BankDraft("", rows_of(entries_of(deck_text(data, MAX_FILE_BYTES)), _again, _written))

    def losses(self, bank: Bank) -> list[Loss]:
        """Say what of each question would not come back."""
        groups = by_topic(bank, self.types)
        written = [question for _, questions in groups for question in questions if _fits(question)]
        gaps = [
            Loss(question.id, question.stem, "The whole question: GIFT has one gap in a text, and no more.")
            for _, questions in groups
            for question in questions
            if not _fits(question)
        ]
        return [*losses_of(self, bank, written), *gaps]


def _fits(question: Question) -> bool:
    return question.type != "cloze" or len(question.body.gaps) == 1


def _written(question: Question, pool: Pool) -> str:
    """Return the block as its reader sees it, line by line."""
    return "\n".join(line.strip() for line in block_of(item_of(question, pool), "").strip().split("\n"))


def _again(question: Question, pool: Pool) -> Item:
    item = item_of(question, pool)
    label = " ".join(item.topic.split())
    return replace(item_of_block(block_of(item, "").strip(), label), topic=label)
