"""What every bank under `questions/` must keep: its file is what its facts make, and its questions are fair."""

import os
import re
import subprocess
import sys
from collections import Counter
from fractions import Fraction

import pytest

from quizapp.cli.bank_folders import QUESTIONS_FILE, bank_folders, read_questions
from quizapp.domain.facts.fact import FactKind, SpeakerKind, Status, Tier
from quizapp.domain.facts.quantities import fold
from quizapp.domain.plausible_range import plausible_range
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.domain.questions.bank_lint.registry import check_bank
from quizapp.domain.questions.bank_lint.rule import Severity
from quizapp.domain.questions.question_types.question_type import Given
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES, question_type
from quizapp.domain.questions.recipes.padding import MOST_ON_ONE_FACT
from quizapp.domain.questions.recipes.registry import RECIPES
from quizapp.domain.questions.recipes.value_choice import ValueChoice
from quizapp.domain.results.quiz_drawing import option_order
from quizapp.domain.seeded_order import SeededOrder
from quizapp.settings import CHECKOUT

FOLDERS = bank_folders(CHECKOUT / "questions")
CHOICES = {recipe.name for recipe in RECIPES if isinstance(recipe, ValueChoice)}
HASH_SEEDS = ("0", "1", "random")
ENOUGH_TO_COUNT = 10
RECALL = {"short_answer", "cloze", "numeric"}
WRITE_BANK = """
import sys
from pathlib import Path
from quizapp.cli.bank_folders import BankFolder
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.bank_from_facts import build_bank
sys.stdout.buffer.write(BANK_FORMATS["json"].write(build_bank(BankFolder(Path(sys.argv[1])).fact_base())))
"""


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.path.name)
def folder(request):
    return request.param


@pytest.fixture(scope="module")
def bank(folder):
    return build_bank(folder.fact_base())


def asked(bank, *kinds):
    return [question for question in bank.questions if question.type in kinds]


def test_there_is_a_bank():
    assert FOLDERS


def test_the_questions_are_byte_for_byte_what_the_facts_make(folder, bank):
    same = (folder.path / QUESTIONS_FILE).read_bytes() == BANK_FORMATS["json"].write(bank)
    assert same, f"run: quizapp bank build {bank.name}"


@pytest.mark.parametrize("hash_seed", HASH_SEEDS)
def test_no_order_hangs_on_how_python_hashes(folder, bank, hash_seed):
    made = subprocess.run(
        [sys.executable, "-c", WRITE_BANK, str(folder.path)],
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        cwd=CHECKOUT,
        capture_output=True,
        check=True,
    )
    assert made.stdout == BANK_FORMATS["json"].write(bank)


def test_the_file_can_be_read_and_says_the_same(folder, bank):
    read = read_questions(folder)
    assert read.questions == bank.questions
    assert read.source == bank.source


def test_no_rule_that_blocks_publishing_is_broken(bank):
    errors = [f"{one.rule} {one.place}" for one in check_bank(bank) if one.severity is Severity.ERROR]
    assert errors == []


def test_every_fact_stands_in_a_paragraph_of_the_source(bank):
    strays = [
        fact.id
        for fact in bank.facts
        if not fact.paragraphs or not all(1 <= number <= bank.source.paragraphs for number in fact.paragraphs)
    ]
    assert strays == []


def test_every_fact_that_must_be_asked_is_asked(bank):
    tested = {question.fact for question in bank.questions}
    assert [fact.id for fact in bank.facts if fact.tier is Tier.MUST and fact.id not in tested] == []


def test_every_fact_that_must_or_should_be_asked_is_recalled_and_recognised(bank):
    types = {fact.id: set() for fact in bank.facts}
    for question in bank.questions:
        for fact in question.facts:
            types[fact].add(question.type)
    wanted = [fact.id for fact in bank.facts if fact.tier is not Tier.MAY]
    assert [fact for fact in wanted if not types[fact] & RECALL or not types[fact] - RECALL] == []


def test_no_fact_is_asked_for_the_sake_of_asking(bank):
    counts = Counter(question.fact for question in bank.questions if len(question.facts) == 1)
    assert max(counts.values()) <= MOST_ON_ONE_FACT


def test_each_way_of_answering_is_used(bank):
    assert {question.type for question in bank.questions} == set(QUESTION_TYPES)


def test_a_question_on_somebodys_word_names_them_or_asks_for_them(bank):
    facts = bank.facts_by_id()
    for question in bank.questions:
        if question.recipe in ("who-said-it", "own-voice-or-not"):
            continue
        for fact in (facts[one] for one in question.facts):
            speaker = bank.speaker_of(fact)
            names = [] if speaker is None else [speaker.name, speaker.short]
            named = any(name in question.stem for name in names)
            assert speaker is None or named or question.type == "ordering", question.id


def test_nobody_is_offered_the_other_sides_words(bank):
    facts = bank.facts_by_id()
    sides = {speaker.id: speaker.side for speaker in bank.source.speakers if speaker.side}
    for question in bank.questions:
        if question.recipe in CHOICES and question.speaker in sides:
            borrowed = [facts[one] for one in question.distractor_facts if one]
            told = {sides.get(one.speaker) for one in borrowed if one.value.kind == "phrase"} - {None}
            assert told <= {sides[question.speaker]}, question.id


def test_every_topic_is_asked_about(bank):
    assert {question.topic for question in bank.questions} == {topic.id for topic in bank.topics}


def test_every_contested_fact_tells_why_and_no_contradicted_one_is_scored(bank):
    facts = bank.facts_by_id()
    for question in bank.questions:
        fact = facts[question.fact]
        if fact.status in (Status.CONTRADICTED, Status.OUTDATED):
            assert not question.scored, question.id
        if fact.status in (Status.DISPUTED, Status.CONTRADICTED, Status.OUTDATED):
            assert fact.note, question.id


def test_the_wrong_area_of_the_article_is_not_asked_as_knowledge():
    folder = next(one for one in FOLDERS if one.path.name == "karabakh-talks")
    bank = build_bank(folder.fact_base())
    area = next(fact for fact in bank.facts if fact.relation == "area")
    assert (area.status, area.scored, "Britannica" in area.reference) == (Status.CONTRADICTED, False, True)
    about = [question for question in bank.questions if question.fact == area.id]
    assert all(not question.scored and area.note in question.explanation for question in about)
    assert not any(area.id in question.distractor_facts for question in bank.questions)


def test_no_two_options_of_a_question_are_the_same(bank):
    for question in bank.questions:
        options = [fold(option).removeprefix("the ") for option in question_type(question.type).options(question.body)]
        assert len(options) == len(set(options)), question.id


def test_no_two_questions_ask_the_same_words_in_the_same_way(bank):
    assert max(Counter((one.type, fold(one.stem)) for one in bank.questions).values()) == 1


def test_every_stem_is_a_question_or_a_statement_to_judge(bank):
    for question in bank.questions:
        assert question.stem.endswith("." if question.type in ("true_false", "cloze") else "?"), question.id
        assert re.match(r"[A-Z“]", question.stem), question.id
        assert not re.search(r"[{}]|  | \?|\?\?|\.\?", question.stem), question.id


def test_no_stem_gives_its_own_key_away(bank):
    given_away = []
    for question in asked(bank, "single_choice", "numeric"):
        key = re.escape(fold(question_type(question.type).key(question.body)).removeprefix("the ").strip("“”"))
        if re.search(rf"(?<!\w){key}(?!\w)", fold(question.stem)):
            given_away.append(question.id)
    assert given_away == []


def test_no_explanation_is_missing_the_key(bank):
    missing = [
        question.id
        for question in asked(bank, "single_choice")
        if question.recipe in (*CHOICES, "who-said-it")
        and fold(question.body.key).removeprefix("the ").removesuffix(" itself") not in fold(question.explanation)
    ]
    assert missing == []


def test_every_borrowed_option_names_a_fact_that_has_it(bank):
    facts = bank.facts_by_id()
    for question in asked(bank, "single_choice"):
        for one in question.body.distractors:
            assert one.reason, question.id
            if one.fact is not None and question.recipe in CHOICES:
                assert facts[one.fact].value.text == one.text, question.id
            if one.fact is not None:
                assert one.fact != question.fact


def test_no_wrong_option_is_another_spelling_of_the_key_or_of_a_fact_that_is_also_right(bank):
    facts = bank.facts_by_id()
    for question in asked(bank, "single_choice"):
        fact = facts[question.fact]
        if question.recipe in CHOICES:
            spellings = {fold(spelling) for spelling in fact.value.spellings}
            assert spellings.isdisjoint(fold(one.text) for one in question.body.distractors), question.id
            assert fact.not_with.isdisjoint(question.distractor_facts), question.id


def test_no_wrong_option_stands_in_the_sentence_of_the_fact_anyway(bank):
    facts = bank.facts_by_id()
    found = []
    for question in bank.questions:
        if question.recipe in CHOICES:
            rest = fold(facts[question.fact].with_value(" _ "))
            words = (fold(one.text).removeprefix("the ") for one in question.body.distractors)
            found += [(question.id, one) for one in words if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", rest)]
    assert found == []


def test_no_number_said_to_be_nobodys_is_given_by_another_fact(bank):
    given = {fold(spelling) for fact in bank.facts if fact.value for spelling in fact.value.spellings}
    for question in asked(bank, "single_choice"):
        nobodys = [fold(one.text) for one in question.body.distractors if one.fact is None]
        if question.recipe in CHOICES:
            assert given.isdisjoint(nobodys), question.id


def test_the_words_of_a_fact_are_a_right_response_to_its_number(bank):
    facts = bank.facts_by_id()
    for question in asked(bank, "numeric"):
        kind, fact = question_type(question.type), facts[question.fact]
        for typed in (*fact.value.spellings, kind.key(question.body), kind.answer_text(question.body)):
            reading = kind.read({"response": typed}, question.body, SeededOrder(1))
            assert isinstance(reading, Given), (question.id, typed)
            assert kind.grade(question.body, reading.response).score == 1, (question.id, typed)


def test_statements_to_judge_are_the_articles_own_and_about_half_are_true(bank):
    facts = bank.facts_by_id()
    judged = asked(bank, "true_false")
    for question in judged:
        fact = facts[question.fact]
        assert fact.speaker is None, question.id
        assert fact.status in (Status.UNCONTESTED, Status.SINGLE_SOURCE), question.id
        assert fact.kind not in (FactKind.CLAIM, FactKind.CHARACTERISATION, FactKind.PREDICTION), question.id
    true = sum(question.body.is_true for question in judged)
    assert len(judged) < ENOUGH_TO_COUNT or 0.35 <= true / len(judged) <= 0.65


def test_no_voice_is_the_answer_to_more_than_half_of_who_said_it(bank):
    said = [question for question in bank.questions if question.recipe == "who-said-it"]
    keys = Counter(question.body.key for question in said)
    assert max(keys.values(), default=0) <= len(said) / 2


def test_two_voices_of_one_side_are_never_offered_together(bank):
    sides = {speaker.name: speaker.side for speaker in bank.source.speakers if speaker.kind is not SpeakerKind.BOTH}
    for question in bank.questions:
        if question.recipe == "who-said-it":
            texts = question_type(question.type).options(question.body)
            heard = [sides[text] for text in texts if text in sides]
            assert len(heard) == len(set(heard)), question.id


GUESSES = {
    "the first": lambda options: options[0],
    "the second": lambda options: options[1],
    "the last but one": lambda options: options[-2],
    "the last": lambda options: options[-1],
    "the longest": lambda options: max(options, key=len),
    "the shortest": lambda options: min(options, key=len),
}


def holds_chance(questions, guess):
    """Whether guessing by one habit does no better or worse than chance, as far as so many questions can tell."""
    hits = chance = Fraction(0)
    for question in questions:
        options = question_type(question.type).options(question.body)
        hits += guess(options) == question.body.key
        chance += Fraction(1, len(options))
    found = plausible_range(float(hits / len(questions)), len(questions))
    return found.low <= chance / len(questions) <= found.high


@pytest.mark.parametrize("habit", ["the first", "the second", "the last but one", "the last"])
def test_among_ordered_options_the_key_has_no_favourite_place(bank, habit):
    ordered = [question for question in asked(bank, "single_choice") if question.body.in_order]
    assert len(ordered) < ENOUGH_TO_COUNT or holds_chance(ordered, GUESSES[habit])


@pytest.mark.parametrize("habit", ["the longest", "the shortest"])
@pytest.mark.parametrize("recipes", [CHOICES, {"what-is-it"}], ids=["value choices", "what-is-it"])
def test_the_length_of_an_option_gives_nothing_away(bank, recipes, habit):
    questions = [one for one in asked(bank, "single_choice") if one.recipe in recipes and not one.body.in_order]
    assert len(questions) < ENOUGH_TO_COUNT or holds_chance(questions, GUESSES[habit])


def test_among_shuffled_options_the_key_has_no_favourite_place(bank):
    shuffled = [question for question in asked(bank, "single_choice") if not question.body.in_order]
    places, chance, count = Counter(), 0.0, 0
    for seed in range(30):
        for number, question in enumerate(shuffled):
            shown = question_type(question.type).present(question.body, option_order(seed, number))
            places[next(option.place for option in shown if option.index == 0)] += 1
            chance += 1 / len(shown)
            count += 1
    for place in (1, 2, 3):
        assert places[place] / count == pytest.approx(chance / count, abs=0.05)
