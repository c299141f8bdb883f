"""How a typed answer differs from the right one, letter by letter, so that a slip can be seen at a glance."""

from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 200


@dataclass(frozen=True, slots=True)
class DifferencePart:
    """A stretch of both answers: the same in both, `missing` in what was typed, or `extra` there."""

    text: str
    missing: bool = False
    extra: bool = False


def difference(typed: str, answer: str) -> tuple[DifferencePart, ...]:
    """Compare what was typed with the answer, case aside; nothing when one of them is empty or very long.

    The parts that are not `extra` spell the answer, those that are not `missing` spell what was typed.
    """
    if not typed or not answer or max(len(typed), len(answer)) > LONGEST:
        return ()
    parts: list[DifferencePart] = []
    matcher = SequenceMatcher(a=typed.lower(), b=answer.lower(), autojunk=False)
    same_length = len(typed.lower()) == len(typed) and len(answer.lower()) == len(answer)
    if not same_length:  # a letter whose small form is longer would move every place after it
        matcher = SequenceMatcher(a=typed, b=answer, autojunk=False)
    for kind, from_typed, to_typed, from_answer, to_answer in matcher.get_opcodes():
        if kind == "equal":
            parts.append(DifferencePart(answer[from_answer:to_answer]))
            continue
        if to_typed > from_typed:
            parts.append(DifferencePart(typed[from_typed:to_typed], extra=True))
        if to_answer > from_answer:
            parts.append(DifferencePart(answer[from_answer:to_answer], missing=True))
    return tuple(parts)
