"""Draft questions from a highlighted passage: every recipe that fits, run over the bank's facts and the new one."""

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.facts.fact import Fact, Value
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.questions.authored import Authored, author
from quizapp.domain.questions.authored import problems_of as problems_of_authored
from quizapp.domain.questions.bank_lint.reading import content_words
from quizapp.domain.questions.bank_lint.rule import Finding, Severity
from quizapp.domain.questions.draft_text import DraftText, draft_of, text_of
from quizapp.domain.questions.drafting.checking import findings_on_all
from quizapp.domain.questions.drafting.highlight import THE_FACT, Highlight, fact_of, problems_of, settled
from quizapp.domain.questions.drafting.own_recipes import OWN_RECIPES
from quizapp.domain.questions.drafting.text_values import ELSEWHERE, found_in_text, says_the_same
from quizapp.domain.questions.drafting.wording import worded
from quizapp.domain.questions.question import Bank, Question, check_question
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.registry import question_type
from quizapp.domain.questions.question_types.short_answer import ShortAnswer
from quizapp.domain.questions.question_types.single_choice import SingleChoice
from quizapp.domain.questions.question_types.true_false import TrueFalse
from quizapp.domain.questions.recipes.distractors import WANTED, borrowed_facts
from quizapp.domain.questions.recipes.recipe import Angle, Recipe
from quizapp.domain.questions.recipes.registry import RECIPES
from quizapp.domain.seeded_order import SeededOrder

MOST_OF_ONE_FORM = 3
MAX_MAGNITUDE = 3
TRUE_ELSEWHERE = "a distractor was true elsewhere"
TOO_FEW = "too few wrong answers of its kind"
SOMEBODYS_WORD = "true or false is not asked about somebody’s word"
ONE_VOICE = "who said it needs a second speaker"
_DRAFTING = (*RECIPES, *OWN_RECIPES)
_FORMS = ("single_choice", "numeric", "short_answer", "cloze", "true_false", "multiple_choice", "matching", "ordering")
_OPENINGS = ("the ", "a ", "an ", "to ", "in ", "on ", "at ", "by ", "for ", "because ", "that ", "“")


@dataclass(frozen=True, slots=True)
class Drafted:
    """One draft: the text that is stored when it is kept, the question it makes, and what the rules say about it."""

    name: str
    recipe: str
    label: str
    text: DraftText
    authored: Authored
    findings: tuple[Finding, ...]

    @property
    def question(self) -> Question:
        """The question as learners would meet it."""
        return self.authored.question

    @property
    def answer(self) -> str:
        """The right answer, as it is shown."""
        return question_type(self.question.type).answer_text(self.question.body)

    @property
    def wrong(self) -> tuple[Distractor, ...]:
        """The wrong options, each with where it is from."""
        return question_type(self.question.type).distractors(self.question.body)

    @property
    def has_errors(self) -> bool:
        """Whether it cannot be published as it is."""
        return any(one.severity is Severity.ERROR for one in self.findings)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What wants a reason before it is published."""
        return tuple(one for one in self.findings if one.severity is Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Drafting:
    """What came of a highlight: its drafts, how many were withheld and why; or what keeps any from being made."""

    highlight: Highlight
    drafts: tuple[Drafted, ...] = ()
    withheld: tuple[tuple[str, int], ...] = ()
    problems: tuple[Problem, ...] = ()


def drafts_on(highlight: Highlight, bank: Bank) -> Drafting:
    """Draft questions in every form that fits. The same highlight of the same bank makes the same drafts."""
    problems = problems_of(highlight, bank)
    if problems:
        return Drafting(highlight, problems=tuple(problems))
    highlight = settled(highlight, bank)
    problems = problems_of(highlight, bank)
    if problems:  # with its hedge or its speaker it may not fit any more
        return Drafting(highlight, problems=tuple(problems))
    fact = fact_of(highlight, bank)
    order = SeededOrder(f"{bank.name}/{fact.statement}")
    base, refused = _base(fact, bank, order)
    made: list[tuple[Recipe, Question]] = []
    withheld: Counter[str] = Counter()
    for recipe in _DRAFTING:
        if recipe.angle is Angle.VOICE and fact.speaker is None:
            continue
        question = next(recipe.questions(base, order.within(recipe.name)), None)
        if question is None or question.fact != fact.id or check_question(question, base_facts(base)):
            continue
        if question.type == ShortAnswer.name and "…" in question.stem:
            continue  # its cloze asks the same
        if sum(one.type == question.type for _, one in made) < MOST_OF_ONE_FORM:
            made.append((recipe, question))
    _say_what_is_missing(made, fact, refused, bank, withheld)
    made.sort(key=lambda one: _FORMS.index(one[1].type))
    drafted = [one for one in (_drafted(recipe, question, fact, highlight, bank) for recipe, question in made) if one]
    withheld.update({"it could not be asked": len(made) - len(drafted)} if len(made) > len(drafted) else {})
    found = findings_on_all([one.authored for one in drafted], bank)
    checked = [replace(one, findings=tuple(about)) for one, about in zip(drafted, found, strict=True)]
    return Drafting(highlight, tuple(checked), tuple(withheld.items()))


def base_facts(base: FactBase) -> dict[str, Fact]:
    """Index the facts of a base."""
    return {fact.id: fact for fact in base.facts}


def _base(fact: Fact, bank: Bank, order: SeededOrder) -> tuple[FactBase, bool]:
    """Put the new fact before the bank's and before what its text has; say whether a value was right elsewhere too.

    Values of facts come first, those of the text fill up what is missing. What is no sound wrong option is there to be
    known, and marked as never to be offered beside the new fact.
    """
    frame = content_words(fact.with_value(""))
    others = [one for one in bank.facts if one.text.rstrip(".") != fact.text.rstrip(".")]
    same = [
        one.id
        for one in others
        if one.value and fact.value and one.value.kind == fact.value.kind and says_the_same(frame, one.text)
    ]
    unlike = [one.id for one in others if one.value and not _alike(fact.value, one.value)]
    found = found_in_text(fact, bank.text)
    barred = (*found.same, *found.beside)
    fact = replace(fact, not_with=frozenset([*same, *unlike, *(one.id for one in barred)]))
    base = FactBase(
        name=bank.name,
        title=bank.title,
        summary=bank.summary,
        language=bank.language,
        licence=bank.licence,
        source=bank.source,
        topics=bank.topics,
        facts=(fact, *others, *barred),
    )
    missing = WANTED - len(borrowed_facts(fact, base, order))
    usable = order.of([one for one in found.usable if _alike(fact.value, one.value)], name=lambda one: one.id)
    fill = tuple(_different(usable)[: max(missing, 0)])
    return replace(base, facts=(*base.facts, *fill)), bool(same or found.same)


def _different(facts: list[Fact]) -> list[Fact]:
    seen: dict[str, Fact] = {}
    for one in facts:
        seen.setdefault(one.value.text.casefold() if one.value else one.id, one)
    return list(seen.values())


def _alike(key: Value | None, other: Value | None) -> bool:
    """Say whether two values look alike enough to be offered together: in size, length and form."""
    if key is None or other is None:
        return False
    if key.quantity and other.quantity:
        small, large = sorted((abs(key.quantity.number), abs(other.quantity.number)))
        return small > 0 and large <= MAX_MAGNITUDE * small
    if key.kind != "phrase" or other.kind != "phrase":
        return True
    words, others = len(key.text.split()), len(other.text.split())
    return abs(words - others) <= 2 and max(words, others) <= 2 * min(words, others) and _form(key) == _form(other)


def _form(value: Value) -> tuple[bool, str]:
    opening = next((one for one in _OPENINGS if value.text.lower().startswith(one)), "")
    return value.text.removeprefix("the ")[:1].isupper(), opening


def _say_what_is_missing(
    made: list[tuple[Recipe, Question]], fact: Fact, refused: bool, bank: Bank, withheld: Counter[str]
) -> None:
    chosen = any(one.type == SingleChoice.name and recipe.angle is Angle.VALUE for recipe, one in made)
    judged = any(one.type == TrueFalse.name for _, one in made)
    if not chosen:
        withheld[TRUE_ELSEWHERE if refused else TOO_FEW] += 1
    if fact.speaker is not None:
        withheld[SOMEBODYS_WORD] += 1
        if not any(recipe.angle is Angle.VOICE for recipe, _ in made):
            withheld[ONE_VOICE] += 1
    elif not judged and refused:
        withheld[TRUE_ELSEWHERE] += 1


def _drafted(recipe: Recipe, question: Question, fact: Fact, highlight: Highlight, bank: Bank) -> Drafted | None:
    """Make the draft that is stored of a recipe's question, and what would be published of it; None if nothing can."""
    text = text_of(question, replace(fact, not_with=frozenset()))
    text = replace(
        text,
        line=highlight.line,
        status="",
        stem=worded(text.stem, bank),
        explanation="" if text.explanation == fact.text else worded(text.explanation, bank),
        body=_without_made_up(text.body, bank),
    )
    name = draft_name(highlight, bank.name, recipe.name, question.type)
    try:
        draft = draft_of(text, bank, recipe=recipe.name)
    except InvalidContent:
        return None
    authored = author(draft, bank, name, THE_FACT)
    if problems_of_authored(authored, bank):
        return None
    return Drafted(name, recipe.name, recipe.label, text, authored, ())


def _without_made_up(value: Any, bank: Bank) -> Any:
    """Take out the ids of facts that stood for values in the text, and say “text” where there is one."""
    if isinstance(value, dict):
        return {
            name: "" if name == "fact" and _is_made_up(one) else _without_made_up(one, bank)
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [_without_made_up(one, bank) for one in value]
    return worded(value, bank) if isinstance(value, str) else value


def _is_made_up(fact_id: Any) -> bool:
    return isinstance(fact_id, str) and (fact_id == THE_FACT or fact_id.startswith(ELSEWHERE))


def draft_name(highlight: Highlight, bank_name: str, recipe: str, form: str) -> str:
    """Name a draft of a settled highlight after all that it is made of: made again, it is the same draft."""
    parts = (bank_name, highlight.start, highlight.end, highlight.paragraph, highlight.line, highlight.value)
    more = (highlight.ask, highlight.speaker, highlight.topic, recipe, form)
    return f"highlight-{sha256(repr((*parts, *more)).encode()).hexdigest()[:16]}"
