"""What is kept of one person, as files to take along: one JSON file, a CSV file a table, and a page to read."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from quizapp.domain.data_export_page import page_of
from quizapp.domain.exported_tables import ExportedTable, PersonalData, Value
from quizapp.domain.spreadsheet_text import defused

_ENCODING = "utf-8"
_UNPRINTABLE = "replace"  # half a character, which JSON in a database can hold and no file can


@dataclass(frozen=True, slots=True)
class _File:
    """A file within the archive, written piece by piece."""

    stream: IO[bytes]

    def write(self, text: str) -> None:
        self.stream.write(text.encode(_ENCODING, _UNPRINTABLE))


def zip_of(data: PersonalData) -> bytes:
    """Return everything as one ZIP: `index.html` to read, `data.json` with every value, and the tables as CSV.

    The same data always gives the same bytes.
    """
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        _add(archive, "index.html", data.made_at, iter([page_of(data)]))
        _add(archive, "data.json", data.made_at, _json_of(data))
        for table in data.tables:
            _add(archive, f"{table.name}.csv", data.made_at, _csv_of(table))
    return out.getvalue()


def cell(value: Value) -> object:
    """Return a value as a cell of a CSV file: no text is run as a formula, and numbers stay numbers."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return defused(value) if isinstance(value, str) else "" if value is None else value


def _add(archive: ZipFile, name: str, made_at: datetime, pieces: Iterator[str]) -> None:
    entry = ZipInfo(name, made_at.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    with archive.open(entry, "w") as stream:
        file = _File(stream)
        for piece in pieces:
            file.write(piece)


def _json_of(data: PersonalData) -> Iterator[str]:
    """Yield the JSON row by row, so that no second copy of everything is held."""
    yield f'{{"made_at": {json.dumps(data.made_at.isoformat())}, "tables": {{'
    for place, table in enumerate(data.tables):
        about = {"about": table.purpose, "columns": {one.name: one.purpose for one in table.columns}}
        yield f"{',' if place else ''}\n{json.dumps(table.name)}: {json.dumps(about, ensure_ascii=False)[:-1]}, "
        yield '"rows": ['
        names = table.column_names
        for number, row in enumerate(table.rows):
            entry = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
            yield f"{',' if number else ''}\n{entry}"
        yield "]}"
    yield "\n}}\n"


def _csv_of(table: ExportedTable) -> Iterator[str]:
    yield "\ufeff"  # a spreadsheet takes it for another encoding without
    yield _line(table.column_names)
    for row in table.rows:
        yield _line([cell(value) for value in row])


def _line(values: object) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)  # type: ignore[arg-type]
    return out.getvalue()
