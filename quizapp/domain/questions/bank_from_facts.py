"""Make a bank from its facts: run every recipe, check every question, drop the superfluous. Same input, same bytes."""

import re
from collections.abc import Callable, Iterable, Sequence

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.facts.bank_file import BANK_FILE
from quizapp.domain.facts.facts_file import FactBase
from quizapp.domain.facts.quantities import fold
from quizapp.domain.questions.question import Bank, Question, check_question
from quizapp.domain.questions.recipes.padding import without_padding
from quizapp.domain.questions.recipes.recipe import Recipe
from quizapp.domain.questions.recipes.registry import RECIPES
from quizapp.domain.seeded_order import SeededOrder


def build_bank(
    base: FactBase,
    recipes: Iterable[Recipe] = RECIPES,
    progress: Callable[[str], None] = lambda _: None,
    written: Sequence[Question] = (),
) -> Bank:
    """Return the bank that `base` makes; `progress` is told each recipe's label as it starts.

    Questions stand in the order of their facts, then of the recipes; those that somebody has `written` follow, and one
    of them that has the name of a made one takes its place. Raises InvalidContent when a recipe makes a question that
    cannot be asked: that is a fault of the recipe or of a fact, and is named by the question's id.
    """
    recipes = _wanted(base, tuple(recipes))
    order = SeededOrder(base.name)
    facts = {fact.id: fact for fact in base.facts}
    made: list[Question] = []
    problems: list[Problem] = []
    for recipe in recipes:
        progress(recipe.label)
        for question in recipe.questions(base, order.within(recipe.name)):
            problems.extend(check_question(question, facts))
            made.append(question)
    problems.extend(problem for question in written for problem in check_question(question, facts))
    if problems:
        raise InvalidContent(problems)
    made = without_padding(made, {recipe.name: recipe.angle for recipe in recipes})
    places = {fact_id: place for place, fact_id in enumerate(facts)}
    made.sort(key=lambda question: places[question.fact])
    return Bank(
        name=base.name,
        title=base.title,
        summary=base.summary,
        language=base.language,
        licence=base.licence,
        source=base.source,
        topics=base.topics,
        facts=base.facts,
        questions=_with_written(list(_without_near_duplicates(made)), written),
        retelling=base.retelling,
    )


def _wanted(base: FactBase, recipes: tuple[Recipe, ...]) -> tuple[Recipe, ...]:
    """Return the recipes that the bank's file names, all where it names none. Raises InvalidContent for a stranger."""
    if base.recipes is None:
        return recipes
    known = {recipe.name for recipe in recipes}
    strangers = [name for name in base.recipes if name not in known]
    if strangers:
        raise InvalidContent([Problem(BANK_FILE, f"`recipes`: there is no recipe “{name}”.") for name in strangers])
    return tuple(recipe for recipe in recipes if recipe.name in base.recipes)


def _with_written(made: Sequence[Question], written: Sequence[Question]) -> tuple[Question, ...]:
    by_hand, names = {question.id: question for question in written}, {question.id for question in made}
    together = [by_hand.get(question.id, question) for question in made]
    return (*together, *(question for question in written if question.id not in names))


def _without_near_duplicates(questions: Iterable[Question]) -> Iterable[Question]:
    """Keep the first of the questions that ask the same words in the same way."""
    seen: set[tuple[str, str]] = set()
    for question in questions:
        asked = (question.type, re.sub(r"\W+", " ", fold(question.stem)).strip())
        if asked not in seen:
            seen.add(asked)
            yield question
