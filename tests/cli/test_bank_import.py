import json
from pathlib import Path

import pytest

from tests.cli.conftest import BANK


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "capitals.csv"
    path.write_text("Spain?,Madrid\nFrance?,Paris\n", encoding="utf-8")
    return path


def rows(result):
    return [(row["verdict"], row["line"], row["type"], row["reason"]) for row in json.loads(result.stdout)["rows"]]


def test_importing_says_how_many_rows_came_to_what(run, deck):
    assert run("bank", "import", str(deck)).stdout == "capitals: 2 new, 0 changed, 0 duplicate, 0 refused.\n"
    again = run("bank", "import", str(deck)).stdout
    assert "line 1: duplicate  Spain?  [the bank has this card.]" in again
    assert again.endswith("capitals: 0 new, 0 changed, 2 duplicate, 0 refused.\n")


def test_a_dry_run_says_the_same_and_writes_nothing(run, deck):
    for _ in range(2):
        assert (
            "2 new, 0 changed, 0 duplicate, 0 refused. Nothing was written."
            in run("bank", "import", str(deck), "--dry-run").stdout
        )


def test_json_lists_every_row(run, deck):
    deck.write_text("Spain?,Madrid\nSpain?,Madrid\nFrance?,\n", encoding="utf-8")
    result = run("bank", "import", str(deck), "--json", status=1)
    assert rows(result) == [
        ("new", 1, "short_answer", ""),
        ("duplicate", 2, "short_answer", "line 1 has this front."),
        ("refused", 3, "", "the back is empty."),
    ]
    data = json.loads(result.stdout)
    assert {"verdict", "line", "name", "type", "reason"} <= data["rows"][0].keys()
    assert data["counts"] == {"new": 1, "changed": 0, "duplicate": 1, "refused": 1}
    assert (data["bank"], data["dry_run"]) == ("capitals", False)


def test_an_edited_back_is_a_change(run, deck):
    run("bank", "import", str(deck))
    deck.write_text("Spain?,Toledo\n", encoding="utf-8")
    assert rows(run("bank", "import", str(deck), "--json")) == [
        ("changed", 1, "short_answer", "its back was “Madrid”.")
    ]


def test_a_refused_row_fails_the_command_and_the_others_come_in(run, deck):
    deck.write_text('Spain?,Madrid\nFrance?,"Paris\nItaly?,Rome\n', encoding="utf-8")
    assert "line 2: refused" in run("bank", "import", str(deck), status=1).stdout
    assert "2 duplicate, 1 refused" in run("bank", "import", str(deck), status=1).stdout


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "it is empty"), (b"caf\xe9,x\n", "not UTF-8"), (b"one\ntwo\n", "two columns"), (b"\x00" * 99, "not text")],
)
def test_what_is_no_deck_ends_with_two(run, deck, data, reason):
    deck.write_bytes(data)
    said = run("bank", "import", str(deck), status=2).stderr
    assert said.startswith("capitals.csv: ") and reason in said
    told = json.loads(run("bank", "import", str(deck), "--json", status=2).stdout)
    assert told["rows"] == [] and reason in told["problems"][0]


def test_a_file_that_is_not_there_ends_with_two(run):
    run("bank", "import", "nowhere.csv", status=2)


def test_the_format_and_the_bank_can_be_named(run, deck):
    deck.write_text("Spain?\tMadrid, the city\n", encoding="utf-8")
    told = run("bank", "import", str(deck), "--format", "tsv", "--bank", "My cards").stdout
    assert told == "my-cards: 1 new, 0 changed, 0 duplicate, 0 refused.\n"
    run("bank", "import", str(deck), "--format", "nothing", status=2)


def test_a_bank_of_the_folder_is_not_overwritten(run, deck):
    run("load")
    assert "came from the questions folder" in run("bank", "import", str(deck), "--bank", BANK, status=1).stderr
    assert "nothing changed" in run("load").stdout


GIFT = "$CATEGORY: Fleet\n\n::puffin::Where did it lie?{=Crab Bay ~Gull Island ~the Pier}\n\n::essay::Tell us more.{}\n"


def test_a_file_of_another_program_says_what_became_of_each_question(run, tmp_path):
    path = tmp_path / "fleet.gift"
    path.write_text(GIFT, encoding="utf-8")
    dry = run("bank", "import", str(path), "--dry-run", "--json", status=1)
    data = json.loads(dry.stdout)
    assert (data["bank"], data["format"], data["dry_run"]) == ("fleet", "gift", True)
    assert [(row["verdict"], row["line"], row["name"], row["type"]) for row in data["rows"]] == [
        ("new", 3, "puffin", "single_choice"),
        ("refused", 5, "essay", ""),
    ]
    assert "essay" in data["rows"][1]["reason"]
    first = run("bank", "import", str(path), status=1).stdout
    assert first.endswith("fleet: 1 new, 0 changed, 0 duplicate, 1 refused.\n")
    path.write_text(
        GIFT.replace("::essay::Tell us more.{}", "::tern::Where was the Tern?{=Crab Bay ~Gull Island ~here}")
    )
    verdicts = [row[0] for row in rows(run("bank", "import", str(path), "--bank", "fleet", "--json"))]
    assert verdicts == ["duplicate", "new"]


@pytest.mark.parametrize(
    ("format_name", "data"),
    [
        ("json", b'{"bank": 1}'),
        ("moodle-xml", b'<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>'),
        ("gift", b"\x00" * 99),
        ("aiken", b""),
        ("csv", b"question,correct\n\xff\xfe"),
    ],
)
def test_what_is_no_such_file_ends_with_two_and_writes_nothing(run, tmp_path, format_name, data):
    path = tmp_path / "file.txt"
    path.write_bytes(data)
    told = json.loads(run("bank", "import", str(path), "--format", format_name, "--json", status=2).stdout)
    assert told["rows"] == [] and told["problems"]


def test_an_imported_bank_is_exported_and_what_stays_behind_is_said_first(run, tmp_path):
    path = tmp_path / "fleet.gift"
    path.write_text(GIFT + "\n::order::Which first?{=the boat -> 1 =the pier -> 2}\n", encoding="utf-8")
    run("bank", "import", str(path), status=1)
    out = tmp_path / "out.aiken"
    said = run("bank", "export", "fleet", "--format", "aiken", "-o", str(out))
    assert "1 question: The whole question" in said.stderr and "Which first?" in said.stderr
    assert "ANSWER: " in out.read_text()
    again = run("bank", "import", str(out), "--bank", "fleet", "--json")
    assert [row[0] for row in rows(again)] == ["duplicate"]
