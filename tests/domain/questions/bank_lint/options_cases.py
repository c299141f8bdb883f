"""Cases for the flaws of options."""

from quizapp.domain.facts.fact import FactKind
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoiceBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from tests.factories import make_fact
from tests.linting import Case, asked, choice, stemmed

YEAR = make_fact(kind=FactKind.DATE, value_text="1817")
CITY = make_fact(kind=FactKind.PLACE, value_text="Bergen")
MAKER = make_fact("maker", kind=FactKind.PERSON, value_text="Karl Drais")
SAME_ASK = make_fact("other", kind=FactKind.PLACE, value_text="Oslo")
TWIN = make_fact(
    "twin", kind=FactKind.PLACE, value_text="Oslo", ask="in which city?", not_with=frozenset({"catch-weight"})
)


def borrowing(key: str, text: str, fact: str) -> dict[str, object]:
    return {"question": {"body": SingleChoiceBody(key, (Distractor(text, "So.", fact), Distractor("Lund", "So.")))}}


CAUGHT: list[Case] = [
    ("implausible-distractor", asked("40 tons", "15 boats", "20 tons")),
    ("implausible-distractor", asked("40 tons", "a good many", "20 tons")),
    ("implausible-distractor", asked("40 tons", "400 tons", "20 tons")),
    ("implausible-distractor", {"fact": YEAR, **asked("1817", "in March", "1866")}),
    ("implausible-distractor", {"fact": CITY, "others": [MAKER], **borrowing("Bergen", "Karl Drais", "maker")}),
    ("none-of-the-above", asked("none of the above", "15 tons", "3 tons")),
    ("none-of-the-above", asked("3 tons", "15 tons", "Neither of these")),
    ("all-of-the-above", asked("40 tons", "15 tons", "All of the above")),
    ("all-of-the-above", asked("cod", "eel", "Both of these")),
    ("true-false-series", asked("True", "False", "It depends on the ice")),
    ("true-false-series", asked("Yes, at noon", "No, at night", "Yes, at dawn")),
    (
        "true-false-series",
        {"question": {"type": "multiple_choice", "body": MultipleChoiceBody(("Yes",), (Distractor("ice", "So."),))}},
    ),
    ("absolute-terms", asked("The ice always breaks", "The ice breaks in March", "The ice stays")),
    ("absolute-terms", asked("Cod", "Only eel", "Herring")),
    ("vague-terms", asked("It usually froze", "It froze", "It thawed")),
    ("vague-terms", asked("It froze in May", "It froze sometimes", "It thawed")),
    ("longest-answer", asked("a very long winter at sea", "frost", "snow")),
    ("longest-answer", asked("the ice was far too thick for boats", "the ice melted", "fog")),
    ("lost-sequence", asked("40 tons", "15 tons", "60 tons")),
    ("lost-sequence", {"question": {"body": choice("May", "March", "July", in_order=True, rank=0)}}),
    ("lost-sequence", {"question": {"body": choice("1903", "1817", "1866")}}),
    ("more-than-one-correct", asked("40 tons", "forty tons", "20 tons")),
    ("more-than-one-correct", asked("Oslo", "the city of Oslo", "Bergen")),
    ("more-than-one-correct", {"fact": CITY, "others": [TWIN], **borrowing("Bergen", "Oslo", "twin")}),
    ("more-than-one-correct", {"fact": CITY, "others": [SAME_ASK], **borrowing("Bergen", "Bergen", "other")}),
    ("complex-options", asked("cod", "eel", "cod and eel")),
    ("complex-options", asked("A and B", "B and C", "A and C")),
    ("complex-options", asked("cod and eel", "eel and herring", "herring and cod")),
]
SPARED: list[Case] = [
    ("implausible-distractor", asked("40 tons", "15 tons", "120 tons")),
    ("implausible-distractor", {"fact": YEAR, **asked("1817", "1866", "1903")}),
    ("implausible-distractor", asked("The catch of the pier", "The year of the ice", "The name of a boat")),
    ("implausible-distractor", {"fact": CITY, "others": [SAME_ASK], **borrowing("Bergen", "Oslo", "other")}),
    ("none-of-the-above", asked("above the pier", "none", "all of it")),
    ("none-of-the-above", stemmed("In the article, why do none of the above boats sail?")),
    ("all-of-the-above", asked("above the pier", "all of it", "none")),
    ("all-of-the-above", stemmed("In the article, what do all of the above boats carry?")),
    ("true-false-series", asked("No Man’s Land", "True North", "the Yes pier")),
    ("true-false-series", {"question": {"type": "single_choice"}}),
    ("absolute-terms", asked("“never again”", "“at last”", "ice")),
    ("absolute-terms", asked("only cod", "only eel", "only herring")),
    ("absolute-terms", asked("Nevers", "Lyon", "Paris")),
    ("vague-terms", asked("It froze", "It thawed", "It rained")),
    ("vague-terms", asked("often frozen", "often wet", "often closed")),
    ("longest-answer", asked("the longest word", "a", "b")),
    ("longest-answer", asked("the ice of the pier", "the snow of the bay", "fog")),
    ("lost-sequence", {"question": {"body": choice("15 tons", "20 tons", "60 tons", in_order=True, rank=0)}}),
    ("lost-sequence", {"question": {"body": choice("1817", "1903", "1866", in_order=True, rank=2)}}),
    ("lost-sequence", asked("40 tons", "cod", "eel")),
    ("more-than-one-correct", asked("40 tons", "140 tons", "14 tons")),
    ("more-than-one-correct", asked("Oslo", "Osloer", "Bergen")),
    ("more-than-one-correct", {"fact": CITY, "others": [SAME_ASK], **borrowing("Bergen", "Oslo", "other")}),
    ("complex-options", asked("10,000 boats", "12,000 boats", "14,000 boats")),
    ("complex-options", asked("cod and eel", "salt and ice", "nets and ropes")),
    ("complex-options", asked("the ice of the pier", "the pier", "the snow")),
]
