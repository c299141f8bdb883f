"""Write GIFT that both Moodle and gift-pegjs read, and read alike."""

from quizapp.domain.questions.bank_formats.exchange.categories import category_path
from quizapp.domain.questions.bank_formats.exchange.item import RIGHT, Answer, Item
from quizapp.domain.questions.bank_formats.gift.marked import escaped, escaped_part
from quizapp.domain.questions.question_types.cloze import GAP

COMMENT = "// quizapp: "
PLAIN = "[plain]"
_ARROW = "->"
_UNREADABLE_STARTS = ("[", "%")


def category_lines(label: str) -> str:
    """Return the line that begins a category."""
    return f"$CATEGORY: {category_path(label)}\n\n"


def block_of(item: Item, kept: str) -> str:
    """Return one question, with what is kept beside it in a comment above."""
    # Moodle and gift-pegjs look for these two in comments; within JSON they stand in texts only.
    kept = kept.replace("[id:", "\\u005bid:").replace("[tag:", "\\u005btag:")
    comment = f"{COMMENT}{kept}\n" if kept else ""
    return f"{comment}::{escaped(' '.join(item.name.split()))}::{_asked(item)}\n\n"


def _asked(item: Item) -> str:
    if item.type == "cloze":
        return _with_gap(item)
    return f"{PLAIN}{escaped(item.stem)}{{{_answers(item)}}}"


def _with_gap(item: Item) -> str:
    """Write the answers into the gap, where both programs read them there; else behind a line of its own."""
    before, _, after = item.stem.partition(GAP)
    answers = f"{{{_answers(item)}}}"
    if before.strip() and after.strip() and not after.lstrip().startswith(("[", "//")):
        return f"{PLAIN}{escaped_part(before.lstrip())}{answers}{escaped_part(after.rstrip())}"
    return f"{PLAIN}{escaped(item.stem)}{answers}"


def _answers(item: Item) -> str:
    lines = _LINES[item.type](item)
    feedback = f"####{_piece(item.feedback)}" if item.feedback.strip() else ""
    if item.type == "true_false":
        return f"{lines[0]}{feedback}"
    # In one line with the question's text only where words follow, else one answer a line.
    start = "#" if item.type == "numeric" else ""
    return start + "".join(f"\n\t{line}" for line in (*lines, *([feedback] if feedback else []))) + "\n"


def _single(item: Item) -> list[str]:
    return [f"{'=' if one.share >= RIGHT else '~'}{_said(one)}" for one in item.answers]


def _multiple(item: Item) -> list[str]:
    return [f"~%{one.share:.7g}%{_said(one)}" for one in item.answers]


def _true_false(item: Item) -> list[str]:
    right = next(one for one in item.answers if one.share >= RIGHT)
    wrong = next(one for one in item.answers if one is not right)
    return [f"{right.text.upper()}{f'#{_piece(wrong.feedback)}' if wrong.feedback.strip() else ''}"]


def _numeric(item: Item) -> list[str]:
    return [
        f"={_weight(one)}{one.text}:{one.tolerance}{f'#{_piece(one.feedback)}' if one.feedback.strip() else ''}"
        for one in item.answers
    ]


def _typed(item: Item) -> list[str]:
    answers = item.gaps[0] if item.gaps else item.answers
    # An answer of spaces alone is none to gift-pegjs; nobody can type it either.
    # Moodle takes an arrow anywhere in the answers for a matching question, and a star for any words.
    return [f"={_weight(one)}{_said(one, typed=True)}".replace(_ARROW, "→") for one in answers if one.text.strip()]


def _matching(item: Item) -> list[str]:
    return [
        f"={_piece(left.replace(_ARROW, '→'))} {_ARROW} {escaped(right.replace(_ARROW, '→'))}"
        for left, right in item.pairs
    ]


def _weight(one: Answer) -> str:
    return "" if one.share >= RIGHT else "%0%"


def _said(one: Answer, *, typed: bool = False) -> str:
    text = one.text.replace("*", r"\*") if typed else one.text
    return _piece(text) + (f"#{_piece(one.feedback)}" if one.feedback.strip() else "")


def _piece(text: str) -> str:
    """Escape a text that may begin with a format or a weight: with a format before it, it does not."""
    piece = escaped(text)
    return f"{PLAIN}{piece}" if piece.startswith(_UNREADABLE_STARTS) else piece


_LINES = {
    "single_choice": _single,
    "multiple_choice": _multiple,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_answer": _typed,
    "cloze": _typed,
    "matching": _matching,
}
