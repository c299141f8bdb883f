"""A valid form for every page that takes one, with every field that the page reads.

A field that is left out here is one that nobody may set: the tests post the name of every column besides.
"""

from base64 import b64encode
from collections.abc import Callable

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session

from quizapp.domain.join_code import CodeLife
from quizapp.services import rosters
from quizapp.services.rosters import RosterList
from quizapp.services.studio import imports
from tests.authorisation.things import Thing
from tests.authorisation.world import DECK, SECRET_KEY, B, Principal, World, sign_in_name
from tests.factories import NOON
from tests.people import PASSWORD
from tests.web.writing import CHOICE

Fields = dict[str, str]
NONCE = "0123456789abcdef"
ROSTER = RosterList(b"Cy New\nDee New\n", "", CodeLife.TWO_WEEKS)


def fingerprint_of_roster(session: Session, world: World, class_id: int) -> str:
    """Return what the form that confirms a roster carries, in a class into which nobody was invited yet."""
    return rosters.plan_roster(session, world.people["admin"], class_id, ROSTER, NOON).fingerprint


def fingerprint_of_deck(session: Session, world: World) -> str:
    """Return what the form that confirms an import carries, in a database in which nothing was imported yet."""
    return imports.plan_import(session, world.people["teacher"], DECK).fingerprint


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


def _joined(world: World, who: Principal, thing: Thing) -> Fields:
    return {"code": str(thing.values.get("code", world.codes[B][1])), "name": "Joined"}


def _confirmed(world: World, who: Principal, thing: Thing) -> Fields:
    shown = world.roster_fingerprints.get(int(thing.values["class_id"]), "0" * 64)
    roster = b64encode(ROSTER.data, altchars=b"-_").decode()
    return {"roster": roster, "file_name": ROSTER.file_name, "life": ROSTER.life.value, "shown": shown}


def _registered(world: World, who: Principal, thing: Thing) -> Fields:
    proposal = str(URLSafeTimedSerializer(SECRET_KEY, salt="sign-in name").dumps("quiet-otter-4821"))
    return {"proposal": proposal, "username": "", "password": PASSWORD, "name": "", "email": "", "next": ""}


_SIGN_IN = {"username": sign_in_name("learner"), "password": PASSWORD, "next": ""}
_CHANGE = {"password": PASSWORD, "new_password": "another otter lake"}

FORMS: dict[str, Callable[[World, Principal, Thing], Fields]] = {
    "theme.change": _of(back="/about"),
    "security.login": _of(**_SIGN_IN),
    "security.logout": _of(),
    "security.register": _registered,
    "security.forgot_password": _of(email=sign_in_name("learner")),
    "security.reset_password": _of(password="another otter lake"),
    "security.change_password": _of(**_CHANGE),
    "account_settings.keep": _of(name="Ada", email="ada@example.org"),
    "account_settings.end_session": _of(),
    "account_settings.end_others": _of(),
    "privacy.download": _of(),
    "privacy.delete": _of(password=PASSWORD, understood="y"),
    "privacy.keep": _of(),
    "people.change_role": _of(role="instructor"),
    "people.suspend": _of(),
    "people.reinstate": _of(),
    "people.password_link": _of(),
    "classes.make": _of(name="A new class", own_name="Ines"),
    "classes.rename": _of(name="Renamed"),
    "classes.archive": _of(),
    "classes.reopen": _of(),
    "classes.leave": _of(),
    "classes.remove": _of(),
    "classes.make_code": _of(role="learner", life="day"),
    "classes.revoke_code": _of(),
    "rosters.look": _of(text=ROSTER.data.decode(), life=ROSTER.life.value),
    "rosters.confirm": _confirmed,
    "class_joining.join": _joined,
    "bank_access.change": _of(seen_by="private"),
    "studio_steps.undo": _of(back=""),
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
    "bank_imports.look": _of(text=DECK.data.decode(), title=DECK.bank, bank="", format=""),
    "bank_imports.confirm": lambda world, who, thing: {"shown": world.fingerprint},
}
