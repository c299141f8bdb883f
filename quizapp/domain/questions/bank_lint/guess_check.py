"""The guess check: what somebody scores who has not read the article and goes by a habit.

Each habit picks among the options of every single choice, and one judges every statement alike, by what can be seen
without knowing anything. Where it
cannot tell options apart it draws among them, so its expected credit is one over their number; where it tells none
apart the question is not counted. A bank is guessable when a habit does better or worse than chance allows.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quizapp.domain.facts.quantities import fold, parse_quantity
from quizapp.domain.plausible_range import plausible_range
from quizapp.domain.questions.bank_lint.reading import bare_stem, content_words, single_choices
from quizapp.domain.questions.bank_lint.rule import LintRule, Spot, warning
from quizapp.domain.questions.question import Bank, Question
from quizapp.domain.questions.question_types.single_choice import SingleChoice
from quizapp.domain.questions.question_types.true_false import TrueFalse
from quizapp.domain.questions.recipes.distractors import place_in_order
from quizapp.domain.seeded_order import SeededOrder

MANY_QUESTIONS = 150
MAX_DISTANCE = Fraction(1, 10)
SEEDS = range(5)

Habit = Callable[[Question, Sequence[str]], list[str]]
"""Given a question and its options as shown, the options that the habit would draw among."""


@dataclass(frozen=True, slots=True)
class GuessRow:
    """How a habit fares: on how many questions it decides, what it scores there, and what chance would."""

    habit: str
    questions: int
    score: float
    chance: float
    low: float
    high: float

    @property
    def gives_away(self) -> bool:
        """Say whether the score is out of the bounds of chance."""
        if self.questions >= MANY_QUESTIONS:
            return abs(self.score - self.chance) > MAX_DISTANCE
        return self.questions > 0 and not self.low <= self.chance <= self.high


def guess_check(bank: Bank) -> list[GuessRow]:
    """Answer every single choice and every statement of the bank by each habit."""
    questions = list(single_choices(bank))
    habits: dict[str, Habit] = {
        "longest": _longest,
        "shortest": _shortest,
        "middle number": _middle,
        "most common type": _commonest_form,
        "shares a word with the stem": _shares_a_word,
        "commonest key": _commonest_key(questions),
    }
    rows = [_row(name, [_expected(habit, one, _texts(one)) for one in questions]) for name, habit in habits.items()]
    rows.append(_row("first as shown", [_first_as_shown(one) for one in questions]))
    return [*rows, _row("true, or false, always", _one_truth(bank))]


def _row(habit: str, results: Sequence[tuple[Fraction, Fraction] | None]) -> GuessRow:
    """Add up what a habit scores and what chance would, over the questions where it decides."""
    decided = [one for one in results if one is not None]
    if not decided:
        return GuessRow(habit, 0, 0.0, 0.0, 0.0, 1.0)
    count = len(decided)
    score = sum((hit for hit, _ in decided), Fraction(0)) / count
    chance = sum((share for _, share in decided), Fraction(0)) / count
    bounds = plausible_range(float(score), count)
    return GuessRow(habit, count, float(score), float(chance), bounds.low, bounds.high)


def _expected(habit: Habit, question: Question, options: Sequence[str]) -> tuple[Fraction, Fraction] | None:
    """Return the expected credit and that of chance; None where the habit tells no options apart."""
    picked = habit(question, options)
    if not picked or len(picked) == len(options):
        return None
    hit = Fraction(question.body.key in picked, len(picked))
    return hit, Fraction(1, len(options))


def _texts(question: Question) -> list[str]:
    return SingleChoice().options(question.body)


def _first_as_shown(question: Question) -> tuple[Fraction, Fraction]:
    """Average over fixed seeds, as options are shuffled anew for every attempt."""
    kind = SingleChoice()
    firsts = [kind.present(question.body, SeededOrder(f"{seed}/{question.id}"))[0].index for seed in SEEDS]
    return Fraction(firsts.count(0), len(firsts)), Fraction(1, len(question.body.distractors) + 1)


def _one_truth(bank: Bank) -> list[tuple[Fraction, Fraction]]:
    """Judge every statement as most of them are."""
    truths = [question.body.is_true for question in bank.questions if question.type == TrueFalse.name]
    commoner = truths.count(True) * 2 >= len(truths)
    return [(Fraction(truth == commoner), Fraction(1, 2)) for truth in truths]


def _longest(question: Question, options: Sequence[str]) -> list[str]:
    longest = max(map(len, options))
    return [option for option in options if len(option) == longest]


def _shortest(question: Question, options: Sequence[str]) -> list[str]:
    shortest = min(map(len, options))
    return [option for option in options if len(option) == shortest]


def _middle(question: Question, options: Sequence[str]) -> list[str]:
    """Pick the one or two in the middle where all options are numbers or years."""
    sizes = {option: _size(option) for option in options}
    ranked = sorted((size, option) for option, size in sizes.items() if size is not None)
    if len(ranked) < len(options):
        return []
    half, odd = divmod(len(ranked), 2)
    return [option for _, option in (ranked[half : half + 1] if odd else ranked[half - 1 : half + 1])]


def _size(option: str) -> tuple[int, Fraction] | None:
    placed = place_in_order(option)
    if placed is not None:
        return placed[0], Fraction(placed[1])
    quantity = parse_quantity(option)
    return (9, Fraction(quantity.number)) if quantity else None


def _commonest_form(question: Question, options: Sequence[str]) -> list[str]:
    """Pick what looks like most of the others: a name, a number, a quotation, plain words."""
    forms = {option: _form(option) for option in options}
    counts = Counter(forms.values())
    most = max(counts.values())
    return [option for option in options if counts[forms[option]] == most]


def _form(option: str) -> str:
    if option.startswith("“"):
        return "quotation"
    if re.search(r"\d", option) or parse_quantity(option):
        return "number"
    if option.removeprefix("the ")[:1].isupper():
        return "name"
    return "words"


def _shares_a_word(question: Question, options: Sequence[str]) -> list[str]:
    """Pick the option with most words of the stem in it."""
    stem = content_words(bare_stem(question))
    shared = {option: len(stem & content_words(option)) for option in options}
    most = max(shared.values())
    return [option for option in options if shared[option] == most]


def _commonest_key(questions: Sequence[Question]) -> Habit:
    """Pick, wherever it is offered, the option that is most often right in this bank."""
    keys = Counter(fold(question.body.key) for question in questions)
    best = keys.most_common(1)[0][0] if keys else ""
    return lambda question, options: [option for option in options if fold(option) == best]


def habits_do_not_pay(bank: Bank) -> Iterator[Spot]:
    """Answering by a habit pays no better or worse than chance."""
    given_away = [
        f"{row.habit} {row.score:.0%}, chance {row.chance:.0%}" for row in guess_check(bank) if row.gives_away
    ]
    if given_away:
        yield Spot(bank.name, "; ".join(given_away))


RULES: tuple[LintRule, ...] = (
    warning("guessable", "Mend the options that the habit picks or shuns; see the guess table.", habits_do_not_pay),
)
