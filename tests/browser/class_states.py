"""A walk through the pages of classes: made, shared, filled from a list, joined, left and archived."""

from collections.abc import Iterator

from playwright.sync_api import Page
from sqlalchemy import select

from quizapp.database.bank_tables import BankRow
from quizapp.database.class_tables import ClassBankRow
from quizapp.domain.roles import Actor, Role
from tests.browser.clicks import follow
from tests.browser.live_server import LiveServer
from tests.people import add_person, sign_in_as

LONG_NAME = "Aleksandra Konstantinovna-Abdurrahmanoğlu von und zu Hohenstein"


def sign_in(page: Page, server: LiveServer, actor: Actor) -> None:
    """Give the page's browser the cookie of this person."""
    client = server.app.test_client()
    sign_in_as(client, server.runtime, actor)
    cookie = client.get_cookie("quizapp")
    assert cookie is not None
    page.context.add_cookies([{"name": "quizapp", "value": cookie.value, "url": server.url}])


def states_of_classes(page: Page, server: LiveServer) -> Iterator[str]:
    """Make a class and fill it as its teacher, then join and leave as a learner; yield the name of each state."""
    with server.runtime.writing() as session:
        teacher = add_person(session, Role.INSTRUCTOR, "Tess Teacher", server.clock())
        learner = add_person(session, name=LONG_NAME, now=server.clock())
    page.goto(f"{server.url}/join/K7QM-4XHT")
    yield "invitation"
    sign_in(page, server, teacher)
    page.goto(f"{server.url}/classes")
    yield "classes-none"
    follow(page.get_by_role("button", name="Make the class"))
    yield "class-not-made"
    page.get_by_label("Name of the class").fill("Biology 9b")
    follow(page.get_by_role("button", name="Make the class"))
    class_url = page.url
    yield "class-new"
    follow(page.get_by_role("button", name="Make a code").first)
    yield "class-code"
    code = page.get_by_label("The link, to copy").input_value().rsplit("/", 1)[1]
    follow(page.get_by_role("link", name="Add a list of names"))
    yield "roster"
    follow(page.get_by_role("button", name="Look before importing"))
    yield "roster-nothing"
    page.get_by_label("The names").fill(
        f"name,email\n{LONG_NAME} II,a@b.c\nAda,x@y.z\nada,\n,\n\x0b,x\nBob,\n" + "C" * 101
    )
    follow(page.get_by_role("button", name="Look before importing"))
    yield "roster-plan"
    follow(page.get_by_role("button", name="Invite them"))
    yield "class-invited"
    follow(page.get_by_role("link", name="A page to print"))
    yield "handout"
    with server.runtime.writing() as session:
        bank_id = session.scalar(select(BankRow.id).where(BankRow.name == server.bank.name))
        session.add(ClassBankRow(class_id=int(class_url.rsplit("/", 1)[1]), bank_id=bank_id, shared_at=server.clock()))
    sign_in(page, server, learner)
    page.goto(f"{server.url}/join/{code}")
    yield "join"
    page.get_by_label("The code").fill("0000-0000")
    follow(page.get_by_role("button", name="Join"))
    yield "join-refused"
    page.get_by_label("The code").fill(code.lower())
    follow(page.get_by_role("button", name="Join"))
    yield "class-joined"
    page.goto(f"{server.url}/classes")
    yield "classes-of-a-learner"
    sign_in(page, server, teacher)
    page.goto(class_url)
    page.locator("summary").first.click()
    yield "class-full"
    follow(page.get_by_role("button", name="Archive this class"))
    yield "class-archived"
    page.goto(f"{server.url}/classes")
    yield "classes-archived"
