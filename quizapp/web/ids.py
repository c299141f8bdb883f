"""Numbers in addresses that name a row of the database."""

from werkzeug.routing import IntegerConverter, Map

MAX_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """A whole number that fits the database's ids; any other is no page (404), never an overflow."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=MAX_ID)


def id_of(text: str) -> int:
    """Read an id that came in a query or form field; 0, which no row has, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= MAX_ID else 0
