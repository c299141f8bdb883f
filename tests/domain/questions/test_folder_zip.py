import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.errors import InvalidContent
from quizapp.domain.questions.bank_folder import folder_of
from quizapp.domain.questions.folder_zip import MAX_ENTRIES, MAX_FILE_BYTES, MAX_ZIP_BYTES, read_zip, write_zip
from tests.factories import make_bank

FILES = dict(folder_of(make_bank()).files)
GOOD = write_zip("harbour", FILES)
TOML = b'title = "T"\n'


def zipped(entries, packed=zipfile.ZIP_DEFLATED):
    """Pack (name or ZipInfo, bytes) pairs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as opened:
        for name, data in entries:
            opened.writestr(name, data)
    return made.getvalue()


def link(name):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def test_what_is_written_is_read_back_and_always_the_same():
    folder = read_zip(GOOD)
    assert (folder.name, folder.files) == ("harbour", FILES)
    assert write_zip("harbour", FILES) == GOOD


@pytest.mark.parametrize("before", ["", "harbour/", "a/b/harbour/"])
def test_a_folder_may_stand_at_the_top_or_within_others_and_what_else_is_there_is_left(before):
    entries = [(f"{before}bank.toml", TOML), (f"{before}notes.txt", b"x"), ("__MACOSX/._bank.toml", b"x"), ("a/", b"")]
    folder = read_zip(zipped(entries))
    assert folder.files == {"bank.toml": TOML}
    assert folder.name == ("harbour" if before else "")


def test_files_of_another_folder_are_not_taken():
    folder = read_zip(zipped([("one/bank.toml", TOML), ("two/facts.toml", b"")]))
    assert folder.files == {"bank.toml": TOML}


BAD = {
    "nothing": (b"", "damaged, or no ZIP"),
    "text": (b"title = 1", "damaged, or no ZIP"),
    "cut off": (GOOD[: len(GOOD) // 2], "damaged, or no ZIP"),
    "empty": (zipped([]), "no folder with a bank.toml"),
    "no bank": (zipped([("x/facts.toml", b"")]), "no folder with a bank.toml"),
    "two banks": (zipped([("a/bank.toml", b""), ("b/bank.toml", b"")]), "more than one folder"),
    "climbs": (zipped([("a/bank.toml", b""), ("../../etc/bank.toml", b"")]), "leads out of it"),
    "climbs inside": (zipped([("a/../bank.toml", b"")]), "leads out of it"),
    "absolute": (zipped([("/bank.toml", b"")]), "leads out of it"),
    "backslashes": (zipped([("a\\..\\bank.toml", b"")]), "leads out of it"),
    "drive": (zipped([("C:/bank.toml", b"")]), "leads out of it"),
    "link": (zipped([("a/bank.toml", TOML), (link("a/facts.toml"), b"/etc/passwd")]), "is a link"),
    "too many": (zipped([("a/bank.toml", b""), *((f"a/{n}", b"") for n in range(MAX_ENTRIES))]), "more than 200 files"),
    "bomb": (zipped([("a/bank.toml", b"\0" * (MAX_FILE_BYTES + 1))]), "larger than 8 MB"),
    "many bombs": (
        zipped([("a/bank.toml", b"\0" * MAX_FILE_BYTES), ("a/facts.toml", b"\0" * MAX_FILE_BYTES)]),
        "larger than 4 MB",
    ),
    "packed otherwise": (zipped([("a/bank.toml", TOML)], zipfile.ZIP_LZMA), "locked, or packed in another way"),
    "large": (b"PK" * MAX_ZIP_BYTES, "larger than 1,000 KB"),
    "a zip in it": (zipped([("a/harbour.zip", GOOD)]), "no folder with a bank.toml"),
}


@pytest.mark.parametrize("name", BAD)
def test_no_zip_of_bad_will_is_read(name):
    data, said = BAD[name]
    with pytest.raises(InvalidContent) as refused:
        read_zip(data)
    assert said in str(refused.value)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused():
    with pytest.raises(InvalidContent, match="is in it twice"):
        read_zip(zipped([("a/bank.toml", b"one"), ("a/bank.toml", b"two")]))


def test_a_size_that_lies_is_not_believed():
    data = bytearray(zipped([("a/bank.toml", b"\0" * (MAX_FILE_BYTES + 100))]))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.index(mark)
        data[start + place : start + place + 4] = struct.pack("<I", 10)
    with pytest.raises(InvalidContent):
        read_zip(bytes(data))


def test_a_locked_file_is_refused():
    data = bytearray(zipped([("a/bank.toml", TOML)]))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(InvalidContent, match="locked"):
        read_zip(bytes(data))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_zip_is_read_or_refused_and_nothing_else(changes):
    data = bytearray(GOOD)
    for place, byte in changes:
        data[place] = byte
    try:
        folder = read_zip(bytes(data))
    except InvalidContent as refused:
        assert refused.problems[0].sentence
    else:
        assert set(folder.files) <= set(FILES)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        read_zip(b"PK\x05\x06" + data)
    except InvalidContent as refused:
        assert refused.problems
