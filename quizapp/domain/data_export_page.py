"""The readable page of an export: no script, nothing from elsewhere, every word of a person escaped."""

import json
from collections.abc import Iterator
from html import escape

from quizapp.domain.exported_tables import ExportedTable, PersonalData, Value

MOST_ROWS = 200
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color-scheme:light dark}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:14px}
th,td{padding:.3rem .8rem .3rem 0;text-align:start;vertical-align:top;border-top:1px solid}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;font-size:14px}
dd{margin:0}
"""


def page_of(data: PersonalData) -> str:
    """Return a whole HTML page; of a long table it shows the last rows, and says where the others are."""
    return "\n".join(_lines(data)) + "\n"


def _lines(data: PersonalData) -> Iterator[str]:
    day = f"{data.made_at.day} {data.made_at:%B %Y, %H:%M} UTC"
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Your data in quizapp</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f"<main>\n<h1>Your data in quizapp</h1>\n<p>All that was kept of you on {day}. Every value stands in"
    yield "<code>data.json</code> too, and each table in a CSV file for a spreadsheet.</p>"
    yield "<nav><ul>"
    for table in data.tables:
        yield f'<li><a href="#{escape(table.name)}">{escape(table.title)}</a>: {_rows_in_words(len(table.rows))}</li>'
    yield "</ul></nav>"
    for table in data.tables:
        yield from _table(table)
    yield "</main>\n</body>\n</html>"


def _table(table: ExportedTable) -> Iterator[str]:
    yield f'<section id="{escape(table.name)}">\n<h2>{escape(table.title)}</h2>\n<p>{escape(table.purpose)}</p>'
    yield "<details><summary>What each column is</summary><dl>"
    for column in table.columns:
        yield f"<dt>{_in_words(column.name)}</dt><dd>{escape(column.purpose)}</dd>"
    yield "</dl></details>"
    if table.rows:
        if len(table.rows) > MOST_ROWS:
            yield f"<p>The last {MOST_ROWS} of {len(table.rows)}; all of them are in {escape(table.name)}.csv.</p>"
        yield f'<div class="wide" tabindex="0" role="region" aria-label="{escape(table.title)}"><table><thead><tr>'
        yield "".join(f'<th scope="col">{_in_words(name)}</th>' for name in table.column_names)
        yield "</tr></thead><tbody>"
        for row in table.rows[-MOST_ROWS:]:
            yield f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row)}</tr>"
        yield "</tbody></table></div>"
    yield "</section>"


def _rows_in_words(count: int) -> str:
    return {0: "nothing", 1: "1 row"}.get(count, f"{count} rows")


def _in_words(name: str) -> str:
    return escape(name.replace("_", " "))


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return escape(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
