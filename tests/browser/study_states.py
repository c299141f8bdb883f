"""A learner's days in a browser: every state of studying, reached by the pages alone."""

from collections.abc import Iterator
from datetime import timedelta

from playwright.sync_api import Page
from sqlalchemy import select, update

from quizapp.database.memory_tables import CardRow, ReviewRow
from quizapp.domain.memory.session_plan import SessionKind
from quizapp.domain.roles import Actor
from quizapp.services import accounts
from quizapp.services.study import turns
from tests.browser.clicks import follow, send
from tests.browser.live_server import LiveServer
from tests.players import mixing_response_to, response_to

PAUSE_MS = 260


def states_of_study(page: Page, server: LiveServer) -> Iterator[str]:
    """Study a bank by cards, come back days later to questions, mix something up, and look at everything around it."""
    cards = f"{server.url}/study/cards/{server.bank.name}"
    page.goto(f"{server.url}/study")
    yield "study-none"
    page.goto(cards)
    yield "study-front"
    flip(page)
    yield "study-back"
    grade(page, 2)
    flip(page)
    grade(page, 1)
    yield "study-front-again"
    server.clock.advance(days=3)
    page.goto(f"{server.url}/study")
    yield "study-day"
    page.goto(f"{server.url}/")
    yield "home-learner"
    page.goto(cards)
    yield from states_of_questions(page, server)
    page.goto(f"{server.url}/study/practice/{server.bank.name}")
    yield "study-practice"
    page.goto(f"{server.url}/study/settings")
    yield "study-settings"
    page.locator("[name=zone]").fill("Moon/Base")
    follow(page.get_by_role("button", name="Keep"))
    yield "study-settings-wrong"
    page.goto(f"{server.url}/study/aside")
    yield "study-aside-none"
    set_mixed_up_aside(server)
    page.goto(f"{server.url}/study/aside")
    assert page.get_by_text("You took it for:").count()
    yield "study-aside"
    follow(page.get_by_role("link", name="Its history").first)
    yield "study-fact"
    page.goto(f"{server.url}/study/settings")
    page.locator("[name=four_buttons]").check()
    page.locator("[name=cards_only]").check()
    page.locator("[name=limit_kind]").select_option("cards")
    page.locator("[name=limit_amount]").fill("3")
    follow(page.get_by_role("button", name="Keep"))
    page.goto(cards)
    if page.locator("[data-flip]").count():
        flip(page)
        yield "study-four-buttons"
    server.clock.advance(days=1)
    while True:
        page.goto(cards)
        if page.locator("[data-study=finished]").count():
            break
        take(page, server, right=True)
    yield "study-finished"
    yield from states_of_what_is_known(page, server)


def states_of_what_is_known(page: Page, server: LiveServer) -> Iterator[str]:
    """Look at what a learner's memory of the facts says: in the article, and of the weeks to come."""
    page.goto(f"{server.url}/reading/{server.bank.name}?mark=known")
    yield "reading-known"
    page.goto(f"{server.url}/study/forecast")
    yield "study-forecast"
    in_a_month = server.clock().date() + timedelta(days=30)
    page.goto(f"{server.url}/study/forecast?on={in_a_month}&minutes=10")
    yield "study-forecast-exam"
    page.goto(f"{server.url}/study/forecast?on=2020-02-30&minutes=-1")
    yield "study-forecast-wrong"


def states_of_questions(page: Page, server: LiveServer) -> Iterator[str]:
    """Answer until a question was wrong, mixed up and right; cards on the way are known."""
    wanted = ["mixed-up", "wrong", "right"]
    yield_question = True
    for _ in range(40):
        page.goto(f"{server.url}/study/cards/{server.bank.name}")
        found = turn_of(page, server)
        if found is None or not wanted:
            return
        if found.snapshot is None:
            take(page, server, right=True)
            continue
        if yield_question:
            yield "study-question"
            yield_question = False
        if found.against is not None and "contrast" not in wanted:
            yield "study-contrast"
            wanted.append("contrast")
        form = mixing_response_to(found) if wanted[0] == "mixed-up" else response_to(found, wanted[0] != "wrong")
        if not form:
            form = response_to(found)
            send(page, form)
            continue
        send(page, form)
        if wanted[0] != "contrast":
            yield f"study-{wanted[0]}"
        wanted.pop(0)


def turn_of(page: Page, server: LiveServer, bank: str | None = None) -> turns.Turn | None:
    """Look behind the page at what is asked; None when the session is over."""
    with server.runtime.reading() as session:
        found = turns.current_turn(
            session, actor_of(page, server), bank or server.bank.name, SessionKind.STUDY, server.clock()
        )
    return found if isinstance(found, turns.Turn) else None


def actor_of(page: Page, server: LiveServer) -> Actor | None:
    """Return who this browser is."""
    cookie = next((one["value"] for one in page.context.cookies() if one["name"] == "quizapp"), None)
    if cookie is None:
        return None
    serializer = server.app.session_interface.get_signing_serializer(server.app)
    token = serializer.loads(cookie).get("token", "")
    with server.runtime.reading() as session:
        return accounts.actor_of_token(session, token, server.clock())


def take(page: Page, server: LiveServer, right: bool) -> None:
    """Take the turn that is shown, whatever its form."""
    if page.locator("[data-flip]").count():
        flip(page)
        grade(page, 2 if right else 1)
        return
    found = turn_of(page, server)
    assert found is not None
    send(page, response_to(found, right))


def flip(page: Page) -> None:
    """Turn the card, once the pause is over in which a second click counts for nothing."""
    page.wait_for_timeout(PAUSE_MS)
    page.locator("[data-flip]").click()
    page.locator("[data-study=back]").wait_for()


def grade(page: Page, number: int) -> None:
    """Press the button of this number, and wait until another card is there."""
    stamp = page.locator(".grades [name=stamp]").get_attribute("value")
    page.locator(".grade").nth(number - 1).click()
    page.wait_for_function(
        "old => !document.querySelector(`.grades .grade`) || document.querySelector('[name=stamp]').value !== old",
        arg=stamp,
    )


def set_mixed_up_aside(server: LiveServer) -> None:
    """Have the facts that were taken for another one forgotten eight times, so that they are set aside for a month."""
    mixed_up = select(ReviewRow.fact_id).where(ReviewRow.chosen_fact_id.is_not(None))
    aside = {"postponed_on": CardRow.last_day, "lapses": 8, "due_day": CardRow.last_day + 30}
    with server.runtime.writing() as session:
        session.execute(update(CardRow).where(CardRow.fact_id.in_(mixed_up)).values(aside))
