"""Pasting a text and highlighting in it, as an instructor does in a browser."""

import re
from html import unescape

from tests.domain.questions.drafting.corpus import TEXTS

TEXT = TEXTS["history"].text
PASSAGE = "The stone bridge at Aldheim was opened in 1754."
SAID = {"line": "The stone bridge of Aldheim was opened in 1754.", "value": "1754", "speaker": "", "topic": "text"}


def paste(visitor, title="Class notes", text=TEXT):
    """Make a bank of a text; return its name."""
    nonce = re.search(r'name="nonce"[^>]*value="([^"]+)"', visitor.get("/studio/paste").text)[1]
    answer = visitor.post("/studio/paste", title=title, text=text, nonce=nonce)
    assert answer.status_code == 303, answer.text
    return answer.location.split("/")[2]


def said(passage=PASSAGE, text=TEXT, **changes):
    """The fields of the form for a passage."""
    start = text.index(passage)
    return SAID | {"start": str(start), "end": str(start + len(passage)), "paragraph": "", "words": ""} | changes


def names(page):
    """The names of the drafts on a page, by the type that its card tells."""
    cards = re.findall(r"<article class=\"draft\".*?</article>", page.text, re.S)
    found = {}
    for card in cards:
        kind = re.search(r"Draft \d+: ([^<]+)", card)[1]
        found[kind] = unescape(re.search(r'name="name" value="([^"]+)"', card)[1])
    return found
