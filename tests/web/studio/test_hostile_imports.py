"""Files that nobody makes by accident, through the pages: never an error of ours, never half an import."""

import html

import pytest
from sqlalchemy import func, literal, select, union_all

from quizapp.database.studio_tables import UploadRow
from quizapp.database.table import Table
from quizapp.services.studio.import_plan import Upload
from quizapp.services.studio.imports import plan_import
from tests.domain.questions.bank_formats.test_hostile_files import BYTES, MADE
from tests.web.studio.test_bank_imports import confirm, look

SENT = UploadRow.__tablename__
SMALL = {name: data for name, data in BYTES.items() if len(data) < 1_000_000}


def counted(runtime) -> dict[str, int]:
    """Count the rows of every table but that of the files that were sent. One statement."""
    tables = [one for one in Table.metadata.sorted_tables if one.name != SENT]
    counts = union_all(*(select(literal(one.name), func.count()).select_from(one) for one in tables))
    with runtime.reading() as session:
        return dict(session.execute(counts).all())


def is_said(page, sentence: str) -> bool:
    return sentence[1:60] in html.unescape(page.text)


@pytest.mark.parametrize("form", MADE)
def test_each_file_is_shown_row_by_row_or_refused_and_comes_in_whole_or_not_at_all(instructor, runtime, form):
    before = counted(runtime)
    for number, (name, (text, _)) in enumerate(MADE[form].items()):
        title = f"{form} {number}"
        sent = Upload(text.encode(errors="surrogatepass"), "hostile", title, form)
        page = look(instructor, text="", title=title, file=sent.data, file_name="hostile", format_name=form)
        assert page.status_code in (200, 422), name
        assert counted(runtime) == before, name
        if page.status_code == 422:
            assert "Nothing was read." in page.text or "Choose a file" in page.text, name
            continue
        with runtime.reading() as session:
            plan = plan_import(session, None, sent)
        refused = [row for row in plan.rows if row.verdict == "refused"]
        assert all(row.line >= 1 and row.reason and is_said(page, row.reason) for row in refused[:20]), name
        if plan.brings:
            assert confirm(instructor, page).status_code == 303, name
            after = counted(runtime)
            assert after["questions"] == before["questions"] + plan.brings, name
            before = after
            with runtime.reading() as session:
                assert plan_import(session, None, sent).brings == 0, name
        else:
            assert "Import them" not in page.text and "Import it" not in page.text, name
            assert confirm(instructor, page).status_code == 303, name  # by a script that asks all the same
            assert counted(runtime) == before, name


def test_what_is_no_text_at_all_is_refused_whatever_it_is_said_to_be(instructor, runtime):
    before = counted(runtime)
    for name, data in SMALL.items():
        for form in ("", "deck", "json", "moodle-xml", "gift", "aiken", "csv"):
            page = look(
                instructor, text="", title="Hostile", file=data, file_name=f"../{name}\u202e.x", format_name=form
            )
            assert page.status_code in (200, 422), (name, form)
            assert counted(runtime) == before, (name, form)
