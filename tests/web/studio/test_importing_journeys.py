"""Whole files as teachers have them: the look is truthful, all of it comes in, and is undone as a whole."""

import re
from pathlib import Path

import pytest

from quizapp.domain.questions.question import Bank
from quizapp.domain.roles import Actor, Role
from quizapp.services.shelf import editable
from quizapp.services.stored_banks import stored_bank
from tests.web.conftest import text_of
from tests.web.studio.test_bank_imports import confirm, look

MOODLE = Path(__file__).parents[2] / "files" / "moodle-4-export.xml"
HEAD = "Question,Option A,Option B,Option C,Option D,Correct,Feedback,Category"


def rows_of_a_table(count: int) -> list[str]:
    """Make rows as a teacher writes them; every fiftieth has no answer, every sixtieth repeats the one before."""
    rows: list[str] = []
    for number in range(count):
        if number % 60 == 59:
            rows.append(rows[-1])
            continue
        right = "" if number % 50 == 49 else "ABCD"[number % 4]
        answers = [f"berth {(number + place) % 300}" for place in range(4)]
        rows.append(f'Where does boat {number} lie?,{",".join(answers)},{right},"Boat {number}, as listed.",Fleet')
    return rows


def bank_now(runtime, name: str) -> Bank:
    with runtime.reading() as session:
        return stored_bank(session, name, editable(Actor(0, Role.ADMIN))).bank


def undo(visitor, page, back: str):
    """Press the button in the message on a page."""
    return visitor.post(re.search(r'action="(/studio/steps/\d+/undo)"', page.text)[1], back=back)


def test_a_table_of_300_questions_comes_in_as_the_look_said_and_leaves_again(instructor, runtime):
    file = "\n".join((HEAD, *rows_of_a_table(300))).encode()
    page = look(instructor, text="", title="", file=file, file_name="fleet.csv")
    words = text_of(page)
    assert "290 questions to import" in words and "290 new 0 changed 5 duplicate 5 refused" in words
    assert "Where does boat 58 lie? Line 60 has the same question. Duplicate line 61" in words
    assert re.search(r"Where does boat 49 lie\? [^?]+ Refused line 51", words)
    answer = confirm(instructor, page)
    assert answer.status_code == 303
    told = instructor.get(answer.location)
    bank = bank_now(runtime, "fleet")
    assert len(bank.questions) == 290
    again = text_of(look(instructor, text="", title="", file=file, file_name="fleet.csv"))
    assert "0 new 0 changed 295 duplicate 5 refused" in again and "Import them" not in again
    assert undo(instructor, told, answer.location).location == "/studio"
    assert "Undone: Imported 290 questions from fleet.csv" in text_of(instructor.get("/"))
    assert instructor.get(answer.location).status_code == 404


def test_an_export_of_moodle_comes_in_as_the_look_said_and_leaves_the_bank_as_it_was(instructor, runtime):
    before = bank_now(runtime, "harbour")
    page = look(instructor, text="", title="", bank="harbour", file=MOODLE.read_bytes(), file_name=MOODLE.name)
    words = text_of(page)
    assert "Read as Moodle XML" in words and "8 questions to import" in words
    assert "8 new 0 changed 0 duplicate 5 refused" in words
    for told in (
        "It is an essay, and nothing here can grade it. Refused line 228",
        "It is a text to read (a description), and nothing can be asked. Refused line 256",
        "It is of the type “ddwtos”, which there is not here. Refused line 273",
        "It is of the type “calculated”, which there is not here. Refused line 296",
        "No answer is marked as right. Refused line 372",
        "A picture or a sound was left out. Its hints were left aside. New line 15",
    ):
        assert told in words
    assert bank_now(runtime, "harbour") == before
    assert confirm(instructor, page).location == "/banks/harbour"
    after = bank_now(runtime, "harbour")
    added = {one.id: one for one in after.questions if one not in before.questions}
    assert len(added) == 8 and {one.type for one in added.values()} == {
        *("single_choice", "multiple_choice", "true_false", "short_answer"),
        *("numeric", "matching", "cloze", "ordering"),
    }
    puffin = added["puffin-berth"]
    assert puffin.stem == "Where did the Puffin lie in the winter of 1910?" and puffin.body.key == "Crab Bay"
    assert [one.reason for one in puffin.body.distractors] == [
        "That was the Tern & her crew.",
        'alert("pier")It was under repair.',  # words, and no script any more
    ]
    assert {topic.label for topic in after.topics} - {topic.label for topic in before.topics} == {
        "Boats",
        "Trade & wages",
    }
    answer = undo(instructor, instructor.get("/banks/harbour"), "/banks/harbour")
    assert (answer.status_code, answer.location) == (303, "/banks/harbour")
    assert bank_now(runtime, "harbour") == before


def test_what_was_edited_since_is_not_undone_over_somebodys_head(instructor, runtime):
    confirm(instructor, look(instructor, text="", bank="harbour", file=MOODLE.read_bytes(), file_name=MOODLE.name))
    page = instructor.get("/banks/harbour")
    edited = MOODLE.read_bytes().replace(b"<p>Crab Bay</p>", b"<p>Crab Bay, north</p>")
    second = look(instructor, text="", bank="harbour", file=edited, file_name=MOODLE.name)
    assert "0 new 1 changed 7 duplicate 5 refused" in text_of(second)
    confirm(instructor, second)
    answer = undo(instructor, page, "/banks/harbour")
    assert answer.status_code == 409
    (puffin,) = (one for one in bank_now(runtime, "harbour").questions if one.id == "puffin-berth")
    assert puffin.body.key == "Crab Bay, north"


@pytest.mark.parametrize("format_name", ["gift", "moodle-xml", "json", "csv"])
def test_what_is_exported_and_imported_again_is_known(instructor, runtime, format_name):
    confirm(instructor, look(instructor, text="", title="Fleet", file=MOODLE.read_bytes(), file_name=MOODLE.name))
    page = instructor.get(f"/banks/fleet/export/{format_name}")
    words = text_of(look(instructor, text="", title="", bank="fleet", file=page.data, file_name="back"))
    assert "Nothing to import" in words and " 0 new 0 changed " in words
