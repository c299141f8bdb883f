"""A walk through the pages of an instructor's own banks: made, changed by two, read with its text, taken along."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import select

from quizapp.database.bank_tables import BankRow
from quizapp.domain.facts.passage import passage_at
from quizapp.domain.questions.authored import Draft
from quizapp.domain.questions.question_types.true_false import TrueFalseBody
from quizapp.domain.roles import Actor, Role
from quizapp.services.studio.bank_editor import edited_bank
from quizapp.services.studio.questions import add_question
from tests.browser.class_states import sign_in
from tests.browser.clicks import follow
from tests.browser.live_server import LiveServer
from tests.people import add_person

TEXT = """The bay froze on 3 January, three weeks earlier than in the year before.

Ada Quay, the harbour master, said that no boat would leave before February. The fishers’ union did not agree.

Nobody was hurt. The ice went in the night of 9 February, and forty boats sailed at dawn."""
NAME = "the-frozen-bay"
MARKS = (
    ("froze-on", "The bay froze on 3 January.", None, "froze on 3 January"),
    (
        "no-boat",
        "Quay said that no boat would leave before February.",
        "ada-quay",
        "no boat would leave before February",
    ),
    ("boats", "Forty boats sailed when the ice went.", None, "forty boats sailed at dawn"),
)


def states_of_banks(page: Page, server: LiveServer, folder: Path) -> Iterator[str]:
    """Make a bank with its text, mark facts, meet somebody who edits it too, load its folder; yield each state."""
    with server.runtime.writing() as session:
        owner = add_person(session, Role.INSTRUCTOR, "Ines", server.clock())
    sign_in(page, server, owner)
    page.goto(f"{server.url}/studio")
    yield "studio"
    follow(page.get_by_role("link", name="Make a bank"))
    yield "bank-new"
    follow(page.get_by_role("button", name="Make the bank").first)
    yield "bank-not-made"
    page.get_by_label("Title of the bank").fill("The frozen bay")
    page.get_by_label("Where the facts come from").fill("The Bay Times")
    for name in ("The text itself", "About the bank", "About the source", "Who speaks in it"):
        page.locator("summary", has_text=name).click()
    page.locator("[name=text]").fill(TEXT)
    page.locator("[name=topics]").fill("Ice\nBoats")
    page.locator("[name=side_one]").fill("the harbour board")
    page.locator("[name=side_two]").fill("the fishers’ union")
    page.locator("[name=speakers-0-name]").fill("Ada Quay")
    page.locator("[name=speakers-0-short]").fill("Quay")
    page.locator("[name=speakers-0-role]").fill("the harbour master")
    page.locator("[name=speakers-0-side]").select_option("1")
    follow(page.get_by_role("button", name="Number the paragraphs"))
    yield "bank-filled"
    follow(page.get_by_role("button", name="Make the bank").first)
    yield "studio-bank-new"
    mark_facts(server, owner)
    page.goto(f"{server.url}/reading/{NAME}")
    yield "reading-text"
    page.goto(f"{server.url}/reading/{NAME}?mark=asked")
    yield "reading-text-ask"
    follow(page.locator("label.fact").first)
    page.get_by_text("False", exact=True).click()
    follow(page.get_by_role("button", name="Check answer"))
    yield "feedback-with-passage"
    page.goto(f"{server.url}/studio/banks/{NAME}/words")
    yield "bank-words"
    change_title(server)
    page.locator("summary", has_text="About the bank").click()
    page.locator("[name=summary]").fill("What I would say of it.")
    follow(page.get_by_role("button", name="Save").first)
    yield "bank-words-of-two"
    page.goto(f"{server.url}/studio/banks/{server.bank.name}/words")
    yield "bank-of-a-file"
    page.goto(f"{server.url}/studio/banks/{NAME}")
    yield "studio-bank"
    with page.expect_download() as started:
        page.get_by_role("link", name="Download as a folder").click()
    started.value.save_as(folder / "folder.zip")
    page.goto(f"{server.url}/studio/folder")
    yield "folder"
    follow(page.get_by_role("button", name="Look before loading"))
    yield "folder-missing"
    page.locator("[name=file]").set_input_files({"name": "x.zip", "mimeType": "application/zip", "buffer": b"no zip"})
    follow(page.get_by_role("button", name="Look before loading"))
    yield "folder-refused"
    page.locator("[name=file]").set_input_files(folder / "folder.zip")
    follow(page.get_by_role("button", name="Look before loading"))
    yield "folder-plan"
    page.goto(f"{server.url}/studio/banks/{NAME}")
    follow(page.get_by_role("button", name="Archive this bank"))
    yield "studio-archived"
    page.goto(server.url)
    yield "home-of-an-instructor"


def mark_facts(server: LiveServer, owner: Actor) -> None:
    """Write a question on a marked passage for each of `MARKS`, and on a fact without one."""
    with server.runtime.writing() as session:
        text = edited_bank(session, owner, NAME).words.text
        for name, line, speaker, words in (*MARKS, ("hurt", "Nobody was hurt, as the report has it.", None, "")):
            start = text.index(words)
            draft = Draft(
                type="true_false",
                line=line,
                paragraph=3,
                speaker=speaker,
                topic="ice",
                stem=f"True or false, according to the article: {line}",
                body=TrueFalseBody(True, "The article does say this."),
                paragraphs=(1 + text[:start].count("\n\n") if words else 3,),
                passage=passage_at(text, start, start + len(words)) if words else None,
            )
            add_question(session, owner, NAME, draft, f"own-{name}", server.clock())


def change_title(server: LiveServer) -> None:
    """Let somebody else change what the bank is about."""
    with server.runtime.writing() as session:
        row = session.scalars(select(BankRow).where(BankRow.name == NAME)).one()
        row.summary = "What somebody else says of it."
