"""The words of a piece of HTML, and words as HTML: what other programs keep marked up is plain text here."""

import html
import re

PICTURE = "A picture or a sound was left out."
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_LINE_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/pre|hr)\b[^<>]*>", re.I)
_RAISED = re.compile(r"<sup\b[^<>]*>", re.I)
_CELL = re.compile(r"</t[dh]\s*>", re.I)
_MEDIA = re.compile(r"<(?:img|audio|video|object|embed|iframe|svg|canvas)\b|@@PLUGINFILE@@", re.I)
_LOOKS_MARKED_UP = re.compile(
    r"<(?:/?(?:p|br|b|i|u|em|strong|span|div|ul|ol|li|sub|sup|img|table|tr|td|a|code|pre|h[1-6]"
    r"|script|style|audio|video|svg|iframe|object|embed)\b|!--)|&(?:#[0-9]+|#x[0-9a-f]+|[a-z]+);",
    re.I,
)


class NoCharacter(ValueError):
    """A text names a character by a number that no character has; the message is for whoever wrote it."""

    def __init__(self) -> None:
        super().__init__("it names a character by a number that no character has.")


def words_of_html(text: str) -> str:
    """Return the words of a piece of HTML. Raises NoCharacter."""
    if "<" in text:
        lines = _LINE_BREAK.sub("\n", text.replace("\n", " ")).split("\n")
        plain = (" ".join(_TAG.sub("", _CELL.sub(" ", _RAISED.sub("^", line))).split()) for line in lines)
        text = "\n".join(line for line in plain if line)
    if "&" in text:
        try:
            text = html.unescape(text)
        except ValueError as error:  # Python reads no number of thousands of digits
            raise NoCharacter from error
    return text.replace("\xa0", " ").strip()


def html_of_words(text: str) -> str:
    """Return plain words as HTML."""
    return html.escape(text, quote=False).replace("\n", "<br>")


def has_media(text: str) -> bool:
    """Say whether a piece of HTML shows a picture or plays a sound."""
    return _MEDIA.search(text) is not None


def looks_like_html(text: str) -> bool:
    """Say whether a text that may or may not be HTML is meant to be."""
    return _LOOKS_MARKED_UP.search(text) is not None
