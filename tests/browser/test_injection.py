"""What people write is text on every page that shows it: nothing runs, nothing is loaded, nothing is swallowed.

Every payload is stored once in every field that people can fill in; then each page that shows them is opened in a real
Chromium. `FIELDS` is the table of the fields: a new one is a line there, and a line of `PAGES` if its page is new.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from quizapp.database.bank_tables import BankRow, FactRow
from quizapp.database.class_tables import ClassMemberRow, JoinCodeRow
from quizapp.domain.facts.bank_words import MAX_SPEAKERS, BankWords, SpeakerLine, sides_of, speakers_of, topics_of
from quizapp.domain.facts.fact import SpeakerKind
from quizapp.domain.questions.authored import Draft
from quizapp.domain.questions.folder_zip import write_zip
from quizapp.domain.questions.question_types.question_type import Distractor
from quizapp.domain.questions.question_types.registry import QUESTION_TYPES
from quizapp.domain.questions.question_types.single_choice import SingleChoiceBody
from quizapp.domain.questions.tag import tag_problem, tidy_tag
from quizapp.domain.roles import ClassRole, Role
from quizapp.services import classes, quizzes
from quizapp.services.studio import questions
from quizapp.services.studio.bank_editor import new_bank
from quizapp.services.studio.bulk import carry_out_bulk
from quizapp.services.studio.bulk_plan import Action, Order, plan_bulk
from quizapp.services.studio.question_list import PAGE
from quizapp.services.studio.storing import Saving
from tests.browser.clicks import follow
from tests.browser.injected import (
    BANK,
    COUNT,
    DECK_TITLE,
    FIELDS,
    HEAR,
    NAMES,
    SHOWN,
    World,
    begin_drafts,
    check,
    cookie_of,
    deck_text,
    import_deck,
    look,
    plain,
    rows_that_show_all,
    take_quiz,
    write_questions,
)
from tests.browser.live_server import serve
from tests.browser.payloads import PAYLOADS
from tests.browser.study_states import flip, grade
from tests.factories import NOON, make_bank, make_source
from tests.people import add_person, open_browser


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with serve(tmp_path_factory.mktemp("injected"), make_bank()) as server:
        with server.runtime.writing() as session:
            instructor = add_person(session, Role.ADMIN, PAYLOADS[1])
            token = open_browser(session, instructor)
        made = World(server, instructor, cookie_of(server, token))
        with server.runtime.writing() as session:
            made.deck = import_deck(session, instructor)
            made.question_ids = list(write_questions(session, instructor))
            made.draft_ids = {kind: list(begin_drafts(session, instructor, kind)) for kind in QUESTION_TYPES}
        with server.runtime.writing() as session:
            made.attempt_id = take_quiz(session, instructor, BANK)
            made.deck_attempt_id = take_quiz(session, instructor, made.deck)
        yield made


@pytest.fixture
def opened(open_page: Callable[..., Page], world: World) -> Page:
    """A page of the instructor's browser; whatever a payload does is among its complaints."""
    page = open_page(world.server, viewport={"width": 1280, "height": 800})
    page.context.add_cookies([world.cookie])  # type: ignore[list-item]
    page.add_init_script(HEAR)
    page.on("dialog", lambda dialog: page.complaints.append(f"dialog: {dialog.message}"))  # type: ignore[attr-defined]
    return page


CHOICE = ("line", "stem", "key", "first wrong", "second wrong", "first reason", "second reason")


def test_the_browser_would_tell(opened):
    opened.goto("/about")
    opened.evaluate("document.body.innerHTML = `${document.body.innerHTML}<img src='//evil.example' onerror=alert(1)>`")
    opened.wait_for_function("() => document.images.length > 0 && document.images[0].complete")
    assert any("policy" in one for one in opened.complaints)
    opened.complaints.clear()
    opened.evaluate("alert(1)")
    assert opened.complaints == ["alert was called"]


def test_pages_that_list_what_was_written_show_it_as_text(opened, world):
    look(opened, "/", [DECK_TITLE])
    look(opened, f"/banks/{world.deck}", [DECK_TITLE, PAYLOADS[2]])
    look(opened, f"/reading/{world.deck}", PAYLOADS, 3)
    look(opened, f"/reading/{world.deck}?mark=asked&attempt={world.deck_attempt_id}", PAYLOADS, 2)
    look(opened, f"/results/{world.deck_attempt_id}")
    look(opened, f"/reading/{BANK}", PAYLOADS, 3)
    look(opened, f"/reading/{BANK}?mark=asked&attempt={world.attempt_id}", PAYLOADS, 3)
    look(opened, f"/questions/{BANK}", PAYLOADS, 3)
    look(opened, f"/results/{world.attempt_id}", PAYLOADS, 8)
    for address in ("/history", "/study", "/study/aside", f"/study/aside/{world.deck}", "/study/forecast"):
        look(opened, address)


def test_a_question_shows_it_as_text_before_and_after_the_answer(opened, world):
    open_attempt = open_quiz(world)
    positions = world.positions()
    for row in rows_that_show_all(*CHOICE):
        shown, position = [FIELDS[name](row) for name in CHOICE], positions[f"own-single_choice-{row}"]
        look(opened, f"/quizzes/{open_attempt}/{position}", shown[1:5])
        look(opened, f"/quizzes/{world.attempt_id}/{position}", [*shown[:3], reason_told(world, position)])
    for row in rows_that_show_all("statement", "statement reason", "unit", "hedge", "number stem")[::3]:
        told = [FIELDS[name](row) for name in ("statement line", "statement", "statement reason")]
        look(opened, f"/quizzes/{world.attempt_id}/{positions[f'own-true_false-{row}']}", told[1:])
        asked = [FIELDS[name](row) for name in ("number stem", "unit", "hedge")]
        look(opened, f"/quizzes/{open_attempt}/{positions[f'own-numeric-{row}']}", asked)


def open_quiz(world: World) -> int:
    with world.server.runtime.writing() as session:
        return quizzes.start_attempt(session, world.instructor, BANK, None, 7, NOON)


def reason_told(world: World, position: int) -> str:
    with world.server.runtime.reading() as session:
        asked = quizzes.asked_question(session, world.instructor, world.attempt_id, position)
    assert asked.grade is not None and asked.grade.reason.rstrip(".") in PAYLOADS
    return asked.grade.reason


def test_forms_show_it_in_their_fields_also_when_they_come_back(opened, world):
    for row in rows_that_show_all(*CHOICE)[::2]:
        look(opened, f"/questions/{world.question_ids[3 * row]}/edit", [FIELDS[name](row) for name in CHOICE])
    for name in ("line", "stem", "body_key", "body_distractors-0-text"):
        opened.locator(f"[name={name}]").fill(PAYLOADS[5])
    opened.locator("[name=paragraph]").fill("99")
    follow(opened.get_by_role("button", name="Save", exact=True))
    check(opened, [PAYLOADS[5]], 4)
    for number in (1, 2):
        row = rows_that_show_all(*CHOICE)[0]
        look(opened, f"/questions/{world.question_ids[3 * row + number]}/edit")


DRAFTED = ("drafted line", "drafted stem", "explanation", "status note", "asked words", "asked as")
OF_A_ROW = {
    "matching": ("pair left", "pair right", "first wrong", "first reason"),
    "multiple_choice": ("listed", "first wrong", "first reason"),
}


def test_drafts_show_it_as_text_in_the_list_in_their_fields_and_as_learners_meet_it(opened, world):
    look(opened, f"/questions/{BANK}/drafts", PAYLOADS, 2 * len(QUESTION_TYPES) - 2)
    for kind, ids in world.draft_ids.items():
        names = DRAFTED if kind != "cloze" else (*DRAFTED[:1], *DRAFTED[2:])
        for row in rows_that_show_all(*names, *OF_A_ROW.get(kind, ()))[:: 1 if kind in OF_A_ROW else 6]:
            shown = [FIELDS[name](row) for name in (*names, *OF_A_ROW.get(kind, ()))]
            look(opened, f"/questions/drafts/{ids[row]}", shown)
    opened.locator("[name=stem], [name=body_sentence]").first.press_sequentially(" <i>x</i>")
    opened.wait_for_function("() => document.querySelector('[data-editor]').dataset.looked")
    check(opened)


def test_of_two_texts_both_are_shown_as_text(opened, world):
    for row in rows_that_show_all(*DRAFTED)[::4]:
        draft_id = world.draft_ids["single_choice"][row]
        opened.goto(f"/questions/drafts/{draft_id}")
        opened.locator("[name=version]").evaluate("one => one.value = '7'")
        opened.locator("[name=line]").evaluate("one => one.value = 'Another.'")
        follow(opened.get_by_role("button", name="Keep as draft"))
        check(opened, [FIELDS["drafted line"](row)])


def test_a_deck_shows_it_before_it_is_imported_and_card_by_card(opened, world):
    opened.goto("/import")
    opened.locator("[name=title]").fill(PAYLOADS[3])
    follow(opened.get_by_role("button", name="Look before importing"))
    check(opened, [PAYLOADS[3]])
    opened.locator("[name=text]").fill(deck_text().decode().replace(" p", " q"))
    opened.locator("[name=format]").select_option("deck")  # the payloads look like other formats
    follow(opened.get_by_role("button", name="Look before importing"))
    check(opened, [PAYLOADS[3], *(one.replace(" p", " q") for one in PAYLOADS)])
    for row, fact in enumerate(facts_of(world)[:12]):
        look(opened, f"/study/facts/{world.deck}/{fact}", [FIELDS["front"](row), FIELDS["back"](row)])
    opened.goto(f"/study/cards/{world.deck}")
    for _ in range(4):
        check(opened)
        flip(opened)
        check(opened)
        grade(opened, 2)


def test_a_text_and_what_is_said_of_it_are_text_beside_each_other(opened, world):
    opened.goto("/studio/paste")
    opened.locator("[name=title]").fill(PAYLOADS[6][:200])
    opened.locator("[name=text]").fill("\n\n".join(["The old gate has 40 doors.", *PAYLOADS]))
    follow(opened.get_by_role("button", name="Store it"))
    check(opened, PAYLOADS)
    opened.locator("[data-start-field]").evaluate("one => one.value = 0")
    opened.locator("[data-end-field]").evaluate("one => one.value = 25")
    for one in [one for one in PAYLOADS if len(one) < 200 and one.isprintable()][::9]:
        opened.get_by_label("What it states, in one line").fill(f"The gate has 40 doors by {one}.")
        opened.get_by_label("Value asked for").fill("40 doors")
        opened.get_by_role("button", name="Draft questions").click()
        opened.locator(".fact-reads", has_text=plain(one)[:20]).wait_for()
        check(opened, [one], 3)


def facts_of(world: World) -> list[str]:
    with world.server.runtime.reading() as session:
        bank = select(BankRow.source_id).where(BankRow.name == world.deck).scalar_subquery()
        return list(session.scalars(select(FactRow.name).where(FactRow.source_id == bank).order_by(FactRow.place)))


def _peopled(world: World) -> int:
    """Call people, their classes and places on a roster so; return the id of the class."""
    with world.server.runtime.writing() as session:
        class_id = classes.make_class(session, world.instructor, PAYLOADS[4][:100], PAYLOADS[5][:100], NOON)
        for number, name in enumerate(NAMES):
            member = add_person(session, name=name)
            learner = {"class_id": class_id, "role": ClassRole.LEARNER, "name": name}
            session.add(ClassMemberRow(person_id=member.id, joined_at=NOON, **learner))
            code = f"{number:08d}"
            session.add(JoinCodeRow(code=code, created_at=NOON, expires_at=NOON + timedelta(days=9), **learner))
    return class_id


def test_names_of_people_and_classes_are_text(opened, world):
    class_id = _peopled(world)
    look(opened, "/people", NAMES)
    look(opened, f"/people/{world.instructor.id + 5}")
    look(opened, "/classes", [PAYLOADS[4][:100]])
    look(opened, f"/classes/{class_id}", NAMES, 2)
    look(opened, f"/classes/{class_id}/roster/handout", NAMES)
    look(opened, "/settings", [PAYLOADS[1]])
    for address in ("/settings/data", "/settings/data/delete", "/join", f"/banks/{world.deck}/access"):
        look(opened, address)
    opened.goto(f"/classes/{class_id}/roster")
    opened.get_by_label("The names").fill("\n".join(f'"{one.replace(chr(34), chr(34) * 2)} x"' for one in NAMES[:60]))
    follow(opened.get_by_role("button", name="Look before importing"))
    check(opened, [f"{one} x" for one in NAMES[:60] if len(one) < 97])


def _made_bank(world: World) -> str:
    """Make a bank that has payloads for its words, topics, speakers and text; return its name."""
    one_line = [" ".join(one.split()) for one in PAYLOADS]
    lines = [
        SpeakerLine("", name, name, one_line[-1 - place], SpeakerKind.PERSON, place % 2)
        for place, name in enumerate(one_line[:MAX_SPEAKERS])
    ]
    sides = sides_of([(one_line[11], one_line[12]), (one_line[13], one_line[14])], ())
    speakers = speakers_of(lines, {place: side.id for place, side in enumerate(sides)}, ())
    said = dict(zip(("author", "date", "as_of", "title", "description", "affiliation"), one_line[20:], strict=False))
    source = make_source(outlet=one_line[7], sides=sides, speakers=speakers, **said)
    topics, text = topics_of(one_line, ()), "\n\n".join(one_line)
    words = BankWords(one_line[6], one_line[8], "en", one_line[9], topics, source, text)
    with world.server.runtime.writing() as session:
        return new_bank(session, world.instructor, words, "0123456789abcdef", NOON)


def test_the_words_of_a_bank_are_text_in_its_editor_and_on_its_pages(opened, world):
    name = _made_bank(world)
    one_line = [" ".join(one.split()) for one in PAYLOADS]
    look(opened, "/studio", [one_line[6]])
    look(opened, f"/studio/banks/{name}", [one_line[6]])
    look(opened, f"/studio/banks/{name}/words", one_line, 2)
    look(opened, f"/banks/{name}", one_line)
    look(opened, f"/reading/{name}", one_line)
    look(opened, f"/studio/{name}/steps", [one_line[6]])
    opened.goto(f"/studio/banks/{name}/words")
    opened.locator("[name=outlet]").fill("")
    follow(opened.get_by_role("button", name="Save").first)
    check(opened, one_line, 2)
    opened.goto("/studio/folder")
    data = write_zip("x", {"bank.toml": one_line[6].encode(), "facts.toml": "\n".join(one_line).encode()})
    opened.locator("[name=file]").set_input_files({"name": "x.zip", "mimeType": "application/zip", "buffer": data})
    follow(opened.get_by_role("button", name="Look before loading"))
    check(opened)


def test_the_list_of_questions_and_their_history_show_it_as_text(opened, world):
    tags = [one for one in PAYLOADS if not tag_problem(one)]
    runtime, number = world.server.runtime, 3 * rows_that_show_all(*CHOICE)[0]
    question_id, told = world.question_ids[number], ""
    with runtime.writing() as session:
        for tag in tags:
            order = Order(Action.TAG, (question_id,), tag)
            shown = plan_bulk(session, world.instructor, order).fingerprint
            carry_out_bulk(session, world.instructor, order, shown, NOON)
        body = SingleChoiceBody(PAYLOADS[9], (Distractor("x", PAYLOADS[10]), Distractor("y", PAYLOADS[11])))
        draft = Draft("single_choice", PAYLOADS[12], 3, None, "trade", PAYLOADS[13], body)
        saving, edited = Saving({"D-7": PAYLOADS[14]}), world.question_ids[number + 3]
        questions.edit_question(session, world.instructor, edited, draft, "own-injected", 1, NOON, saving)
    look(opened, f"/questions/{edited}/history", [PAYLOADS[14]])
    look(opened, f"/questions/{edited}/history?restore=1&from=1&to=2")
    look(opened, f"/questions/{question_id}/history", [FIELDS[name](number // 3) for name in ("stem", "key", "line")])
    for page in range(1, 1 + -(-3 * COUNT // PAGE)):
        look(opened, f"/studio/{BANK}/questions?origin=instructor&page={page}")
        told += plain(opened.evaluate(SHOWN))
    assert [one for one in (*PAYLOADS, *map(tidy_tag, tags)) if plain(one) not in told] == []
    for one in PAYLOADS[::20]:
        look(opened, f"/studio/questions?{urlencode({'words': one, 'bank': BANK})}")
    opened.goto(f"/studio/{BANK}/questions?origin=instructor&chosen=page")
    opened.locator("#bulk [name=tag]").fill(tags[0])
    follow(opened.get_by_role("button", name="Tag", exact=True))
    check(opened, [tidy_tag(tags[0])], 2)
