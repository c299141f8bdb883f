"""Every state of the pages about one's data, and the page in the file that one takes along."""

from zipfile import ZipFile

from argon2 import PasswordHasher
from axe_playwright_python.sync_playwright import Axe

from quizapp.domain.roles import Actor
from quizapp.services import erasure
from tests.browser.clicks import follow
from tests.browser.test_every_state import WIDER_THAN_THE_SCREEN, checked_states, looks
from tests.people import add_person, open_browser

PASSWORD = "the harbour in winter"


def states_of_privacy(page, server):
    page.goto(f"{server.url}/settings/data")
    yield "data-of-a-stranger"
    page.goto(f"{server.url}/banks/{server.bank.name}")
    follow(page.get_by_role("button", name="Start"))
    page.goto(f"{server.url}/settings/data")
    yield "data-of-a-guest"
    page.locator("summary").first.click()
    yield "data-columns"
    follow(page.get_by_role("link", name="Delete all of it"))
    yield "delete-a-guest"
    follow(page.get_by_role("button", name="Delete it now"))
    yield "delete-a-guest-unticked"
    page.get_by_label("I understand").check()
    follow(page.get_by_role("button", name="Delete it now"))
    yield "guest-deleted"
    sign_in(page, server)
    page.goto(f"{server.url}/settings/data/delete")
    yield "delete-an-account"
    page.get_by_label("Your password").fill("not it")
    follow(page.get_by_role("button", name="Delete my account"))
    yield "delete-an-account-refused"
    page.get_by_label("Your password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Delete my account"))
    yield "account-to-be-deleted"
    sign_in(page, server, asked=True)
    page.goto(f"{server.url}/settings/data")
    yield "account-can-be-kept"


def sign_in(page, server, asked=False) -> Actor:
    """Put the cookie of somebody with an account into this browser."""
    with server.runtime.writing() as session:
        hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        actor = add_person(session, password_hash=hasher.hash(PASSWORD), now=server.runtime.now())
        if asked:
            erasure.ask_for_deletion(session, actor, server.runtime.now())
        token = open_browser(session, actor, server.runtime.now())
    signer = server.app.session_interface.get_signing_serializer(server.app)
    page.context.add_cookies([{"name": "quizapp", "value": signer.dumps({"token": token}), "url": server.url}])
    return actor


@looks(1)
def test_each_state_is_accessible_and_fits(open_page, empty_server, width, theme):
    page = open_page(empty_server, viewport={"width": width, "height": 800}, color_scheme=theme)
    assert len(checked_states(page, states_of_privacy(page, empty_server))) == 10


def test_the_page_in_the_file_is_accessible_and_asks_nobody(open_page, empty_server, tmp_path):
    page = open_page(empty_server, viewport={"width": 320, "height": 800})
    page.goto(f"{empty_server.url}/banks/{empty_server.bank.name}")
    follow(page.get_by_role("button", name="Start"))
    follow(page.get_by_role("button", name="Check answer"))
    page.goto(f"{empty_server.url}/settings/data")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download my data").click()
    assert started.value.suggested_filename == "quizapp-data.zip"
    with ZipFile(started.value.path()) as archive:
        archive.extract("index.html", tmp_path)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    assert page.get_by_role("heading", name="Your data in quizapp").is_visible()
    assert [url for url in asked if not url.startswith("file:")] == []
    assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
