"""Cases for cues, and for the rules that look at a whole bank."""

from dataclasses import replace

from quizapp.domain.facts.fact import Tier
from quizapp.domain.questions.question_types.matching import MatchingBody, Pair
from quizapp.domain.questions.question_types.numeric import NumericBody
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from tests.factories import make_bank, make_fact, make_question
from tests.linting import Case, asked, choice

NUMERIC = {"type": "numeric", "body": NumericBody("40", "tons")}
TYPED = {"type": "short_answer", "body": ShortAnswerBody("Quay")}
HARBOURS = ("Bergen", "Oslo", "Lund", "Turku", "Riga", "Narva", "Gdynia", "Kotka", "Visby", "Malmo")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def holding(*questions, facts=None):
    """A bank with these questions, each with an id of its own."""
    named = tuple(replace(one, id=f"{number}.{one.recipe}") for number, one in enumerate(questions))
    return {"bank": replace(make_bank(facts or [make_fact()]), questions=named)}


def each(make, count=12):
    return holding(*(make_question(stem=f"Which is number {n}?", body=make(n)) for n in range(count)))


def on(fact_id, **changes):
    return make_question(facts=(fact_id,), **changes)


def typed(fact_id, stem, answer):
    return on(fact_id, stem=stem, type="short_answer", body=ShortAnswerBody(answer))


def tiered(tier, *questions):
    return holding(*questions, facts=[make_fact(tier=tier), make_fact("spare", tier=Tier.MAY)])


CAUGHT: list[Case] = [
    ("D-24", asked("the ice of the outer basin", "ice", "the snow")),
    ("D-24", asked("a cod", "a boat with two sails and a red hull", "an eel of the outer basin")),
    ("D-24", each(lambda n: choice(f"{n + 5} tons", f"{n + 1} tons", f"{n + 9} tons", in_order=True, rank=1))),
    ("word-repeats", asked("the northern pier", "the southern quay", "a bay", stem="Which is the longest pier?")),
    ("word-repeats", asked("a shipping lane", "a canal", "a ford", stem="By what were goods shipped?")),
    ("logical-cue", asked("40 tons", "cod", "a new pier", stem="How many tons of cod came in?")),
    ("logical-cue", asked("in March", "at the pier", "by boat", stem="In which month did it thaw?")),
    ("logical-cue", asked("the 7 piers", "the quay", "the bay", stem="Which of the 7 piers froze?")),
    ("convergence", asked("the northern pier", "the northern bay", "the southern pier")),
    ("convergence", asked("a frozen salt cod", "a frozen fresh eel", "a smoked salt eel", "a dried whole cod")),
    (
        "near-duplicate",
        holding(typed("a", "Who built the pier of Bergen?", "Quay"), typed("b", "Who built Bergen’s pier?", "Quay")),
    ),
    (
        "near-duplicate",
        holding(typed("a", "Where did it freeze first?", "Oslo"), typed("b", "Where did it freeze first?", "Riga")),
    ),
    ("near-duplicate", holding(make_question(), make_question())),
    ("guessable", each(lambda n: choice(LETTERS[n] * 9, "x" * 5, "y" * 4, "z" * 3))),
    ("guessable", each(lambda n: choice(f"{n + 30} tons", f"{n + 9} tons", f"{n + 99} tons", in_order=True, rank=1))),
    ("guessable", each(lambda n: choice("Oslo", HARBOURS[n % 10] + "ia", "Riga", "Visby"))),
    ("must-coverage", tiered(Tier.MUST, on("spare"))),
    ("must-coverage", tiered(Tier.MUST, on("catch-weight"))),
    ("must-coverage", tiered(Tier.MUST, on("catch-weight", **NUMERIC), on("catch-weight", **TYPED))),
    ("should-coverage", tiered(Tier.SHOULD, on("spare"))),
    (
        "should-coverage",
        tiered(Tier.SHOULD, on("catch-weight"), on("catch-weight", type="true_false", body=TrueFalseBody(True, "So."))),
    ),
]
SPARED: list[Case] = [
    (
        "word-repeats",
        asked("As its own statement", "As a word", stem="How is the statement given?", recipe="own-voice-or-not"),
    ),
    ("D-24", asked("the ice of the basin", "the snow of the bay", "the fog")),
    ("D-24", asked("Ås", "the Faroe Islands", "Oslo")),
    ("D-24", each(lambda n: choice(f"{n + 5} tons", f"{n + 1} tons", f"{n + 9} tons", in_order=True, rank=n % 3))),
    ("D-24", each(lambda n: choice("5 tons", "1 ton", "9 tons", in_order=True, rank=1), count=9)),
    ("D-24", asked("In its own voice", "As the word of the harbour board of Bergen", recipe="own-voice-or-not")),
    ("word-repeats", asked("the northern pier", "the southern pier", "a bay", stem="Which is the longest pier?")),
    ("word-repeats", asked("1817", "1866", "1903", stem="Which year came after 1816 and before 1818?")),
    ("logical-cue", asked("40 tons", "15 tons", "nearly 20 tons", stem="How many tons of cod came in?")),
    ("logical-cue", asked("over land", "by sea", "by air", stem="How many a cod came in, and which way?")),
    ("logical-cue", asked("March", "the end of 1994", "early 2001", stem="Since when has it thawed?")),
    ("convergence", asked("the northern pier", "the southern bay", "an island")),
    ("convergence", asked("the northern pier", "the southern pier", "the western pier")),
    ("near-duplicate", holding(make_question(), make_question(**NUMERIC, recipe="type-number"))),
    (
        "near-duplicate",
        holding(
            typed("a", "Who hosted the talks in Oslo?", "Quay"), typed("b", "Who hosted the talks in Riga?", "Ada")
        ),
    ),
    (
        "near-duplicate",
        holding(
            *(
                on(
                    one,
                    type="matching",
                    stem="What belongs together?",
                    body=MatchingBody((Pair("x", one), Pair("y", "c"))),
                )
                for one in "ab"
            )
        ),
    ),
    ("guessable", each(lambda n: choice(LETTERS[n] * 5, LETTERS[n + 1] * 5, LETTERS[n + 2] * 5), count=9)),
    ("guessable", {}),
    ("must-coverage", tiered(Tier.MUST, on("catch-weight"), on("catch-weight", **NUMERIC))),
    ("must-coverage", tiered(Tier.SHOULD, on("spare"))),
    (
        "should-coverage",
        tiered(Tier.SHOULD, on("spare"), make_question(facts=("spare", "catch-weight")), on("catch-weight", **TYPED)),
    ),
    ("should-coverage", tiered(Tier.MAY, on("spare"))),
]
