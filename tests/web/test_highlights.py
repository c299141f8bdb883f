"""Highlight to quiz: a passage, a line and its value become drafts, and each is kept, edited or dropped."""

from tests.web.conftest import text_of
from tests.web.highlighting import PASSAGE, TEXT, names, paste, said


def test_a_passage_found_by_its_words_shows_drafts_on_their_own_address(instructor):
    bank = paste(instructor)
    answer = instructor.post(f"/studio/{bank}/highlight/drafts", **said(start="", end="", words=PASSAGE))
    assert answer.status_code == 303
    words = text_of(instructor.get(answer.location))
    assert "In the text, in which year was the stone bridge of Aldheim opened?" in words
    assert "Elsewhere the text has this" in words
