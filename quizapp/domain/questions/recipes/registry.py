"""Every recipe, in the order its questions stand in a bank. To add one: its file, its test, and a line here."""

from quizapp.domain.questions.recipes.choose_value import ChooseValue
from quizapp.domain.questions.recipes.recipe import Recipe
from quizapp.domain.questions.recipes.true_or_false import TrueOrFalse
from quizapp.domain.questions.recipes.type_number import TypeNumber
from quizapp.domain.questions.recipes.what_is_it import WhatIsIt
from quizapp.domain.questions.recipes.who_said_it import WhoSaidIt

RECIPES: tuple[Recipe, ...] = (
    ChooseValue(),
    TypeNumber(),
    TrueOrFalse(),
    WhoSaidIt(),
    WhatIsIt(),
)
if len({recipe.name for recipe in RECIPES}) < len(RECIPES):
    raise RuntimeError("two recipes have one name")
