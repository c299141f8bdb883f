"""What our Anki collections hold besides cards: tables (schema 11), note type and templates, decks, settings."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

FIELDS = ("Front", "Front voice", "Back", "Statement", "Back voice", "Place", "Note")

# Anki tells note types apart by this number: a new one would give every learner a second note type.
NOTE_TYPE_ID = 1_607_392_319_041
# Raise it when a template, the style or a field changes. It is no clock: Anki takes a note type only when it is newer
# than the learner's, so that a card restyled in Anki stays as it is.
NOTE_TYPE_CHANGED = 1_790_000_000
DEFAULT_DECK_ID = 1

FRONT_TEMPLATE = """\
{{#Front voice}}<div class="voice">{{Front voice}}</div>{{/Front voice}}
<div class="front">{{Front}}</div>"""

BACK_TEMPLATE = """\
{{FrontSide}}
<hr id="answer">
<div class="back">{{Back}}</div>
<div class="statement">{{Statement}}</div>
{{#Back voice}}<div class="voice">{{Back voice}}</div>{{/Back voice}}
{{#Place}}<div class="place">{{Place}}</div>{{/Place}}
{{#Note}}<div class="note">{{Note}}</div>{{/Note}}"""

STYLE = """\
.card { font: 1.25rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 1rem auto; padding: 0 1rem;
  color: #1c1c1c; background: #fff; }
.voice, .place { font-size: .85em; color: #555; }
.back { font-size: 1.2em; font-weight: 600; }
.statement { margin: .6em 0; }
.note { margin-top: .6em; padding-left: .6em; border-left: .25em solid #b25e00; }
.card.nightMode { color: #f0f0f0; background: #222; }
.nightMode .voice, .nightMode .place { color: #bbb; }
.nightMode .note { border-color: #ffb454; }"""

SCHEMA = """\
CREATE TABLE col (
  id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL, ver integer NOT NULL,
  dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL, models text NOT NULL,
  decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL
);
CREATE TABLE notes (
  id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL, usn integer NOT NULL,
  tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL, flags integer NOT NULL,
  data text NOT NULL
);
CREATE TABLE cards (
  id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL, ivl integer NOT NULL,
  factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL,
  odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL
);
CREATE TABLE revlog (
  id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL, ivl integer NOT NULL,
  lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL, type integer NOT NULL
);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_notes_csum ON notes (csum);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_revlog_cid ON revlog (cid);
"""


def number_from(name: str) -> int:
    """Derive from a name the number that is always its own: epoch milliseconds of 2011 to 2019, exact in JavaScript."""
    return 1_300_000_000_000 + int.from_bytes(sha256(name.encode()).digest()[:8]) % 2**38


def deck_id(deck: str) -> int:
    """Return the number of the deck of this name."""
    return number_from(f"deck\x1f{deck}")


def note_types() -> str:
    """Return our one note type as the JSON of `col.models`."""
    return _json(
        {
            str(NOTE_TYPE_ID): {
                "id": NOTE_TYPE_ID,
                "name": "quizapp fact",
                "type": 0,
                "mod": NOTE_TYPE_CHANGED,
                "usn": -1,
                "sortf": 0,
                "did": None,
                "tmpls": [_template()],
                "flds": [_field(place, name) for place, name in enumerate(FIELDS)],
                "css": STYLE,
                "latexPre": "",
                "latexPost": "",
                "latexsvg": False,
                "req": [[0, "any", [0]]],
                "tags": [],
                "vers": [],
            }
        }
    )


def _template() -> dict[str, Any]:
    return {
        "name": "Fact",
        "ord": 0,
        "qfmt": FRONT_TEMPLATE,
        "afmt": BACK_TEMPLATE,
        "bqfmt": "",
        "bafmt": "",
        "did": None,
    }


def _field(place: int, name: str) -> dict[str, Any]:
    return {"name": name, "ord": place, "font": "Arial", "size": 20, "sticky": False, "rtl": False, "media": []}


def decks(deck: str, now_s: int) -> str:
    """Return Anki's own default deck and ours as the JSON of `col.decks`."""
    named = {DEFAULT_DECK_ID: "Default", deck_id(deck): deck}
    return _json({str(number): _deck(number, name, now_s) for number, name in named.items()})


def _deck(number: int, name: str, now_s: int) -> dict[str, Any]:
    nothing_today = {f"{what}Today": [0, 0] for what in ("new", "rev", "lrn", "time")}
    return {
        "id": number,
        "name": name,
        "mod": now_s,
        "usn": -1,
        "desc": "",
        "dyn": 0,
        "conf": 1,
        "collapsed": False,
        "browserCollapsed": False,
        "extendNew": 0,
        "extendRev": 0,
        **nothing_today,
    }


def deck_options() -> str:
    """Return Anki's default options as the JSON of `col.dconf`; an import leaves the learner's own in place."""
    return _json({"1": {"id": 1, "name": "Default", "mod": 0, "usn": 0, **_STUDY_OPTIONS}})


_STUDY_OPTIONS: Mapping[str, Any] = {
    "maxTaken": 60,
    "autoplay": True,
    "timer": 0,
    "replayq": True,
    "dyn": False,
    "new": {"bury": False, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20},
    "rev": {"bury": False, "ease4": 1.3, "hardFactor": 1.2, "ivlFct": 1, "maxIvl": 36500, "perDay": 200},
    "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0},
}


def settings(rollover_hour: int, minutes_west: int, next_position: int) -> str:
    """Return the JSON of `col.conf`; `minutes_west` says where the collection's first day began."""
    return _json(
        {
            "schedVer": 2,  # without it Anki takes ratings for those of its first scheduler, and shifts them by one
            "rollover": rollover_hour,
            "creationOffset": minutes_west,
            "localOffset": minutes_west,
            "nextPos": next_position,
            "curDeck": DEFAULT_DECK_ID,
            "activeDecks": [DEFAULT_DECK_ID],
            "curModel": NOTE_TYPE_ID,
            "sortType": "noteFld",
            "sortBackwards": False,
            "addToCur": True,
            "collapseTime": 1200,
            "timeLim": 0,
            "estTimes": True,
            "dueCounts": True,
            "newSpread": 0,
            "dayLearnFirst": False,
        }
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
