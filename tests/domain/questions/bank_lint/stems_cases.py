"""Cases for the flaws of stems."""

from quizapp.domain.questions.question_types.numeric import NumericBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from tests.linting import Case, asked, choice, stemmed

PADDED = (
    "In the article, which of the many boats that lay at the pier, long and low and black as they were in that cold "
)
BALLAST = f"{PADDED}month of a year that nobody there forgot, was the first to leave the harbour?"

CAUGHT: list[Case] = [
    ("negative-stem", stemmed("In the article, which pier did not freeze?")),
    ("negative-stem", stemmed("In the article, which piers froze EXCEPT one?")),
    ("negative-stem", stemmed("Which pier, by the article, never froze?")),
    ("negative-stem", stemmed("Which boat didn’t sail?")),
    ("negative-stem", stemmed("Which of these did Quay not say?")),
    ("fill-in-the-blank", stemmed("In the article, ____ tons of cod lay on the pier.")),
    ("fill-in-the-blank", stemmed("The boats of ..... landed cod?")),
    ("ambiguous-stem", stemmed("In the article, it was frozen when?")),
    ("ambiguous-stem", stemmed("In the article, what did they land?")),
    ("ambiguous-stem", stemmed("When did the boats sail, and how many were there?")),
    ("ambiguous-stem", stemmed("What froze? When did it thaw?")),
    ("gratuitous-information", stemmed(BALLAST)),
    ("gratuitous-information", stemmed("Cod is a fish of cold seas. How much of it did the boats land?")),
    ("unfocused-stem", stemmed("In the article, the pier:")),
    ("unfocused-stem", stemmed("The cod of the northern boats.", type="numeric", body=NumericBody("4", "tons"))),
    ("grammatical-cue", asked("otter", "seal", "walrus", stem="The animal on the pier was an")),
    ("grammatical-cue", asked("seal", "otter", "eel", stem="The animal on the pier was a ____.")),
    ("grammatical-cue", asked("mending the nets", "a new boat", "the price of cod")),
    ("grammatical-cue", asked("a new boat", "to mend the nets", "to sell the cod")),
    ("grammatical-cue", asked("“a thaw”", "a frost", "a fog")),
]
SPARED: list[Case] = [
    ("negative-stem", stemmed("What does the article call “a harbour that never froze”?")),
    ("negative-stem", stemmed("In the article, who said that the ice would not melt?")),
    ("negative-stem", stemmed("Which notes, nothing else, does the article cite?")),
    ("negative-stem", {"question": {"type": "true_false", "body": TrueFalseBody(True, "So."), "stem": "Not so."}}),
    ("fill-in-the-blank", stemmed("In the article, the weight of the cod on the pier was ____.")),
    ("fill-in-the-blank", stemmed("In the article, how much cod lay on the pier?")),
    ("ambiguous-stem", stemmed("In the article, what did Quay say when she saw the boats?")),
    ("ambiguous-stem", stemmed("In the article, where was the holder of the patent living when he took it out?")),
    ("ambiguous-stem", stemmed("Which office did Quay hold, and in which harbour?")),
    ("ambiguous-stem", stemmed("In the article, which of these is 1866?")),
    ("gratuitous-information", stemmed("In the article, how much cod did the boats of St. Ives land that month?")),
    ("gratuitous-information", stemmed("In the article, which boat left first?")),
    ("unfocused-stem", stemmed("In the article, the pier was built by ____")),
    ("unfocused-stem", stemmed("In the article, to whom did the cod belong?")),
    ("grammatical-cue", asked("otter", "eel", "auk", stem="The animal on the pier was an")),
    ("grammatical-cue", asked("mending the nets", "selling the cod", "the price of cod")),
    ("grammatical-cue", asked("“a thaw”", "“a frost”", "a fog")),
    ("grammatical-cue", {"question": {"body": choice("Bergen", "the Faroes", "the Shetlands")}}),
]
