from dataclasses import replace

import pytest

from quizapp.cli.bank_folders import bank_folders
from quizapp.domain.errors import InvalidContent
from quizapp.domain.facts.fact import SourceKind, Status
from quizapp.domain.facts.passage import Passage
from quizapp.domain.facts.retelling import Part, Section
from quizapp.domain.facts.retelling import Passage as Told
from quizapp.domain.questions.bank_folder import NO_RETELLING, bank_of_folder, base_of, built_of, folder_of
from quizapp.domain.questions.bank_formats.json_format import FORMAT_VERSION, JsonFormat
from quizapp.domain.questions.bank_formats.json_reading import read_bank
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.settings import CHECKOUT
from tests.every_type import every_type_bank
from tests.factories import harbour_facts, make_bank, make_claim, make_fact, make_fact_base, make_question


def as_stored(bank):
    """Return a bank as a database gives it back: without what only recipes need."""
    return read_bank(JsonFormat().write(bank), FORMAT_VERSION)


SHIPPED = [as_stored(build_bank(folder.fact_base())) for folder in bank_folders(CHECKOUT / "questions")]
ODD = as_stored(
    make_bank(
        [
            make_fact("own-1", ask="what, without a mark", value_of="", relation=""),
            make_fact("Odd id!", statement="It says “a \\ b”, twice 40 tons and 40 tons.", value_text="40 tons"),
            replace(make_fact("quoted"), passage=Passage(4, 9, 'a"\n\\b'), review_by="2026-01-02"),
            make_claim("told", status=Status.DISPUTED, note="They differ.", reference="A \t tab"),
        ],
        kind=SourceKind.DECK,
    )
)


@pytest.mark.parametrize("bank", [*SHIPPED, as_stored(every_type_bank()), ODD], ids=lambda bank: bank.title)
def test_a_folder_is_read_as_the_same_bank_with_and_without_its_questions_file(bank):
    files = dict(folder_of(bank).files)
    assert bank_of_folder(bank.name, files) == bank
    assert files.pop("questions.json") == JsonFormat().write(bank)
    assert as_stored(bank_of_folder(bank.name, files)) == bank


def test_a_bank_without_facts_is_a_folder_too():
    empty = replace(make_bank(), facts=(), questions=())
    assert bank_of_folder("harbour", folder_of(empty).files) == empty


def test_the_value_is_marked_where_its_words_stand_once_and_else_said_beside():
    text = folder_of(ODD).files["facts.toml"].decode()
    assert "landed {40 tons} that month" in text
    assert 'value = "40 tons"' in text


def test_the_text_of_the_source_is_in_no_file_and_that_is_said():
    written = folder_of(replace(ODD, text="Nobody else may read this."))
    assert b"Nobody else may read" not in b"".join(written.files.values())
    assert any("stays here" in note for note in written.notes)


def test_a_retelling_is_made_whole_or_left_out_with_a_word():
    bank = as_stored(make_bank([make_fact("one"), make_fact("two", value_text="15 tons")]))
    told = replace(bank, retelling=(Section("Boats", (Told((3,), None, (Part("It landed.", "one"),)),)),))
    assert b"(two)" in folder_of(told).files["retelling.toml"]
    silent = make_claim("nameless")
    mute = replace(told, facts=(*bank.facts, silent))
    written = folder_of(mute)
    assert "retelling.toml" not in written.files
    assert written.notes == (NO_RETELLING,)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("facts.toml", "that month", "that year"),
        ("bank.toml", "The harbour", "Another harbour"),
        ("written.json", "In the article", "In the report"),
    ],
)
def test_questions_that_are_older_than_the_other_files_are_refused(name, old, new):
    files = dict(folder_of(as_stored(make_bank())).files)
    files[name] = files[name].replace(old.encode(), new.encode())
    with pytest.raises(InvalidContent, match=r"questions\.json: it is older than the other files"):
        bank_of_folder("harbour", files)
    del files["questions.json"]
    assert bank_of_folder("harbour", files).name == "harbour"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bank.toml", b"title = 1\n", "`title` must be text"),
        ("bank.toml", b"\xff", "it is not UTF-8"),
        ("facts.toml", b'\n[[fact]]\nid = "a"\n', "facts.toml:2:"),
        ("written.json", b"[]", "written.json: it must hold an object"),
        ("written.json", b'{"format": 2, "questions": []}', "`format` must be 1"),
        ("written.json", b'{"format": 1, "questions": [{}]}', "there is no question type"),
    ],
)
def test_what_is_wrong_is_told_with_its_file(name, data, said):
    files = dict(folder_of(as_stored(make_bank())).files) | {name: data}
    del files["questions.json"]
    with pytest.raises(InvalidContent) as refused:
        built_of("harbour", files)
    assert said in str(refused.value)


def test_a_question_that_is_written_by_hand_is_kept_and_takes_the_place_of_a_made_one_of_its_name():
    base = make_fact_base([*harbour_facts(), make_fact("other-catch")])
    made = build_bank(base)
    by_hand = make_question(id="by-hand", facts=(made.facts[0].id,))
    other = replace(made.questions[0], stem="In the article, what is asked instead?")
    built = build_bank(base, written=(by_hand, other))
    assert built.questions == (other, *made.questions[1:], by_hand)


def test_a_written_question_must_rest_on_facts_topics_and_speakers_that_are_there():
    files = dict(folder_of(as_stored(make_bank())).files)
    stranger = files["written.json"].replace(b'"topic": "trade"', b'"topic": "space"')
    with pytest.raises(InvalidContent, match="no topic “space”"):
        built_of("harbour", files | {"written.json": stranger})


def test_only_the_recipes_that_the_file_names_are_run():
    files = {name: data for name, data in folder_of(as_stored(make_bank())).files.items() if name.endswith(".toml")}
    assert built_of("harbour", files).questions == ()
    some = files["bank.toml"].replace(b"recipes = []", b'recipes = ["how-many"]')
    made = built_of("harbour", files | {"bank.toml": some}).questions
    assert {question.recipe for question in made} == {"how-many"}
    with pytest.raises(InvalidContent, match="there is no recipe “no-such”"):
        built_of("harbour", files | {"bank.toml": some.replace(b"how-many", b"no-such")})
    assert base_of("harbour", files).recipes == ()
