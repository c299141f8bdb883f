import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import InvalidContent
from quizapp.domain.rosters import MAX_ROWS, NO_EMAIL_NEEDED, planned_names, read_roster
from tests.domain.questions.bank_formats.hostile_decks import READ, REFUSED_AS_A_WHOLE

OPEN = "opened here and not closed"
UNSEEN = "cannot be seen"

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "it is empty"),
    "blank lines": (b" \n\t\n", "it is empty"),
    "a mark alone": (b"\xef\xbb\xbf", "it is empty"),
    "a heading alone": (b"name,email\n", "no name in it"),
    "separators alone": (b",,\n,,\n", "no name in it"),
    "Windows-1252": ("Ada\nJosé\n".encode("cp1252"), "line 2 is not UTF-8"),
    "UTF-16 without its mark": ("Ada\nBob\n".encode("utf-16-le"), "byte order mark"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "not UTF-8"),
    "one row too many": (b"Ada\n" * (MAX_ROWS + 1), "more than 5,000 rows"),
    "one row too many below a heading": (b"name\n" + b"Ada\n" * (MAX_ROWS + 1), "more than 5,000 rows"),
    "too many bytes": (b"x" * 5_000_001, "larger than 5 MB"),
}
LISTS: dict[str, tuple[bytes, list[str]]] = {
    "a pasted list": (b"Ada\nBob\r\nCy", ["Ada", "Bob", "Cy"]),
    "one name": (b"Ada", ["Ada"]),
    "spaces around": (b"  Ada   Lovelace  \n\n\n Bob \n", ["Ada Lovelace", "Bob"]),
    "a heading": (b"Name\nAda\n", ["Ada"]),
    "a column called name": (b"id,NAME,class\n1,Ada,9b\n2,Bob,9b\n", ["Ada", "Bob"]),
    "names in the first column": (b"Ada;ada@example.org\nBob;bob@example.org\n", ["Ada", "Bob"]),
    "tabs": (b"e-mail\tFull name\na@b\tAda, Countess\n", ["Ada, Countess"]),
    "quotation": (b'"Lovelace, Ada",x\n"O""Neil",y\n', ["Lovelace, Ada", 'O"Neil']),
    "UTF-8 with its mark": ("\ufeffname\nÉva\n".encode(), ["Éva"]),
    "UTF-16 with its mark": ("name\tmail\nƏli\tx@y\n".encode("utf-16"), ["Əli"]),
    "a quotation left open": (b'Ada\n"Bob\nCy\nDee\n', ["Ada", OPEN, "Cy", "Dee"]),
    "a quotation left open at the end": (b'Ada\n"Bob', ["Ada", OPEN]),
    "a quotation over lines": (b'Ada\n"Bob\nCy\nDee"\nEve\n', ["Ada", "runs over the lines 2 to 4", "Eve"]),
    "a quotation over lines elsewhere": (b'Ada,"a street\na town"\nBob,x\n', ["Ada", "Bob"]),
    "NUL": (b"Ada\nBo\x00b\nCy, of the seas\n", ["Ada", UNSEEN, "Cy"]),
    "an escape": (b"\x1b[31mAda\nBob\n", [UNSEEN, "Bob"]),
    "writing turned round": ("\u202eadA\nBob\n".encode(), [UNSEEN, "Bob"]),
    "a name nobody sees": ("\u2060\u2800,x\n\u200d,y\nBob,z\n".encode(), [UNSEEN, "is empty", "Bob"]),
    "a blank name": (b"name,email\n,a@b\nBob,b@c\n", ["is empty", "Bob"]),
    "a row without the column": (b"email,name\na@b\nb@c,Bob\n", ["is empty", "Bob"]),
    "a name too long": (b"x" * 101 + b"\nBob\n", ["longer than 100", "Bob"]),
    "a name just short enough": (b"x" * 100, ["x" * 100]),
    "a field beyond the csv module": (b"x" * 200_000 + b"\nBob\n", ["longer than 100", "Bob"]),
    "too many columns": (b"," * 200 + b"\nBob,x\n", ["more than 100 columns", "Bob"]),
    "formulas": (b"=1+1\n+2\n-3\n@SUM(A1)\n", ["=1+1", "+2", "-3", "@SUM(A1)"]),
    "formulas as we export them": (b"'=1+1\n''=1\n't Hooft\n", ["=1+1", "'=1", "'t Hooft"]),
    "a script that is text": (b"<script>alert(1)</script>\n", ["<script>alert(1)</script>"]),
    "all rows there may be": (b"Ada\n" * MAX_ROWS, ["Ada"] * MAX_ROWS),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_list_is_refused_as_a_whole(name):
    data, reason = REFUSED[name]
    with pytest.raises(InvalidContent, match=reason):
        read_roster(data)


@pytest.mark.parametrize("name", LISTS)
def test_each_line_is_read_or_named_with_its_problem(name):
    data, expected = LISTS[name]
    rows = read_roster(data).rows
    assert len(rows) == len(expected)
    for row, words in zip(rows, expected, strict=True):
        assert words in row.problem if row.problem else words == row.name


@pytest.mark.parametrize("name", [*READ, *REFUSED_AS_A_WHOLE])
def test_every_hostile_deck_is_a_hostile_list_too(name):
    data = (READ | REFUSED_AS_A_WHOLE)[name][0]
    try:
        rows = read_roster(data).rows
    except InvalidContent:
        return
    assert all(row.problem or 0 < len(row.name) <= 100 for row in rows)
    assert [row.line for row in rows] == sorted({row.line for row in rows})


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        rows = read_roster(data).rows
    except InvalidContent as error:
        assert error.problems
    else:
        assert all(row.problem or row.name for row in rows)


def test_lines_are_counted_as_they_stand_in_the_file():
    rows = read_roster(b'name\n\nAda\n"Bo\nb"\n\nCy\n').rows
    assert [(row.line, row.name) for row in rows if not row.problem] == [(3, "Ada"), (7, "Cy")]


def test_what_was_left_out_is_told_once_or_beside_its_line():
    assert read_roster(b"name,email,phone\nAda,a@b,5\n").notes == (
        NO_EMAIL_NEEDED,
        "Other columns were left out: “phone”.",
    )
    assert read_roster(b"Ada,a@b\n").notes == (NO_EMAIL_NEEDED,)
    found = read_roster(b"Ada\nLovelace, Ada\n")
    assert found.notes == () and [row.remark for row in found.rows] == ["", "1 more column was left out."]
    assert read_roster(b"name,state,since\nAda,invited,\n").notes == ()


def plan(text, here=(), invited=()):
    return [(row.verdict, row.line, row.reason) for row in planned_names(read_roster(text.encode()), here, invited)]


def test_a_plan_tells_new_names_from_those_known_and_those_refused():
    assert plan("Ada\nBOB\ncy\nada\n\x07\n", here=["Bob"], invited=["Cy"]) == [
        ("new", 1, ""),
        ("duplicate", 2, "somebody of this name is in the class."),
        ("duplicate", 3, "somebody of this name is invited."),
        ("duplicate", 4, "line 1 has this name."),
        ("refused", 5, "the name holds a character that cannot be seen. Type it anew."),
    ]


def test_a_refused_line_is_shown_without_what_cannot_be_seen():
    [row] = planned_names(read_roster(("A\x00" + "b" * 200).encode()), (), ())
    assert row.name == "A" + "b" * 79
