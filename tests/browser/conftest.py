"""A real Chromium and the app served to it. Where there is no Chromium the tests are skipped; in CI they fail."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.chromium import HINT, find_chromium, launch_options
from tests.browser.live_server import LiveServer, article, serve
from tests.every_type import every_type_bank


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if find_chromium() is None:
        if os.environ.get("CI"):
            pytest.fail(HINT)
        pytest.skip(HINT)
    return launch_options()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with serve(tmp_path_factory.mktemp("instance"), article()) as running:
        yield running


@pytest.fixture(scope="session")
def every_type_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The app with a bank that asks in every way."""
    with serve(tmp_path_factory.mktemp("every-type"), every_type_bank()) as running:
        yield running


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[LiveServer]:
    """The app with the article's bank and without any person."""
    with serve(tmp_path, article()) as running:
        yield running


@pytest.fixture
def open_page(new_context: Callable[..., BrowserContext], server: LiveServer) -> Callable[..., Page]:
    """Open a page as a new guest; what it asked of other sites and what its console complained of is kept on it."""

    def opened(at: LiveServer = server, **options: Any) -> Page:
        page = new_context(base_url=at.url, reduced_motion="reduce", **options).new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("request", lambda request: _note(page, request.url, request.url.startswith((at.url, "data:"))))
        page.on("console", lambda message: _note(page, message.text, _is_harmless(message)))
        page.on("pageerror", lambda error: _note(page, str(error), False))
        return page

    return opened


def _is_harmless(message: Any) -> bool:
    """Chromium reports every answer of 400 and above as an error; those pages are asked for on purpose."""
    return message.type not in ("error", "warning") or "Failed to load resource" in message.text


def _note(page: Any, what: str, is_fine: bool) -> None:
    if not is_fine:
        page.complaints.append(what)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page(viewport={"width": 1280, "height": 800})
