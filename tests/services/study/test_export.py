import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from quizapp.domain.errors import NotFound
from quizapp.domain.roles import Actor
from quizapp.services.bank_transfer import load_bank
from quizapp.services.study import export
from tests.domain.memory.anki_reading import read_anki_package
from tests.factories import NOON, harbour_facts, make_bank
from tests.services.studying import BANK, card_of, take
from tests.services.taking import take as take_quiz

DAY = timedelta(days=1)


def log_of(session, actor: Actor) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(export.review_log_csv(session, actor)))))


def test_the_log_holds_every_review_with_the_memory_before_and_after(session, guest, stranger):
    first = take(session, guest)
    take(session, guest, right=False)
    take(session, guest, now=NOON + 3 * DAY)
    take_quiz(session, guest, 5)
    take(session, stranger)
    rows = log_of(session, guest)
    assert [row["kind"] for row in rows[:3]] == ["study"] * 3
    assert len(rows) >= 8
    assert (rows[0]["fact"], rows[0]["question"], rows[0]["before_stability"]) == (first.fact.id, "card", "")
    by_fact: dict[str, str] = {}
    for row in rows:
        assert row["before_stability"] == by_fact.get(row["fact"], "")
        by_fact[row["fact"]] = row["after_stability"]
    assert float(by_fact[first.fact.id]) == card_of(session, guest, first.fact.id).stability


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_text_is_run_as_a_formula(start):
    assert next(csv.reader([export._line([f"{start}SUM(A1)", -3])])) == [f"'{start}SUM(A1)", "-3"]


def test_a_bank_becomes_an_anki_package_with_schedule_and_history(session, guest):
    first = take(session, guest)
    take(session, guest, right=False)
    found = export.anki_package(session, guest, BANK, NOON)
    package = read_anki_package(found.data)
    assert found.file_name == "harbour.apkg"
    assert len(package.notes) == found.notes == 11
    assert len(package.revlog) == 2
    assert len({note["guid"] for note in package.notes}) == found.notes
    assert {card["type"] for card in package.cards} == {0, 1, 2}
    assert any(first.face.back in note["flds"].split("\x1f") for note in package.notes)


def test_every_card_says_who_says_it_on_both_sides(session, guest):
    package = read_anki_package(export.anki_package(session, guest, BANK, NOON).data)
    for place in range(len(package.notes)):
        front, front_voice, back, _, back_voice, *_ = package.fields(place)
        assert all((front, front_voice, back, back_voice))


def test_a_second_export_of_an_edited_bank_updates_and_never_doubles(session, guest):
    before = read_anki_package(export.anki_package(session, guest, BANK, NOON).data)
    facts = harbour_facts()
    facts[0] = replace(facts[0], ask="how much did the first boats land?")
    load_bank(session, make_bank(facts), NOON)
    after = read_anki_package(export.anki_package(session, guest, BANK, NOON + DAY).data)
    assert {note["guid"] for note in before.notes} == {note["guid"] for note in after.notes}
    assert {note["id"] for note in before.notes} == {note["id"] for note in after.notes}
    assert [note["flds"] for note in before.notes] != [note["flds"] for note in after.notes]


def test_an_unknown_bank_has_no_package(session, guest):
    with pytest.raises(NotFound):
        export.anki_package(session, guest, "nowhere", NOON)
