"""A valid form for every page that takes one, with every field that the page reads.

A field that is left out here is one that nobody may set: the tests post the name of every column besides.
"""

from base64 import b64encode
from collections.abc import Callable

from sqlalchemy.orm import Session

from quizapp.services import deck_import
from quizapp.services.deck_import import Upload
from tests.authorisation.things import Thing
from tests.authorisation.world import Principal, World
from tests.web.writing import CHOICE

Fields = dict[str, str]
NONCE = "0123456789abcdef"
DECK = Upload(b"front,back\nSpain?,Madrid\nFrance?,Paris\n", "pasted text", "Capitals")
DECK_FIELDS = {
    "deck": b64encode(DECK.data, altchars=b"-_").decode(),
    "file_name": DECK.file_name,
    "bank": DECK.bank,
}


def fingerprint_of_deck(session: Session, world: World) -> str:
    """Return what the form that confirms an import carries, in a database in which nothing was imported yet."""
    return deck_import.plan_import(session, world.people["teacher"], DECK).fingerprint


def _answer(world: World, who: Principal, thing: Thing) -> Fields:
    """Grade a card; at all banks in the session that runs there."""
    sitting, stamp = (0, 0) if "name" in thing.values else world.sittings.get(who.name, (0, 0))
    place = {
        "sitting": sitting,
        "stamp": stamp,
        "fact": thing.values.get("fact", world.unmet),
        "repetitions": 0,
    }
    return {name: str(value) for name, value in place.items()} | {"grade": "good", "began": "", "zone": ""}


_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SETTINGS = {
    "limit_amount": "20",
    "limit_kind": "minutes",
    "new_a_day": "5",
    "off_from": "",
    "off_until": "",
    "exam_day": "",
    "four_buttons": "y",
    "cards_only": "y",
    "zone": "Europe/Berlin",
    "rollover_hour": "3",
} | dict.fromkeys(_WEEK, "100")


def _of(*names: str, **fixed: str) -> Callable[[World, Principal, Thing], Fields]:
    """Make a form of fields that the thing fills, and of fixed ones."""

    def filled(world: World, who: Principal, thing: Thing) -> Fields:
        return {name: str(thing.values.get(name, "")) for name in names} | fixed

    return filled


def _tapped(world: World, who: Principal, thing: Thing) -> Fields:
    return {"fact": str(thing.values.get("fact_name", world.facts["harbour"][1])), "attempt": ""}


FORMS: dict[str, Callable[[World, Principal, Thing], Fields]] = {
    "theme.change": _of(back="/about"),
    "setup.use": _of(),
    "reading.ask": _tapped,
    "quizzes.start": _of("bank", length="5", kind="quiz", remember="y"),
    "quizzes.respond": _of(response="1"),
    "quizzes.contrast": _of(history="yes"),
    "quizzes.finish_now": _of(),
    "results.retry": _of(),
    "study_today.start": _of("bank", kind="study", minutes="5", more="yes"),
    "study_cards.answer": _answer,
    "study_cards.was_right": _of(),
    "study_settings.keep": _of(**_SETTINGS),
    "study_aside.bring_back": _of("card"),
    "questions.new": _of(**CHOICE, nonce=NONCE, revision="", anyway="y"),
    "questions.edit": _of(**CHOICE, nonce=NONCE, revision="1", anyway="y"),
    "questions.retire": _of(again="no"),
    "questions.play": _of(),
    "decks.look": _of(text=DECK.data.decode(), title=DECK.bank, bank=""),
    "decks.confirm": lambda world, who, thing: DECK_FIELDS | {"shown": world.fingerprint},
}
