"""Every recipe, in the order its questions stand in a bank. To add one: its file, its test, and a line here."""

from quizapp.domain.questions.recipes.fill_the_gap import FillTheGap
from quizapp.domain.questions.recipes.how_many import HowMany
from quizapp.domain.questions.recipes.match_them import MatchThem
from quizapp.domain.questions.recipes.name_it import NameIt
from quizapp.domain.questions.recipes.own_voice_or_not import OwnVoiceOrNot
from quizapp.domain.questions.recipes.recipe import Recipe
from quizapp.domain.questions.recipes.timeline import Timeline
from quizapp.domain.questions.recipes.true_or_false import TrueOrFalse
from quizapp.domain.questions.recipes.type_number import TypeNumber
from quizapp.domain.questions.recipes.what_is_it import WhatIsIt
from quizapp.domain.questions.recipes.when import When
from quizapp.domain.questions.recipes.where import Where
from quizapp.domain.questions.recipes.which_of_these import WhichOfThese
from quizapp.domain.questions.recipes.which_organisation import WhichOrganisation
from quizapp.domain.questions.recipes.which_words import WhichWords
from quizapp.domain.questions.recipes.who import Who
from quizapp.domain.questions.recipes.who_said_it import WhoSaidIt
from quizapp.domain.questions.recipes.why import Why

RECIPES: tuple[Recipe, ...] = (
    When(),
    Where(),
    HowMany(),
    Who(),
    WhichOrganisation(),
    Why(),
    WhichWords(),
    TypeNumber(),
    NameIt(),
    FillTheGap(),
    TrueOrFalse(),
    OwnVoiceOrNot(),
    WhoSaidIt(),
    WhatIsIt(),
    WhichOfThese(),
    MatchThem(),
    Timeline(),
)
if len({recipe.name for recipe in RECIPES}) < len(RECIPES):
    raise RuntimeError("two recipes have one name")
