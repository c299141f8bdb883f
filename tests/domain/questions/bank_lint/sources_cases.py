"""Cases for the rules on facts and their source."""

from dataclasses import replace
from decimal import Decimal

from quizapp.domain.facts.fact import FactKind, Status, Value
from quizapp.domain.facts.quantities import Quantity
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from tests.factories import make_claim, make_fact
from tests.linting import QUAY, TOLD, UNION, Case, asked, choice, stemmed

OUTDATED = make_fact(status=Status.OUTDATED, note="The pier is gone.")
CONTRADICTED = make_fact(status=Status.CONTRADICTED, note="The log gives 4 tons.", reference="The log")
COMPARED = {
    "stem": "Which weight does the article give?",
    "explanation": "It gives 40 tons. The log gives 4 tons.",
    "scored": False,
}
WORDS = make_fact(kind=FactKind.CLAIM, value_text="a thaw", speaker="harbour-master")
FORECAST = make_fact(kind=FactKind.PREDICTION, value_text="a thaw")


def borrowed(fact_id: str | None, reason: str = "So.", text: str = "a frost") -> dict[str, object]:
    return {"body": SingleChoiceBody("a thaw", (Distractor(text, reason, fact_id), Distractor("fog", "So.", "x")))}


NOBODYS_WORDS = (
    "The article does not say this.",
    "Nobody in the report said that.",
    "None of the facts taken from the article has this value.",
    "No speaker names it.",
    "Quay did not say this.",
    "This is said nowhere in the article.",
    "It is not said in the article.",
    "The union said so (paragraph 8).",
)


CAUGHT: list[Case] = [
    ("D-1", {"fact": make_fact(paragraphs=())}),
    ("D-1", {"fact": make_claim("catch-weight", paragraphs=()), "question": TOLD}),
    ("D-1", {"fact": make_fact(paragraphs=(13,))}),
    ("D-1", {"question": {"facts": ("catch-weight", "nowhere")}}),
    ("D-4", {"fact": CONTRADICTED, "question": {**COMPARED, "scored": True}}),
    ("D-4", {"fact": CONTRADICTED, "question": {**COMPARED, "stem": "How much did the boats land?"}}),
    ("D-4", {"fact": CONTRADICTED, "question": {**COMPARED, "explanation": "It gives 40 tons."}}),
    ("D-4", {"fact": replace(CONTRADICTED, reference=""), "question": COMPARED}),
    ("D-5", {"fact": OUTDATED, "question": {"scored": True}}),
    ("D-5", {"fact": replace(OUTDATED, speaker="fishers"), "question": {"scored": True}}),
    ("D-5", {"fact": OUTDATED, "question": {"scored": False}, "source": {"as_of": ""}}),
    ("D-13", {"question": {"body": SingleChoiceBody("a", (Distractor("b", ""), Distractor("c", "So.")))}}),
    ("D-13", {"question": {"type": "true_false", "body": TrueFalseBody(True, "")}}),
    ("D-13", {"fact": WORDS, "question": borrowed(None)}),
    ("D-13", {"fact": WORDS, "question": borrowed(None, "That is wrong.")}),
    ("D-13", {"fact": WORDS, "question": borrowed(None, "It stands in paragraph 99.")}),
    ("D-13", {"fact": WORDS, "question": borrowed(None, "He said so at sea.")}),
    ("D-14", {"others": [replace(CONTRADICTED, id="log")], "question": borrowed("log")}),
    ("D-14", {"others": [replace(OUTDATED, id="old")], "question": borrowed("old")}),
    ("D-15", {"fact": QUAY, "question": TOLD}),
    ("D-15", {"fact": UNION, **stemmed("In the article, what did the fishers’ union say?")}),
    ("D-16", {"fact": make_fact(value_text="40")}),
    ("D-16", {"fact": replace(CONTRADICTED, reference="")}),
    ("D-16", {"fact": make_fact(note="The log of the port gives 55 tons.")}),
    ("D-16", {"fact": make_fact(status=Status.OUTDATED, note="Since then it has been 400 tons a month.")}),
    *(("D-17", {"source": {field: ""}}) for field in ("outlet", "date", "description", "as_of")),
    ("D-20", {}),
    ("D-20", stemmed("In the article, what did Quay say about those who are missing at the pier?")),
    ("D-21", {"fact": FORECAST}),
    ("D-21", {"fact": replace(FORECAST, status=Status.OUTDATED)}),
    ("D-23", {"fact": make_fact(note="Correction of 5 February: it was 44 tons.")}),
    ("D-23", {"fact": make_fact(note="The paper has retracted this.", status=Status.SINGLE_SOURCE, reference="x")}),
    ("D-23", {"fact": make_fact(note="Corrected to 44 tons.", status=Status.CONTRADICTED)}),
]
SPARED: list[Case] = [
    ("D-1", {}),
    ("D-1", {"fact": make_fact(paragraphs=(1, 12))}),
    ("D-4", {"fact": CONTRADICTED, "question": COMPARED}),
    ("D-4", {"question": {"scored": True, "stem": "How much?"}}),
    ("D-5", {"fact": OUTDATED, "question": {"scored": False}}),
    ("D-5", {"fact": make_fact(status=Status.DISPUTED, note="No."), "question": {"scored": True}}),
    ("D-13", {}),
    ("D-13", {"question": {"type": "true_false", "body": TrueFalseBody(False, "It was 15 tons.")}}),
    ("D-13", {"fact": WORDS, "others": [make_claim("x")], "question": borrowed("x")}),
    *(("D-13", {"fact": WORDS, "others": [make_claim("x")], "question": borrowed(None, say)}) for say in NOBODYS_WORDS),
    ("D-13", {"fact": WORDS, "others": [make_claim("x")], "question": borrowed(None, text="The fishers’ union")}),
    ("D-13", {"fact": make_fact(speaker="fishers"), "question": {"body": choice("40 tons", "15 tons", "20 tons")}}),
    ("D-14", {"others": [replace(CONTRADICTED, id="log")], "question": {**borrowed("log"), "scored": False}}),
    ("D-14", {"others": [replace(OUTDATED, id="old", speaker="fishers")], "question": borrowed("old")}),
    ("D-14", {"others": [make_fact("log", status=Status.DISPUTED, note="No.")], "question": borrowed("log")}),
    ("D-15", {}),
    ("D-15", {"fact": QUAY, "question": {**TOLD, "speaker": None}}),
    ("D-16", {"fact": make_fact(note="The log of the port gives 41 tons.")}),
    ("D-16", {"fact": make_fact(note="The log of the port gives 55 boats, on 3 February 2020.")}),
    ("D-16", {"fact": CONTRADICTED}),
    ("D-16", {"fact": make_fact(value=Value("zero", "number of ", Quantity(Decimal(0), "tons")), note="Or 3 tons.")}),
    ("D-17", {}),
    ("D-17", {"source": {"author": "", "title": "", "affiliation": ""}}),
    ("D-20", stemmed("In the article, who said that it froze?", recipe="who-said-it")),
    ("D-20", stemmed("In the article, whose voice on the pay is missing?")),
    ("D-20", {"source": {"speakers": ()}}),
    ("D-21", {"fact": replace(FORECAST, note="It thawed on 3 March.", status=Status.OUTDATED)}),
    ("D-21", {"fact": replace(FORECAST, review_by="2027-01-01")}),
    ("D-21", asked("a thaw", "a frost", "fog")),
    ("D-23", {"fact": make_fact(note="Corrected to 44 tons.", status=Status.CONTRADICTED, reference="5 February")}),
    ("D-23", {"fact": make_fact(note="The log gives 41 tons, which is correct to the ton.")}),
]
