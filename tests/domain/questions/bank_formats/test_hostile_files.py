"""Files that nobody makes by accident: each is read, or refused with its place and the reason, and quickly."""

import codecs
import time
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.errors import InvalidContent
from quizapp.domain.questions.bank_formats.bank_format import MAX_FILE_BYTES
from quizapp.domain.questions.bank_formats.guessing import guess_format
from quizapp.domain.questions.bank_formats.registry import BANK_FORMATS
from quizapp.domain.questions.question import check_question
from tests.domain.questions.bank_formats import hostile_aiken, hostile_gift, hostile_json, hostile_tables, hostile_xml
from tests.every_type import every_type_bank

SECONDS = 10
TABS = {
    name: (text.replace("\t", " ").replace(",", "\t"), said)
    for name, (text, said) in hostile_tables.CASES.items()
    if not name.startswith(("kept", "semicolons", "a number of two", "two letters", "every option"))
}
MADE = {
    "json": hostile_json.CASES,
    "moodle-xml": hostile_xml.CASES,
    "gift": hostile_gift.CASES,
    "aiken": hostile_aiken.CASES,
    "csv": hostile_tables.CASES,
    "tsv": TABS,
}
CASES = [
    pytest.param(form, *case, id=f"{form}: {name}") for form, cases in MADE.items() for name, case in cases.items()
]
READERS = [form for form in BANK_FORMATS.values() if form.reads]
GOOD = {form.name: form.write(every_type_bank()) for form in READERS}
SEEDS = {
    form: [GOOD[form], *(case[0].encode() for case in cases.values() if len(case[0]) < 5_000)]
    for form, cases in MADE.items()
}
PIECES = (
    b"\x00", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\n\n", b"\n", b"\r", b"\t", b'"', b"'", b",",
    b"{", b"}", b"[", b"]", b"<", b">", b"&", b"</question>", b"<question type='cloze'>", b"<![CDATA[", b"]]>",
    b"<!ENTITY a 'b'>", b"<!DOCTYPE quiz>", b"&#0;", b"&#xD800;", b"&lt;script&gt;", b"=", b"~", b"#", b"####", b"->",
    b"::", b"\\", b"%100%", b"$CATEGORY:", b"// quizapp: ", b"ANSWER: A", b"A. ", b"|", b"1e999", b"NaN", b"null",
    b"true", b"-1", b"9" * 30, b"\\u0000", b"\\ud800", "＝".encode(), "\u202e".encode(),
)  # fmt: skip


def zipped():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("../../evil.json", b"0" * 5_000_000)
    return out.getvalue()


BYTES = {
    "nothing": b"",
    "blank": b" \n\t\r\n",
    "a mark alone": codecs.BOM_UTF8,
    "UTF-16's mark alone": codecs.BOM_UTF16_LE,
    "half a UTF-16 character": b"\xff\xfea\x00b",
    "a lone surrogate in UTF-16": b"\xff\xfea\x00\x00\xd8\n\x00",
    "a lone surrogate in UTF-8": b"a\xed\xa0\x80{T}",
    "an overlong form": b"a\xc0\xaf{T}",
    "Latin-1": "Köln{T}".encode("latin-1"),
    "UTF-16 without a mark": "a{T}".encode("utf-16-le"),
    "zeros": b"\x00" * 100_000,
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "a zip that leads elsewhere": zipped(),
    "a gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "too many bytes": b"x" * (MAX_FILE_BYTES + 1),
}


def read_or_complain(form, data):
    """Read a file, and hold whatever comes of it to what is promised."""
    try:
        draft = form.read(data)
    except InvalidContent as error:
        assert error.problems
        assert all(problem.place and problem.sentence.strip() for problem in error.problems)
        return str(error)
    for row in draft.rows:
        assert row.line >= 1
        assert bool(row.problem) == (row.question is None)
        for text in (row.name, row.stem, row.problem, row.remark):
            text.encode()
        if row.question is not None:
            assert check_question(row.question, {fact.id: fact for fact in row.facts}) == []
            assert row.question.fact == row.facts[0].id
            assert {row.question.speaker, *(fact.speaker for fact in row.facts)} - {None} <= {
                one.id for one in row.speakers
            }
    return "\n".join(row.problem for row in draft.rows if row.problem) or "\n".join(
        note for note in draft.notes if not draft.rows
    )


@pytest.mark.parametrize(("form", "text", "said"), CASES)
def test_a_file_made_by_hand_is_read_or_refused_with_the_reason(form, text, said):
    began = time.perf_counter()
    found = read_or_complain(BANK_FORMATS[form], text.encode())
    assert time.perf_counter() - began < SECONDS
    assert said in found
    assert bool(found) == bool(said), found


@pytest.mark.parametrize("form", MADE)
def test_sixty_files_were_made_for_every_format(form):
    assert len(MADE[form]) + len(BYTES) >= 60
    assert {form.name for form in READERS} == MADE.keys()


@pytest.mark.parametrize("name", BYTES)
@pytest.mark.parametrize("form", READERS, ids=lambda form: form.name)
def test_what_is_no_text_or_too_much_is_refused_by_every_format(form, name):
    assert read_or_complain(form, BYTES[name])
    guess_format(BYTES[name], "")


OPENED, CLOSED = b"<quiz><question type='cloze'><questiontext><text>", b"</text></questiontext></question></quiz>"
ENDLESS = {
    "letters": b"x" * 10_000_000,
    "braces": b"{" * 10_000_000,
    "brackets": b"[" * 10_000_000,
    "tags": b"<a>" * 3_000_000,
    "quotation marks": b'"' * 10_000_000,
    "commas": b"question,right answer\n" + b"," * 10_000_000,
    "tildes": b"a{" + b"=~" * 5_000_000 + b"}",
    "backslashes": b"\\" * 10_000_000 + b"{T}",
    "ampersands": b"<quiz><question>" + b"&amp;" * 2_000_000 + b"</question></quiz>",
    "gaps": OPENED + b"{1:SA:=" * 1_400_000 + CLOSED,
    "spaces": OPENED + b"&lt;b&gt;" + b" " * 9_000_000 + CLOSED,
    "options": b"Who?\n" + b"A. x\n" * 2_000_000 + b"ANSWER: A",
    "short lines": b"a\n" * 5_000_000,
    "blank lines": b"\n" * 10_000_000 + b"a{T}",
    "questions": b"a{T}\n\n" * 1_600_000,
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("name", ENDLESS)
@pytest.mark.parametrize("form", READERS, ids=lambda form: form.name)
def test_ten_megabytes_cost_bounded_time_and_memory(form, name, capsys):
    data = ENDLESS[name]
    began = time.perf_counter()
    read_or_complain(form, data)
    took = time.perf_counter() - began
    tracemalloc.start()
    read_or_complain(form, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with capsys.disabled():
        print(f"\n{form.name}, 10 MB of {name}: {took:.1f} s, {peak / 1e6:.0f} MB")
    assert took < 60
    assert peak < 1_500_000_000


@st.composite
def mutated(draw, seeds):
    """A good file, or one that was made by hand, with pieces of others put in, taken out and repeated."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4)) * draw(st.sampled_from([1, 1, 1, 2, 50]))
        data[start : start + draw(st.sampled_from([0, 0, 1, 3, 40, 2_000]))] = piece
    return bytes(data)


def check_many(form, how_many):
    """Return how many files were tried, how many were refused, and the slowest of them."""
    figures = {"files": 0, "refused": 0, "slowest": 0.0}

    @given(mutated(SEEDS[form.name]) | st.binary(max_size=60))
    @settings(max_examples=how_many)
    def check(data):
        began = time.perf_counter()
        said = read_or_complain(form, data)
        figures["files"] += 1
        figures["refused"] += bool(said)
        figures["slowest"] = max(figures["slowest"], time.perf_counter() - began)
        guess_format(data, "")

    check()
    assert figures["slowest"] < SECONDS
    return figures


@pytest.mark.parametrize("form", READERS, ids=lambda form: form.name)
def test_generated_files_are_read_or_refused(form):
    check_many(form, 30)


@pytest.mark.long
@pytest.mark.parametrize("form", READERS, ids=lambda form: form.name)
def test_many_generated_files_are_read_or_refused(form, capsys):
    tracemalloc.start()
    figures = check_many(form, 2_500)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with capsys.disabled():
        print(
            f"\n{form.name}: {figures['files']} generated files, {figures['refused']} with something refused, "
            f"the slowest {figures['slowest']:.2f} s, {peak / 1e6:.0f} MB at most"
        )
    assert figures["files"] >= 2_000


def test_no_script_survives_in_any_text():
    text = "[html]<script>alert(1)</script>Who<img src=x onerror=alert(1)>?{=a<b>b</b>#<script>y</script> ~c ~d}"
    (row,) = BANK_FORMATS["gift"].read(text.encode()).rows
    assert "<" not in row.stem + row.question.body.key + row.facts[0].statement
    assert "picture" in row.remark
