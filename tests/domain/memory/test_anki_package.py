import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha1
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from quizapp.domain.memory.anki_collection import BACK_TEMPLATE, FIELDS, FRONT_TEMPLATE, deck_id, number_from
from quizapp.domain.memory.anki_note import AnkiMemory, AnkiNote, AnkiReview, AnkiReviewKind, AnkiState
from quizapp.domain.memory.anki_package import kept_apart, write_anki_package
from tests.domain.memory.anki_reading import ReadPackage, read_anki_package

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
REVIEW = AnkiReview(NOW - DAY * 3, 3, DAY * 3, timedelta(minutes=10), AnkiReviewKind.LEARN, 4200)
MEMORY = AnkiMemory(AnkiState.REVIEW, 5, None, 8, 4, 1, 8.25, 5.5, NOW - DAY * 3, 0.9)
NOTE = AnkiNote(
    key="harbour/catch-weight",
    front="How much did the boats land?",
    front_voice="The harbour master said",
    back="40 tons",
    statement="The boats landed 40 tons that month.",
    back_voice="The harbour master said",
    place="paragraph 3",
    note="The port’s own figures say 38.",
)


def written(*notes: AnkiNote, deck: str = "Harbour", now: datetime = NOW, **how: object) -> ReadPackage:
    return read_anki_package(write_anki_package(deck, notes or (NOTE,), now, **how))


def card_with(**memory: object) -> dict:
    return written(replace(NOTE, memory=replace(MEMORY, **memory))).cards[0]


def test_a_package_holds_a_collection_of_schema_11_and_no_media():
    package = written()
    assert list(package.members) == ["collection.anki2", "media"]
    assert package.members["media"] == b"{}"
    assert package.col["ver"] == 11
    assert package.col["conf"]["schedVer"] == 2


def test_the_same_notes_at_the_same_moment_give_the_same_bytes(tmp_path):
    notes = [replace(NOTE, key=f"harbour/{n}", memory=MEMORY, reviews=(REVIEW,)) for n in range(40)]
    data = write_anki_package("Harbour", notes, NOW)
    assert write_anki_package("Harbour", notes, NOW) == data
    (tmp_path / "harbour.apkg").write_bytes(data)
    with ZipFile(tmp_path / "harbour.apkg") as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_deck_without_notes_can_be_written():
    package = read_anki_package(write_anki_package("Harbour", (), NOW))
    assert (package.notes, package.cards, package.revlog) == ((), (), ())


def test_a_note_is_one_card_in_the_deck_of_our_note_type():
    package = written(deck="News::Harbour")
    (note,), (card,) = package.notes, package.cards
    assert card["nid"] == note["id"]
    assert package.col["decks"][str(card["did"])]["name"] == "News::Harbour"
    assert [field["name"] for field in package.col["models"][str(note["mid"])]["flds"]] == list(FIELDS)
    assert len(package.fields()) == len(FIELDS)


def test_both_sides_say_whose_word_it_is():
    (note_type,) = written().col["models"].values()
    (template,) = note_type["tmpls"]
    assert (template["qfmt"], template["afmt"]) == (FRONT_TEMPLATE, BACK_TEMPLATE)
    assert "{{Front voice}}" in template["qfmt"]
    assert all(f"{{{{{name}}}}}" in template["afmt"] for name in ("FrontSide", "Back voice", "Place", "Note"))
    assert ".nightMode" in note_type["css"]


def test_an_edited_note_keeps_everything_that_tells_it_apart():
    edited = replace(NOTE, front="Edited", back="Edited", tags=("edited",), memory=MEMORY, reviews=(REVIEW,))
    before, after = written(), written(replace(NOTE, key="harbour/another"), edited, now=NOW + DAY)
    note = next(note for note in after.notes if "Edited" in note["flds"])
    assert [note[name] for name in ("id", "guid", "mid")] == [before.notes[0][name] for name in ("id", "guid", "mid")]
    assert before.cards[0]["id"] in {card["id"] for card in after.cards}
    assert note["mod"] == before.notes[0]["mod"] + 24 * 60 * 60


def test_the_note_type_is_as_old_in_every_export():
    assert written().col["models"] == written(now=NOW + DAY * 400).col["models"]


def test_numbers_look_like_past_moments_and_fit_into_javascript():
    package = written(*(replace(NOTE, key=str(n)) for n in range(200)))
    numbers = [row["id"] for row in (*package.notes, *package.cards)] + [deck_id(name) for name in ("A", "A::B")]
    assert len(set(numbers)) == 402
    assert all(1.3e12 <= number < 1.6e12 for number in numbers)
    assert number_from("a") == number_from("a") != number_from("b")


def test_equal_numbers_are_moved_to_the_next_free_ones():
    assert list(kept_apart([3, 3, 3, 4, 9])) == [3, 4, 5, 6, 9]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("2 < 3 & 4 > 3", "2 &lt; 3 &amp; 4 &gt; 3"),
        ("<script>alert('1')</script>", "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;"),
        ("one\ntwo\r\nthree\rfour", "one<br>two<br>three<br>four"),
        ("one\x1ftwo", "one two"),
        ("b\x00e\x07l\x1bl\tend", "bell\tend"),
        ("e\u0301", "\u00e9"),
    ],
)
@pytest.mark.parametrize("place", range(len(FIELDS)))
def test_every_field_is_plain_text_made_safe(text, field, place):
    names = ("front", "front_voice", "back", "statement", "back_voice", "place", "note")
    package = written(replace(NOTE, **{names[place]: text}))
    assert len(package.fields()) == len(FIELDS)
    assert package.fields()[place] == field


@pytest.mark.parametrize(
    ("front", "seen"),
    [
        ("How much?", "How much?"),
        ("2 < 3\n& more", "2 < 3& more"),
        ("40\xa0tons", "40\xa0tons"),
        ("it’s 40\xa0tons & more", "it’s 40 tons & more"),
    ],
)
def test_sorting_and_checksum_go_by_what_is_seen_of_the_front(front, seen):
    (note,) = written(replace(NOTE, front=front)).notes
    assert note["sfld"] == seen
    assert note["csum"] == int(sha1(seen.encode()).hexdigest()[:8], 16)  # noqa: S324 - Anki's checksum


@pytest.mark.parametrize(
    ("tags", "stored"),
    [((), ""), (("",), ""), (("on the  sea", "a\x1fb\tc", "z", "z"), " a-b-c on-the-sea z "), (("a::b",), " a::b ")],
)
def test_a_tag_has_no_space_and_stands_once(tags, stored):
    assert written(replace(NOTE, tags=tags)).notes[0]["tags"] == stored


@pytest.mark.parametrize("front", ["", " \n\t", "\x1f", "\x00"])
def test_a_note_without_a_front_is_refused_by_name(front):
    with pytest.raises(ValueError, match="harbour/catch-weight"):
        written(replace(NOTE, front=front))


def test_two_notes_with_one_key_are_refused():
    with pytest.raises(ValueError, match="harbour/catch-weight"):
        written(NOTE, replace(NOTE, front="Another"))


@pytest.mark.parametrize("deck", ["", " ", "A::", "::B", "A::\x1f::B"])
def test_a_deck_without_a_name_is_refused(deck):
    with pytest.raises(ValueError, match="need a name"):
        written(deck=deck)


def test_a_deck_name_is_one_line():
    assert "News of::the day" in [deck["name"] for deck in written(deck="News\nof :: the\x1fday").col["decks"].values()]


def test_new_cards_keep_their_order():
    notes = [replace(NOTE, key=key, front=key) for key in ("c", "a", "b")]
    package = written(*notes)
    fronts = {note["id"]: note["sfld"] for note in package.notes}
    assert [fronts[card["nid"]] for card in package.cards] == ["c", "a", "b"]
    assert [(card["type"], card["queue"], card["due"], card["data"]) for card in package.cards] == [
        (0, 0, place, "{}") for place in (1, 2, 3)
    ]


IN_A_MOMENT = NOW + timedelta(minutes=7)


@pytest.mark.parametrize(
    ("state", "due_at", "stored"),
    [
        (AnkiState.REVIEW, None, (2, 2, 3655, 8, 2500, 0)),
        (AnkiState.LEARNING, IN_A_MOMENT, (1, 1, IN_A_MOMENT.timestamp(), 0, 0, 1001)),
        (AnkiState.LEARNING, None, (1, 3, 3655, 0, 0, 1001)),
        (AnkiState.RELEARNING, IN_A_MOMENT, (3, 1, IN_A_MOMENT.timestamp(), 8, 2500, 1001)),
        (AnkiState.RELEARNING, None, (3, 3, 3655, 8, 2500, 1001)),
    ],
)
def test_a_card_stands_where_its_memory_does(state, due_at, stored):
    card = card_with(state=state, due_at=due_at)
    assert tuple(card[name] for name in ("type", "queue", "due", "ivl", "factor", "left")) == stored
    assert (card["reps"], card["lapses"]) == (4, 1)


def test_what_is_remembered_goes_along():
    assert json.loads(card_with()["data"]) == {
        "s": 8.25,
        "d": 5.5,
        "dr": 0.9,
        "decay": 0.1542,
        "lrt": int((NOW - DAY * 3).timestamp()),
    }
    with pytest.raises(ValueError, match="JSON"):
        card_with(stability=float("nan"))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Baku", "America/New_York", "Pacific/Chatham", "Asia/Kolkata"])
@pytest.mark.parametrize("hour", range(0, 24, 3))
@pytest.mark.parametrize("rollover_hour", [0, 4])
def test_days_are_counted_from_the_study_day_of_the_export(zone, hour, rollover_hour):
    now, place = NOW.replace(hour=hour), ZoneInfo(zone)
    overdue = replace(NOTE, memory=replace(MEMORY, due_in_days=-2))
    package = written(overdue, now=now, zone=place, rollover_hour=rollover_hour)
    local = now.astimezone(place).replace(tzinfo=None)
    today = (local - timedelta(hours=rollover_hour)).date()
    assert first_day(package) + timedelta(days=package.cards[0]["due"]) == today - timedelta(days=2)


def first_day(package: ReadPackage) -> date:
    """Return the collection's first day as Anki reads it, from the moment and the minutes west of UTC."""
    conf = package.col["conf"]
    start = datetime.fromtimestamp(package.col["crt"], UTC) - timedelta(minutes=conf["creationOffset"])
    assert (start.hour, start.minute) == (conf["rollover"], 0)
    return start.date()


@pytest.mark.parametrize(
    ("kind", "number", "ease"),
    [
        (AnkiReviewKind.LEARN, 0, 0),
        (AnkiReviewKind.REVIEW, 1, 2500),
        (AnkiReviewKind.RELEARN, 2, 2500),
        (AnkiReviewKind.CRAM, 3, 0),
    ],
)
def test_a_review_keeps_its_kind_rating_and_time(kind, number, ease):
    package = written(replace(NOTE, memory=MEMORY, reviews=(replace(REVIEW, kind=kind),)))
    (review,) = package.revlog
    assert (review["type"], review["factor"]) == (number, ease)
    assert review["cid"] == package.cards[0]["id"]
    assert (review["id"], review["ease"], review["time"]) == (int(REVIEW.at.timestamp()) * 1000, 3, 4200)


@pytest.mark.parametrize(
    ("interval", "stored"),
    [
        (timedelta(0), 0),
        (timedelta(minutes=10), -600),
        (DAY - timedelta(seconds=1), -86399),
        (DAY, 1),
        (DAY * 15, 15),
    ],
)
def test_an_interval_is_days_or_else_seconds_below_zero(interval, stored):
    review = replace(REVIEW, interval=interval, last_interval=interval)
    (row,) = written(replace(NOTE, reviews=(review,))).revlog
    assert (row["ivl"], row["lastIvl"]) == (stored, stored)


def test_reviews_at_one_moment_all_stay_and_keep_their_order():
    reviews = tuple(replace(REVIEW, rating=rating) for rating in (1, 2, 3))
    package = written(replace(NOTE, key="b", reviews=reviews), replace(NOTE, key="a", reviews=reviews))
    first = int(REVIEW.at.timestamp()) * 1000
    assert [row["id"] for row in package.revlog] == [first + place for place in range(6)]
    assert [row["ease"] for row in package.revlog] == [1, 2, 3, 1, 2, 3]
    assert len({row["cid"] for row in package.revlog}) == 2


@pytest.mark.parametrize("rating", [0, 5, -1])
def test_a_rating_that_no_button_gives_is_refused(rating):
    with pytest.raises(ValueError, match="rating"):
        replace(REVIEW, rating=rating)


@pytest.mark.parametrize(
    "change", [{"interval": -DAY}, {"last_interval": -DAY}, {"duration_ms": -1}], ids=lambda change: next(iter(change))
)
def test_time_that_runs_backwards_is_refused(change):
    with pytest.raises(ValueError, match="below zero"):
        replace(REVIEW, **change)


NAIVE = NOW.replace(tzinfo=None)


@pytest.mark.parametrize(
    "note",
    [
        replace(NOTE, reviews=(replace(REVIEW, at=NAIVE),)),
        replace(NOTE, memory=replace(MEMORY, last_review=NAIVE)),
        replace(NOTE, memory=replace(MEMORY, state=AnkiState.LEARNING, due_at=NAIVE)),
    ],
    ids=["review", "memory", "step"],
)
def test_a_moment_without_a_zone_is_refused(note):
    with pytest.raises(ValueError, match="has no zone"):
        written(note)


def test_a_package_is_not_written_at_a_moment_without_a_zone():
    with pytest.raises(ValueError, match="has no zone"):
        written(now=NAIVE)
