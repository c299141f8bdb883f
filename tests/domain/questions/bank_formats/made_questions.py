"""Questions of every type with words that mean something to some format, and a bank to put them in."""

from dataclasses import replace

from hypothesis import strategies as st

from quizapp.domain.facts.blank import is_blank
from quizapp.domain.facts.fact import Status, Topic
from quizapp.domain.facts.spelling import folded_words
from quizapp.domain.questions.question_types.cloze import GAP, ClozeBody
from quizapp.domain.questions.question_types.matching import MatchingBody, Pair
from quizapp.domain.questions.question_types.multiple_choice import MultipleChoiceBody
from quizapp.domain.questions.question_types.numeric import NearNumber, NumericBody
from quizapp.domain.questions.question_types.ordering import OrderedItem, OrderingBody
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.questions.question_types.short_answer import ShortAnswerBody
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from tests.factories import make_bank, make_claim, make_fact, make_question

FACTS = (make_fact("catch-weight"), make_fact("other-catch", topic="weather"), make_claim("ice-claim"))
BANK = replace(
    make_bank(),
    facts=FACTS,
    questions=(),
    topics=(Topic("trade", "Trade / ships // and: {more}"), Topic("weather", "Weather"), Topic("top", "top")),
)
TRICKY = (
    ":", "=", "#", "{", "}", "~", "\\", "\\n", "\\\\", "::name::", "->", "####", "//", "$CATEGORY: x", "%50%x",
    "%abc%", "[html]", "[plain] [html]", "[", "[id:7] [tag:x]", "&&058;", "&&010", "&amp;", "&#35;", "&",
    "<b>bold</b>", "<", ">", "2 < 3", "<script>alert(1)</script>", "]]>", "<![CDATA[", "</text>", "@@PLUGINFILE@@",
    "=SUM(A1)", "+1", "-1", "@x", "'=1", "''=1", "a | b", "a || b", "a = b", "\\|", "a;b", "a,b", "\t", "a\tb", '"',
    '""', 'a "b" c', "*", "\\*", "***", "two  spaces", "line\nbreak", "blank\n\nline", "A. x", "B) y", "ANSWER: C",
    "T", "TRUE", "true", "{1:SHORTANSWER:=x}", "é", "が", "שלום", "😀", "\u2028", "\xa0", "\u200b", "\ufeff", "\ufffe",
    "0", "12,5", "1e3", "none", "None", "…",
)  # fmt: skip
_PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="_"), min_size=1, max_size=12)
TEXTS = st.lists(st.sampled_from(TRICKY) | _PLAIN, min_size=1, max_size=4).map("".join)
LINES = TEXTS.map(str.strip).filter(lambda text: not is_blank(text))
KNOWN = st.sampled_from([fact.id for fact in FACTS])
MAYBE_KNOWN = st.none() | KNOWN
DISTRACTORS = st.builds(Distractor, TEXTS, TEXTS, MAYBE_KNOWN)
PAIRS = st.builds(Pair, TEXTS, TEXTS, MAYBE_KNOWN)
IDS = st.sampled_from(["catch-weight.choose-value", "a", "q1", "7", "Ünïcode: {name}", "a::b"])
NUMBERS = st.integers(-10_000, 10_000).map(str) | st.sampled_from(["0.5", "-0.25", "1000000", "360000000", "12.50"])


def _tuples(of, least, most):
    return st.lists(of, min_size=least, max_size=most).map(tuple)


TYPED = st.builds(ShortAnswerBody, TEXTS.filter(folded_words), _tuples(TEXTS, 0, 3), _tuples(DISTRACTORS, 0, 10))


@st.composite
def _clozes(draw):
    gaps = draw(_tuples(TYPED, 1, 3))
    parts = [draw(TEXTS | st.just("")) for _ in range(len(gaps) + 1)]
    return ClozeBody(GAP.join(parts), gaps)


@st.composite
def _orderings(draw):
    items = draw(_tuples(st.builds(OrderedItem, TEXTS, MAYBE_KNOWN), 3, 5))
    pairs = [(left, right) for right in range(len(items)) for left in range(right)]
    return OrderingBody(items, tuple(draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))))


@st.composite
def _choices(draw):
    wrong = draw(_tuples(DISTRACTORS, 2, 6))
    return SingleChoiceBody(draw(TEXTS), wrong, draw(st.booleans()), draw(st.integers(0, len(wrong))))


BODIES = {
    "single_choice": _choices(),
    "multiple_choice": st.builds(MultipleChoiceBody, _tuples(TEXTS, 2, 4), _tuples(DISTRACTORS, 1, 4)),
    "true_false": st.builds(TrueFalseBody, st.booleans(), TEXTS, MAYBE_KNOWN),
    "numeric": st.builds(
        NumericBody,
        NUMBERS,
        TEXTS | st.just(""),
        st.sampled_from(["", "nearly", "some"]),
        st.sampled_from(["0", "1", "0.5", "2.50"]),
        st.sampled_from([1, 100, 1_000_000]),
        _tuples(TEXTS, 0, 2),
        _tuples(st.builds(NearNumber, NUMBERS, TEXTS, KNOWN), 0, 2),
    ),
    "short_answer": TYPED,
    "cloze": _clozes(),
    "matching": st.builds(
        MatchingBody, _tuples(st.builds(Pair, TEXTS, TEXTS, MAYBE_KNOWN), 2, 4), _tuples(DISTRACTORS, 0, 3)
    ),
    "ordering": _orderings(),
}


@st.composite
def questions(draw, kinds=tuple(BODIES)):
    """A question that can be asked."""
    kind = draw(st.sampled_from(kinds))
    body = draw(BODIES[kind].filter(lambda body: not QUESTION_TYPES[kind].problems(body)))
    return make_question(
        id=draw(IDS | LINES)[:100].strip(),
        type=kind,
        stem=draw(LINES),
        body=body,
        explanation=draw(LINES),
        facts=tuple(draw(st.lists(KNOWN, min_size=1, max_size=2, unique=True))),
        topic=draw(st.sampled_from([topic.id for topic in BANK.topics])),
        speaker=draw(st.sampled_from([None, "harbour-master", "fishers"])),
        status=draw(st.sampled_from(list(Status))),
        scored=draw(st.booleans()),
        recipe=draw(st.sampled_from(["", "who", "imported"])),
    )


def bank_of(*asked):
    """A bank that holds these questions, and the facts they can name."""
    return replace(BANK, questions=asked)
