"""A valid form for every page that takes one, with every field that the page reads.

A field that is left out here is one that nobody may set: the tests post the name of every column besides.
"""

from base64 import b64encode
from collections.abc import Callable

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session

from quizapp.domain.errors import NotFound
from quizapp.domain.join_code import CodeLife
from quizapp.domain.questions.bank_folder import folder_of
from quizapp.domain.questions.drafting.drafts import draft_name
from quizapp.domain.questions.drafting.highlight import Highlight
from quizapp.domain.questions.folder_zip import write_zip
from quizapp.services import rosters
from quizapp.services.rosters import RosterList
from quizapp.services.studio import folder_import, imports
from quizapp.services.studio.bulk_plan import Action, Order, plan_bulk
from quizapp.web.studio.bank_words_forms import data_of
from tests.authorisation.things import Thing
from tests.authorisation.world import DECK, SECRET_KEY, B, Principal, World, sign_in_name
from tests.factories import NOON, make_bank
from tests.people import PASSWORD
from tests.web.writing import CHOICE, REASONS, SHORT_ANSWER

Fields = dict[str, str]
NONCE = "0123456789abcdef"
ROSTER = RosterList(b"Cy New\nDee New\n", "", CodeLife.TWO_WEEKS)


def fingerprint_of_roster(session: Session, world: World, class_id: int) -> str:
    """Return what the form that confirms a roster carries, in a class into which nobody was invited yet."""
    return rosters.plan_roster(session, world.people["admin"], class_id, ROSTER, NOON).fingerprint


def fingerprint_of_tagging(session: Session, world: World, question_id: int) -> str:
    """Return what the form that confirms the tag of a question carries; none where its bank is off the shelf."""
    try:
        return plan_bulk(session, world.people["admin"], Order(Action.TAG, (question_id,), "exam")).fingerprint
    except NotFound:
        return "0" * 64


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


def _bank_words(world: World, who: Principal, thing: Thing) -> Fields:
    """Change the title of a bank; of one that was not made in the browser the page takes nothing."""
    words = world.words.get(str(thing.values["bank_name"]))
    if words is None:
        return NEW_BANK | {"nonce": "", "version": "0" * 32}
    data = data_of(words) | {"title": "Changed", "nonce": ""}
    rows = data.pop("speakers")
    fields = {f"speakers-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return NEW_BANK | {name: str(value) for name, value in data.items()} | fields


def _joined(world: World, who: Principal, thing: Thing) -> Fields:
    return {"code": str(thing.values.get("code", world.codes[B][1])), "name": "Joined"}


def _confirmed(world: World, who: Principal, thing: Thing) -> Fields:
    shown = world.roster_fingerprints.get(int(thing.values["class_id"]), "0" * 64)
    roster = b64encode(ROSTER.data, altchars=b"-_").decode()
    return {"roster": roster, "file_name": ROSTER.file_name, "life": ROSTER.life.value, "shown": shown}


def _brought_back(world: World, who: Principal, thing: Thing) -> Fields:
    """Bring back the first revision; the question that is not asked any more has a second one."""
    edited = thing.values["question_id"] == world.stopped
    return {"number": "1", "revision": "2" if edited else "1", "change": "typo"}


def _ticked(world: World, who: Principal, thing: Thing) -> Fields:
    """Tick a question and ask what tagging it would do."""
    values = {"found": "sort=bank", "place": "", "page": "1", "tag": "exam", "bank": "", "weight": "1", "review_by": ""}
    return values | {"question": str(thing.values["question_id"]), "all": "", "action": "tag"}


def _tagged(world: World, who: Principal, thing: Thing) -> Fields:
    """Have a question tagged as it was shown, in a database in which it has no tag."""
    question_id = int(thing.values["question_id"])
    return {
        "found": "",
        "place": "",
        "action": "tag",
        "value": "exam",
        "question": str(question_id),
        "shown": world.bulk_fingerprints.get(question_id, "0" * 64),
    }


def _registered(world: World, who: Principal, thing: Thing) -> Fields:
    proposal = str(URLSafeTimedSerializer(SECRET_KEY, salt="sign-in name").dumps("quiet-otter-4821"))
    return {"proposal": proposal, "username": "", "password": PASSWORD, "name": "", "email": "", "next": ""}


def _highlighted(world: World, who: Principal, thing: Thing) -> Fields:
    bank = str(thing.values.get("bank_name", ""))
    asked = Highlight(HIGHLIGHTED["line"], HIGHLIGHTED["value"], topic="trade", paragraph="2")
    return HIGHLIGHTED | {"name": draft_name(asked, bank, "gap-in-the-line", "cloze")}


HIGHLIGHTED = {
    "line": "The old boat came home in 1754.",
    "value": "1754",
    "topic": "trade",
    "paragraph": "2",
    **dict.fromkeys(("start", "end", "words", "speaker", "new_speaker", "ask"), ""),
}
"""What is said of a bank without a text of its own."""
NEW_BANK = {
    "title": "Ice in the bay",
    "outlet": "The Bay Times",
    "summary": "",
    "language": "en",
    "licence": "",
    "topics": "Ice",
    "source_title": "",
    "author": "",
    "date": "",
    "as_of": "",
    "source_language": "",
    "description": "",
    "affiliation": "",
    "side_one": "",
    "adjective_one": "",
    "side_two": "",
    "adjective_two": "",
    "speakers-0-id": "",
    "speakers-0-name": "",
    "speakers-0-short": "",
    "speakers-0-role": "",
    "speakers-0-kind": "person",
    "speakers-0-side": "",
    "paragraphs": "3",
    "text": "One.",
    "second_approver": "y",
}
FOLDER = write_zip("harbour", folder_of(make_bank()).files)
FOLDER_FIELDS = {"folder": b64encode(FOLDER, altchars=b"-_").decode(), "bank": "", "nonce": NONCE}


def fingerprint_of_folder(session: Session, world: World) -> str:
    """Return what the form that confirms a folder carries."""
    return folder_import.plan_folder(session, world.people["teacher"], FOLDER, "").fingerprint


_HIDDEN = ("revision", "version", "start", "end", "draft", "question", "own_question", "own_fact", "merged")
_MORE = ("quote", "explanation", "status", "note", "value", "ask", "change")
_WRITTEN = (
    CHOICE | REASONS | dict.fromkeys((*_HIDDEN, *_MORE), "") | {"type": "single_choice", "nonce": NONCE, "do": ""}
)
_GONE_ON_WITH = _WRITTEN | SHORT_ANSWER | {"type": "short_answer", "version": "1"}
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
    "reports.of_answer": _of(kind="typo", words="It says bot.", back=""),
    "reports.of_review": _of(kind="typo", words="It says bot.", back=""),
    "reviewing.approve": _of(version="1", change="", only=""),
    "reviewing.reject": _of(version="1", reason="It asks for what nobody needs.", only=""),
    "studio_reports.settle": _of(until=NOON.isoformat(), verdict="Mended", word="It says boat now."),
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
    "questions.new": _of(**_WRITTEN),
    "questions.preview": _of(**_WRITTEN),
    "questions.keep_new": _of(**_WRITTEN),
    "questions.edit": _of(**_WRITTEN | {"revision": "1"}),
    "questions.keep_edit": _of(**_WRITTEN | {"revision": "1"}),
    "questions.draft": _of(**_GONE_ON_WITH),
    "questions.keep": _of(**_GONE_ON_WITH),
    "questions.drop": _of(),
    "questions.retire": _of(again="no"),
    "questions.play": _of(),
    "highlights.make": _of(title="Class notes", text="The old boat came home in 1754.", nonce=NONCE),
    "highlights.keep_text": _of(text="The old boat came home in 1754."),
    "highlights.draft": _of(**HIGHLIGHTED),
    "highlights.keep": _highlighted,
    "highlights.edit": _highlighted,
    "highlights.drop": _highlighted,
    "question_lists.look": _ticked,
    "question_lists.confirm": _tagged,
    "question_history.restore": _brought_back,
    "studio_home.archive": _of(again="no"),
    "bank_editor.new": _of(**NEW_BANK, nonce=NONCE, version=""),
    "bank_editor.edit": _bank_words,
    "bank_folders.look": _of("bank"),
    "bank_folders.confirm": lambda world, who, thing: FOLDER_FIELDS | {"shown": world.folder_fingerprint},
    "bank_imports.look": _of(text=DECK.data.decode(), title=DECK.bank, bank="", format=""),
    "bank_imports.confirm": lambda world, who, thing: {"shown": world.fingerprint},
}
