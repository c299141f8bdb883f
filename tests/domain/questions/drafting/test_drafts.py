"""Drafting on the corpus: what is made is good enough to keep, the same every time, and never what could be right."""

from dataclasses import replace

import pytest

from quizapp.domain.facts.fact import Fact
from quizapp.domain.questions.authored import author, findings_on
from quizapp.domain.questions.bank_lint.reading import holds_words
from quizapp.domain.questions.bank_lint.rule import Severity
from quizapp.domain.questions.draft_text import draft_of
from quizapp.domain.questions.drafting.drafts import MOST_OF_ONE_FORM, drafts_on
from quizapp.domain.questions.drafting.highlight import THE_FACT, Highlight
from quizapp.domain.questions.drafting.text_values import ELSEWHERE
from quizapp.domain.questions.question import Bank
from tests.domain.questions.drafting.corpus import ALL, TEXTS, Marked, bank_of, highlight_of, without_speakers

BANKS = {name: bank_of(name) for name in TEXTS}


def made(name: str, marked: Marked, **changes: str):
    bank = BANKS[name]
    return drafts_on(replace(highlight_of(marked, bank), **changes), bank)


def on(name: str, line: str, value: str, passage: str = "", bank: Bank | None = None, **changes: str):
    """Draft on a line that is not in the corpus."""
    bank = bank or BANKS[name]
    words = passage or bank.text.split(".")[0]
    return drafts_on(replace(highlight_of(Marked(words, line, value), bank), **changes), bank)


def kept(name: str, *marks: Marked) -> Bank:
    """The bank as it is once the first draft on each of these is kept."""
    bank = BANKS[name]
    for number, marked in enumerate(marks):
        one = drafts_on(highlight_of(marked, bank), bank).drafts[0]
        done = author(draft_of(one.text, bank, recipe=one.recipe), bank, f"kept-{number}", f"kept-{number}")
        bank = replace(bank, facts=(*bank.facts, done.fact), questions=(*bank.questions, done.question))
    return bank


def forms(drafting) -> list[str]:
    return [one.question.type for one in drafting.drafts]


def of_form(drafting, form: str):
    return next(one for one in drafting.drafts if one.question.type == form)


def marked(name: str, value: str) -> Marked:
    return next(one for one in TEXTS[name].marked if one.value == value)


@pytest.mark.parametrize(("name", "one"), ALL, ids=[marked.line for _, marked in ALL])
def test_each_passage_of_the_corpus_makes_drafts_without_an_error(name, one):
    drafting = made(name, one)
    assert drafting.problems == () and drafting.drafts
    errors = [
        (draft.question.stem, bad.rule)
        for draft in drafting.drafts
        for bad in draft.findings
        if bad.severity is Severity.ERROR
    ]
    assert errors == []


def test_hardly_a_draft_of_the_corpus_wants_a_reason():
    drafts = [draft for name, one in ALL for draft in made(name, one).drafts]
    warned = [(draft.question.stem, draft.warnings[0].rule) for draft in drafts if draft.warnings]
    assert len(ALL) >= 30 and len(drafts) >= 3 * len(ALL) and len(warned) <= len(drafts) // 20, warned


def test_the_same_highlight_makes_the_same_drafts():
    for name, one in ALL[::5]:
        again = drafts_on(highlight_of(one, bank_of(name)), bank_of(name))
        assert again == made(name, one)


def test_no_draft_names_a_fact_that_only_stood_for_words_in_the_text():
    for name, one in ALL:
        for draft in made(name, one).drafts:
            assert ELSEWHERE not in repr(draft.text) and THE_FACT not in repr(draft.text)


def test_a_wrong_answer_of_a_choice_is_in_the_text_where_it_says_so_and_nowhere_else():
    for name, one in ALL:
        for draft in made(name, one).drafts:
            if draft.question.type != "single_choice" or draft.recipe == "who-said-it":
                continue
            for wrong in draft.wrong:
                stands = holds_words(BANKS[name].text, wrong.text.removeprefix("up to "))
                assert stands == ("Elsewhere the text" in wrong.reason), (draft.question.stem, wrong)


def test_the_rules_say_of_all_drafts_at_once_what_they_say_of_each():
    name, first = ALL[0]
    for bank in (BANKS[name], kept(name, first), BANKS["law"]):
        one = marked("law", "40") if bank.name == "law" else marked(name, "120 days")
        drafting = drafts_on(highlight_of(one, bank), bank)
        for draft in drafting.drafts:
            assert list(draft.findings) == findings_on(draft.authored, bank)


@pytest.mark.parametrize(
    ("line", "value", "ask"),
    [
        ("The bridge was opened in 1754.", "1754", "in which year was the bridge opened?"),
        ("The treaty was signed in Utrecht.", "Utrecht", "where was the treaty signed?"),
        ("Duke Albrecht founded the school.", "Duke Albrecht", "who founded the school?"),
        ("The city had 12,000 inhabitants in 1700.", "12,000", "how many inhabitants did the city have in 1700?"),
        ("The trucks carried 40 tons of flour.", "40 tons", "how many tons of flour did the trucks carry?"),
        ("Mitochondria release energy.", "Mitochondria", "what releases energy?"),
        ("In 1754 the bridge was opened.", "1754", "in which year was the bridge opened?"),
        ("The loaf bakes for 30 minutes.", "30 minutes", "for how many minutes does the loaf bake?"),
    ],
)
def test_a_plain_line_is_turned_into_a_question(line, value, ask):
    drafting = on("history", line, value)
    assert drafting.drafts and f"In the text, {ask}" in [one.question.stem for one in drafting.drafts]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Russia sent about 2,000 soldiers.", "2,000"),
        ("The trucks that came from the port carried 40 tons.", "40 tons"),
        ("The law passed by parliament gives tenants 40 days.", "40 days"),
        ("In spring the bridge cost 40 million dollars.", "40 million dollars"),
        ("The corridor is 5 kilometers wide.", "5 kilometers"),
        ("The house is not older than 40 years.", "40 years"),
    ],
)
def test_a_line_that_could_come_out_wrong_is_asked_by_its_gap(line, value):
    stems = [one.question.stem for one in on("history", line, value).drafts if one.question.type == "numeric"]
    assert len(stems) == 1 and "completes the statement: “" in stems[0] and "…" in stems[0]


def test_the_authors_own_question_is_asked_as_it_is():
    drafting = on("history", "The bridge of Aldheim was opened in 1754.", "1754", ask="When did the bridge open")
    assert of_form(drafting, "single_choice").question.stem == "In the text, when did the bridge open?"


@pytest.mark.parametrize(
    ("line", "value", "place"),
    [
        ("It was opened in 1754.", "1754", "line"),
        ("However, the bridge was opened in 1754.", "1754", "line"),
        ("The bridge was opened in 1754.", "1755", "value"),
        ("In 1754 they said that 1754 was a good year.", "1754", "value"),
        ("The bridge was opened last year.", "last year", "value"),
        ("Breda and Utrecht saw the talks.", "Utrecht", "value"),
        ("The dough needs flour and water.", "flour", "value"),
        ("The bridge was opened in 1754.", "The bridge was opened in 1754", "value"),
        ("", "1754", "line"),
        ("The bridge was opened in 1754.", "", "value"),
    ],
)
def test_what_makes_no_sound_question_is_refused_beside_its_field(line, value, place):
    drafting = on("history", line, value)
    assert drafting.drafts == () and place in {problem.place for problem in drafting.problems}


def test_a_passage_must_be_marked_where_there_is_a_text():
    highlight = Highlight("The bridge was opened in 1754.", "1754", topic="text")
    assert {problem.place for problem in drafts_on(highlight, BANKS["history"]).problems} == {"words"}


def test_a_value_is_taken_whole():
    assert made("history", marked("history", "12,000")).highlight.value == "12,000 inhabitants"
    assert on("history", "The plague killed nearly 40 people.", "40").highlight.value == "nearly 40 people"
    assert on("history", "Prices rose by 6% in a year.", "6").highlight.value == "6%"
    assert on("law", "A child under seven cannot make a contract.", "seven").highlight.value == "under seven"


def test_an_option_that_may_be_right_as_well_is_never_offered():
    text = "The school has 40 pupils.\n\nIn autumn the school has 50 pupils. The choir has 45 pupils."
    drafting = on(
        "", "The school has 40 pupils.", "40 pupils", "The school has 40 pupils", replace(BANKS["history"], text=text)
    )
    texts = [wrong.text for one in drafting.drafts for wrong in one.wrong]
    assert "50 pupils" not in texts and "45 pupils" in texts


def test_a_draft_without_enough_wrong_answers_is_withheld_and_counted_with_the_reason():
    bank = replace(BANKS["history"], text="The bridge is in Breda.\n\nThe other bridge is in Utrecht.")
    drafting = on("", "The bridge is in Breda.", "Breda", "The bridge is in Breda", bank)
    assert "single_choice" not in forms(drafting)
    assert dict(drafting.withheld) == {"a distractor was true elsewhere": 2}
    assert dict(made("recipe", marked("recipe", "Salt")).withheld) == {"too few wrong answers of its kind": 1}


def test_somebodys_word_is_named_and_never_judged_true():
    drafting = made("law", marked("law", "40"))
    assert drafting.highlight.line == "Maria Feld said that the courts needed 40 more clerks."
    assert "true_false" not in forms(drafting)
    assert all("Maria Feld" in one.question.stem or one.recipe == "who-said-it" for one in drafting.drafts)
    who = next(one for one in drafting.drafts if one.recipe == "who-said-it")
    assert who.answer == "Maria Feld" and len(who.wrong) == 3


def test_who_said_it_needs_somebody_else_who_could_have():
    bank = without_speakers(BANKS["law"])
    alone = replace(bank, source=replace(bank.source, speakers=BANKS["law"].source.speakers[:1]))
    drafting = drafts_on(highlight_of(marked("law", "40"), alone), alone)
    assert "who-said-it" not in [one.recipe for one in drafting.drafts]
    assert ("who said it needs a second speaker", 1) in drafting.withheld


def test_earlier_facts_lend_their_values_before_the_text_does():
    bank = kept("history", marked("history", "1784"))
    drafting = drafts_on(highlight_of(marked("history", "1754"), bank), bank)
    borrowed = [wrong for wrong in of_form(drafting, "single_choice").wrong if wrong.fact]
    assert [(one.text, one.fact) for one in borrowed] == [("1784", "kept-0")]


def test_three_facts_of_years_are_put_in_order_and_three_of_one_kind_are_matched():
    years = (
        Marked("Duke Albrecht founded the university in 1622", "The university was founded in 1622.", "1622"),
        marked("history", "1784"),
    )
    bank = kept("history", *years)
    drafting = drafts_on(highlight_of(marked("history", "1754"), bank), bank)
    ordering, matching = of_form(drafting, "ordering"), of_form(drafting, "matching")
    assert [item.text for item in ordering.question.body.items] == [
        "The university was founded",
        "The stone bridge of Aldheim was opened",
        "A flood destroyed the bridge",
    ]
    assert {pair.right for pair in matching.question.body.pairs} == {"1622", "1754", "1784"}


def test_no_form_has_more_than_three_drafts():
    for name, one in ALL:
        found = forms(made(name, one))
        assert max(map(found.count, found)) <= MOST_OF_ONE_FORM


def test_a_bank_without_a_text_is_asked_about_its_article():
    bank = replace(BANKS["history"], text="")
    highlight = Highlight("The bridge was opened in 1754.", "1754", topic="text", paragraph="2")
    drafting = drafts_on(highlight, bank)
    assert all("the text" not in one.question.stem for one in drafting.drafts)
    fact: Fact = drafting.drafts[0].authored.fact
    assert fact.paragraphs == (2,) and "In the article, in which year" in drafting.drafts[0].question.stem
