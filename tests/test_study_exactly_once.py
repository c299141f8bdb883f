"""A review counts exactly once, whatever is sent five times or from two tabs at the same moment.

Through the whole app with real threads, on SQLite and on PostgreSQL.
"""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import Engine, text

CARDS = "/study/cards/harbour"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def database_url(either_database_url: str) -> str:
    return either_database_url


class Window:
    """One browser's cookie and the fields of the card it shows."""

    def __init__(self, app: Flask) -> None:
        self.app, self.browser = app, app.test_client()
        self.grade("good")  # the first card makes the guest
        self.cookie = self.browser.get_cookie("quizapp").value
        self.fields = self.shown()

    def shown(self) -> dict[str, str]:
        front = self.browser.get(CARDS).text
        stamp = re.search(r'name="shown" value="([^"]+)"', front)[1]
        back = self.browser.get(f"{CARDS}?shown={stamp}").text
        return dict(HIDDEN.findall(back[back.index('class="grades"') :]))

    def grade(self, grade: str) -> int:
        return self.browser.post(CARDS, data=self.shown() | {"grade": grade}).status_code

    def at_once(self, grades: Sequence[str]) -> list[int]:
        """Send the card that is shown with each of `grades` from tabs of their own, all at the same moment."""
        ready = Barrier(len(grades))

        def send(grade: str) -> int:
            tab = self.app.test_client()
            tab.set_cookie("quizapp", self.cookie)
            ready.wait()
            return tab.post(CARDS, data=self.fields | {"grade": grade}).status_code

        with ThreadPoolExecutor(len(grades)) as pool:
            return list(pool.map(send, grades))


@pytest.fixture
def window(app: Flask) -> Window:
    return Window(app)


def rows(engine: Engine) -> tuple[int, int, int]:
    """Return how many reviews and cards there are, and how many facts the counts say are due."""
    with engine.connect() as connection:
        reviews, cards, loads = (
            connection.execute(text(statement)).scalar()
            for statement in (
                "SELECT count(*) FROM reviews",
                "SELECT count(*) FROM cards",
                "SELECT sum(cards) FROM study_loads",
            )
        )
    return int(reviews), int(cards), int(loads)


def test_the_same_grade_sent_five_times_at_once_writes_one_review(window, engine):
    assert set(window.at_once(["good"] * 5)) == {303}
    assert rows(engine) == (2, 2, 2)


def test_of_two_tabs_with_other_grades_one_counts_and_the_other_is_told(window, engine):
    assert sorted(window.at_once(["good", "again"])) == [303, 409]
    assert rows(engine) == (2, 2, 2)


def test_counts_hold_after_many_such_moments(window, engine):
    for _ in range(5):
        window.at_once(["good", "good", "again"])
        window.fields = window.shown()
    reviews, cards, loads = rows(engine)
    assert (reviews, cards) == (6, 6)
    assert loads == cards
