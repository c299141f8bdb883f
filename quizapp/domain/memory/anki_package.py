"""Anki packages (.apkg): facts as notes, what a learner remembers of them, and every review.

A package is a ZIP archive of an SQLite file in Anki's schema 11, which every Anki reads. An export made later updates
the notes of an earlier one, because whatever tells a note apart follows from its `key`. Same input, same bytes.
"""

import html
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, time, timedelta, tzinfo
from hashlib import sha1, sha256
from io import BytesIO
from itertools import accumulate
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from quizapp.domain.memory import anki_collection
from quizapp.domain.memory.anki_collection import deck_id, number_from
from quizapp.domain.memory.anki_note import AnkiMemory, AnkiNote, AnkiReviewKind, AnkiState

DAY = timedelta(days=1)
FIELD_SEPARATOR = "\x1f"
# An export day far from the collection's first keeps an overdue card's day number above zero.
COLLECTION_AGE = timedelta(days=3650)
STARTING_EASE = 2500  # for learners who schedule without FSRS; per mille
ONE_STEP_LEFT = 1001  # today's steps times 1000, plus all that are left
NOT_SYNCED = -1
_REVLOG_TYPES = {
    AnkiReviewKind.LEARN: 0,
    AnkiReviewKind.REVIEW: 1,
    AnkiReviewKind.RELEARN: 2,
    AnkiReviewKind.CRAM: 3,
}
# A separator inside a field would make it two, for which Anki refuses the whole file.
_CLEANED = {code: None for code in range(32) if chr(code) not in "\n\t"} | {ord(FIELD_SEPARATOR): " "}


def write_anki_package(
    deck: str, notes: Sequence[AnkiNote], now: datetime, *, zone: tzinfo = UTC, rollover_hour: int = 4
) -> bytes:
    """Return a package with one card a note, new cards in the order of `notes`; `deck` may be nested ("A::B").

    The learner's `zone` and the hour at which their study day begins say which day `now` is. Raises ValueError for an
    empty deck name, a note without a front, two notes with one key, and a moment without a zone.
    """
    deck = _deck_name(deck)
    _check(notes)
    collection = _Collection(deck, now, zone, rollover_hour)
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(anki_collection.SCHEMA)
        collection.fill(database, notes)
        database.commit()
        stored = database.serialize()
    return _zipped({"collection.anki2": stored, "media": b"{}"})


def _deck_name(deck: str) -> str:
    levels = [" ".join(_clean(level).split()) for level in deck.split("::")]
    if not all(levels):
        raise ValueError(f"a deck and each deck above it need a name: {deck!r}")
    return "::".join(levels)


def _check(notes: Sequence[AnkiNote]) -> None:
    keys: set[str] = set()
    for note in notes:
        if not _clean(note.front).strip():
            raise ValueError(f"the note {note.key!r} has nothing on its front")
        if note.key in keys:
            raise ValueError(f"two notes have the key {note.key!r}")
        keys.add(note.key)


class _Collection:
    """One export: its moment, its days and the rows that follow from them."""

    def __init__(self, deck: str, now: datetime, zone: tzinfo, rollover_hour: int) -> None:
        self.deck = deck
        self.now_s = _milliseconds(now) // 1000
        self.rollover_hour = rollover_hour
        first_day = (now.astimezone(zone) - timedelta(hours=rollover_hour)).date() - COLLECTION_AGE
        self.created = datetime.combine(first_day, time(rollover_hour), zone)

    def fill(self, database: sqlite3.Connection, notes: Sequence[AnkiNote]) -> None:
        keys = [note.key for note in notes]
        note_ids, card_ids = _ids("note", keys), _ids("card", keys)
        _insert(database, "col", [self.row(next_position=len(notes) + 1)])
        _insert(database, "notes", (self.note_row(note, note_ids[note.key]) for note in notes))
        cards = enumerate(notes, start=1)
        _insert(
            database,
            "cards",
            (self.card_row(note, card_ids[note.key], note_ids[note.key], place) for place, note in cards),
        )
        _insert(database, "revlog", _review_rows(notes, card_ids))

    def row(self, next_position: int) -> tuple[object, ...]:
        offset = self.created.utcoffset() or timedelta(0)
        created_s, now_ms = int(self.created.timestamp()), self.now_s * 1000
        return (
            *(1, created_s, now_ms, now_ms, 11, 0, NOT_SYNCED, 0),
            anki_collection.settings(self.rollover_hour, -offset // timedelta(minutes=1), next_position),
            anki_collection.note_types(),
            anki_collection.decks(self.deck, self.now_s),
            anki_collection.deck_options(),
            "{}",
        )

    def note_row(self, note: AnkiNote, note_id: int) -> tuple[object, ...]:
        fields = [_field(text) for text in _sides(note)]
        sort_field = _visible(fields[0])
        checksum = int(sha1(sort_field.encode(), usedforsecurity=False).hexdigest()[:8], 16)
        guid = sha256(note.key.encode()).hexdigest()[:20]
        joined = FIELD_SEPARATOR.join(fields)
        mid = anki_collection.NOTE_TYPE_ID
        return (note_id, guid, mid, self.now_s, NOT_SYNCED, _tags(note.tags), joined, sort_field, checksum, 0, "")

    def card_row(self, note: AnkiNote, card_id: int, note_id: int, position: int) -> tuple[object, ...]:
        if note.memory is None:
            schedule: tuple[object, ...] = (0, 0, position, 0, 0, 0, 0, 0)
        else:
            schedule = self.schedule(note.memory)
        identity = (card_id, note_id, deck_id(self.deck), 0, self.now_s, NOT_SYNCED)
        return (*identity, *schedule, 0, 0, 0, _memory_json(note.memory))

    def schedule(self, memory: AnkiMemory) -> tuple[object, ...]:
        """Return type, queue, due, ivl, factor, reps, lapses and left."""
        interval = max(1, memory.interval_days)
        day = COLLECTION_AGE // DAY + memory.due_in_days
        done = (memory.repetitions, memory.lapses)
        if memory.state is AnkiState.REVIEW:
            return (2, 2, day, interval, STARTING_EASE, *done, 0)
        queue, due = (3, day) if memory.due_at is None else (1, _milliseconds(memory.due_at) // 1000)
        if memory.state is AnkiState.LEARNING:
            return (1, queue, due, 0, 0, *done, ONE_STEP_LEFT)
        return (3, queue, due, interval, STARTING_EASE, *done, ONE_STEP_LEFT)


def _memory_json(memory: AnkiMemory | None) -> str:
    if memory is None:
        return "{}"
    data = {
        "s": memory.stability,
        "d": memory.difficulty,
        "dr": memory.desired_retention,
        "decay": memory.decay,
        "lrt": _milliseconds(memory.last_review) // 1000,
    }
    return json.dumps(data, separators=(",", ":"), allow_nan=False)


def _review_rows(notes: Iterable[AnkiNote], card_ids: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    reviews = [(_milliseconds(review.at), note.key, review) for note in notes for review in note.reviews]
    reviews.sort(key=lambda row: row[:2])
    numbers = kept_apart(moment for moment, _, _ in reviews)
    for number, (_, key, review) in zip(numbers, reviews, strict=True):
        yield (
            *(number, card_ids[key], NOT_SYNCED, review.rating),
            *(_anki_interval(review.interval), _anki_interval(review.last_interval)),
            *(_ease(review.kind), review.duration_ms, _REVLOG_TYPES[review.kind]),
        )


def _anki_interval(interval: timedelta) -> int:
    """Count days, or seconds below zero for what is shorter than a day."""
    return interval.days if interval >= DAY else -(interval // timedelta(seconds=1))


def _ease(kind: AnkiReviewKind) -> int:
    """Return the ease after a review; a cram with an ease would count as one that changed the schedule."""
    return STARTING_EASE if kind in {AnkiReviewKind.REVIEW, AnkiReviewKind.RELEARN} else 0


def _ids(kind: str, keys: Iterable[str]) -> dict[str, int]:
    """Give each key its number: epoch milliseconds of a past year, as Anki expects, and the same in every export."""
    ordered = sorted((number_from(f"{kind}\x1f{key}"), key) for key in keys)
    numbers = kept_apart(number for number, _ in ordered)
    return {key: number for number, (_, key) in zip(numbers, ordered, strict=True)}


def kept_apart(ascending: Iterable[int]) -> Iterator[int]:
    """Raise each number that is not above the one before it, so that no two are equal."""
    return accumulate(ascending, lambda last, number: max(number, last + 1))


def _sides(note: AnkiNote) -> tuple[str, ...]:
    """Return the texts of a note in the order of `anki_collection.FIELDS`."""
    return (note.front, note.front_voice, note.back, note.statement, note.back_voice, note.place, note.note)


def _field(text: str) -> str:
    """Write plain text as the HTML that a field of Anki holds."""
    return html.escape(_clean(text)).replace("\n", "<br>")


def _visible(field: str) -> str:
    """Return what Anki sorts by and compares; it takes a no-break space for a space only beside an entity."""
    text = field.replace("<br>", "")
    return html.unescape(text).replace("\xa0", " ") if "&" in text else text


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return normalize("NFC", lines.translate(_CLEANED))


def _tags(tags: Iterable[str]) -> str:
    """Join tags as Anki does, with a space at each end; a space inside one would make it two."""
    joined = sorted({"-".join(_clean(tag).split()) for tag in tags} - {""})
    return f" {' '.join(joined)} " if joined else ""


def _milliseconds(moment: datetime) -> int:
    if moment.utcoffset() is None:
        raise ValueError(f"the moment {moment.isoformat()} has no zone")
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    rows = list(rows)
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own table names


def _zipped(members: dict[str, bytes]) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as package:
        for name, data in members.items():
            # ZipInfo's own moment is 1980; a file's name alone would bring the clock in.
            package.writestr(ZipInfo(name), data, compress_type=ZIP_DEFLATED)
    return archive.getvalue()
