"""A bank's folder as one ZIP file: written for a download, and read with suspicion."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.facts.bank_file import BANK_FILE
from quizapp.domain.questions.bank_folder import FOLDER_FILES

MAX_ZIP_BYTES = 1_000_000
MAX_ENTRIES = 200
MAX_FILE_BYTES = 8_000_000
MAX_ALL_BYTES = 12_000_000
_PLACE = "the ZIP file"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_NEW_YEAR = (1980, 1, 1, 0, 0, 0)
_AT_ONCE = 64 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class ZippedFolder:
    """The files of one bank's folder by name, and the folder's name; empty where they stand at the top."""

    name: str
    files: Mapping[str, bytes]


def write_zip(name: str, files: Mapping[str, bytes]) -> bytes:
    """Pack the files of a folder; the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for file, data in files.items():
            entry = zipfile.ZipInfo(f"{name}/{file}", _NEW_YEAR)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, (stat.S_IFREG | 0o644) << 16
            opened.writestr(entry, data)
    return packed.getvalue()


def read_zip(data: bytes) -> ZippedFolder:
    """Take the files of a bank's folder out of a ZIP file, in memory; nothing else in it is unpacked.

    Raises InvalidContent for what is no ZIP file, for one with paths that lead out of it, links, files that are locked,
    too many or too large, and where no folder or more than one holds a bank.
    """
    if len(data) > MAX_ZIP_BYTES:
        raise _refused(f"it is larger than {MAX_ZIP_BYTES // 1000:,} KB.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return _folder(opened)
    except _BROKEN as error:
        raise _refused("it is damaged, or no ZIP file.") from error


def _folder(opened: zipfile.ZipFile) -> ZippedFolder:
    entries = opened.infolist()
    if len(entries) > MAX_ENTRIES:
        raise _refused(f"it holds more than {MAX_ENTRIES} files.")
    wanted: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for entry, path in _sound(entries):
        folder = path.parent.as_posix()
        if path.name in FOLDER_FILES and not path.parts[0].startswith("__MACOSX"):
            if path.name in wanted.setdefault(folder, {}):
                raise _refused(f"{entry.filename:.80} is in it twice.")
            wanted[folder][path.name] = entry
    folders = [folder for folder, files in wanted.items() if BANK_FILE in files]
    if len(folders) != 1:
        there = "no folder with a" if not folders else "more than one folder with a"
        raise _refused(f"it holds {there} {BANK_FILE}.")
    left = MAX_ALL_BYTES
    files: dict[str, bytes] = {}
    for name, entry in wanted[folders[0]].items():
        files[name] = _unpacked(opened, entry, min(left, MAX_FILE_BYTES))
        left -= len(files[name])
    return ZippedFolder("" if folders[0] == "." else PurePosixPath(folders[0]).name, files)


def _sound(entries: list[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """Yield the files with their paths. Raises InvalidContent for an entry that no program of good will writes."""
    for entry in entries:
        name, path = entry.filename, PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in entry.orig_filename:
            raise _refused(f"the path {name[:80]!r} leads out of it.")
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise _refused(f"{name[:80]!r} is a link, not a file.")
        if not entry.is_dir() and path.parts:
            yield entry, path


def _unpacked(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """Unpack one file, piece by piece: what it says of its own size is not believed."""
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _PACKED:
        raise _refused(f"{entry.filename[:80]!r} is locked, or packed in another way than ZIP programs do.")
    found = bytearray()
    with opened.open(entry) as file:
        while piece := file.read(_AT_ONCE):
            found += piece
            if len(found) > most:
                raise _refused(f"{entry.filename[:80]!r} is larger than {most // 1_000_000} MB when it is unpacked.")
    return bytes(found)


def _refused(sentence: str) -> InvalidContent:
    return InvalidContent([Problem(_PLACE, sentence)])
