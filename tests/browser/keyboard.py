"""Answering by keys alone."""

from playwright.sync_api import Page

from quizapp.services.quizzes import AskedQuestion
from tests.players import response_to


class Keyboard:
    """Presses keys and counts them; the text of an answer and the rows of a list are not counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def answer(self, asked: AskedQuestion, right: bool = True) -> None:
        """Answer the question shown and send it: by number keys, by typing, or by the arrows in a select."""
        form = response_to(asked, right)
        kind = asked.snapshot.question.type
        if kind == "true_false":
            self.press("1" if form["response"] == "true" else "2")
        elif kind == "single_choice":
            self.press(form["response"])
        elif kind == "multiple_choice":
            self.press(*(name.removeprefix("response-") for name in form))
        else:
            self._fill_in([form[name] for name in sorted(form)], by_arrows=kind in ("matching", "ordering"))
        self.press("Enter")

    def _fill_in(self, values: list[str], by_arrows: bool) -> None:
        """Fill the fields in order; the first has the focus when the page opens."""
        for number, value in enumerate(values):
            if number and not by_arrows:
                self.page.keyboard.press("Tab")
            if by_arrows:
                for _ in range(int(value)):
                    self.page.keyboard.press("ArrowDown")
                self.page.keyboard.press("Tab")  # at last to the button, since Enter would open the select
            else:
                self.page.keyboard.type(value)
