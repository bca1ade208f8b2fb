"""The files of a source: one file, a folder, a zip. What is too large, or packed to do harm, is refused with the reason."""

import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from struct import error as StructError
from zipfile import BadZipFile, ZipFile, ZipInfo

from rxbot.errors import FeedWrong

MOST_FILES = 10_000
MOST_IN_A_FILE = 100_000_000
MOST_IN_ALL = 400_000_000
MOST_PACKED = 200
"""How many times its packed size a file may have. Real tables have five to twenty times."""
MOST_LAYERS = 4
"""Of packing: some gzip unpacks to itself, without end."""
SMALL = 10_000_000
"""Below this no ratio does harm: a table of empty cells packs very well."""
READ = (".json", ".ndjson", ".jsonl", ".csv", ".tsv")
BESIDE = ("datapackage.json",)
LEVELS = ("*", "*/*")
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
DAMAGED = (BadZipFile, zlib.error, LZMAError, StructError, EOFError, OSError, ValueError, LookupError, ArithmeticError)
"""All that zipfile raises over a zip of which some bytes are others."""
FROM_EXCEL = (
    "In Excel choose Save As, then CSV UTF-8; in LibreOffice Save As, then Text CSV; in Google Sheets Download, then "
    "Comma-separated values. Give that file."
)
FROM_LIBREOFFICE = "Choose Save As, then Text CSV, and give that file."
FROM_NUMBERS = "In Numbers choose File, Export To, CSV, and give that file."
FROM_TEXT = "Copy its rows into the sheet that this writes: rxbot directory template"
DOCUMENTS = (
    ("xl/workbook", "an Excel workbook", FROM_EXCEL),
    ("content.xml", "a LibreOffice document", FROM_LIBREOFFICE),
    ("Index/", "a Numbers document", FROM_NUMBERS),
    ("word/document", "a Word document", FROM_TEXT),
)
"""Zips that are documents: how a name in them begins, what they are, and how their rows get out of them."""
AS_CSV = {
    ".xlsx": FROM_EXCEL, ".xls": FROM_EXCEL, ".xlsm": FROM_EXCEL, ".ods": FROM_LIBREOFFICE, ".numbers": FROM_NUMBERS,
    ".docx": FROM_TEXT, ".doc": FROM_TEXT, ".pdf": "Ask the publisher for CSV or JSON.",
}  # fmt: skip
ASK_AGAIN = "Ask the publisher for a new export."


@dataclass(frozen=True)
class File:
    """One file, wherever it came from. `after` is the address of the next one, where a server names it beside."""

    name: str
    data: bytes
    after: str = ""


def read_path(path: Path) -> tuple[File, ...]:
    """Read the files at a path of this computer."""
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise FeedWrong(f"{path} is not there.", "Give the path of a file or folder, or an address that begins with https://.")
    if not path.is_file():
        raise FeedWrong(f"{path} is no file.", "Give the path of a file or of a folder.")
    return unpacked(File(path.name, _read(path)))


def unpacked(file: File) -> tuple[File, ...]:
    """Give what is in a zip or gzip, any other file as it is."""
    for _ in range(MOST_LAYERS):
        if file.data.startswith(ZIP):
            return _zip(file)
        if not file.data.startswith(GZIP):
            return (file,)
        file = File(file.name.removesuffix(".gz"), _gzip(file))
    raise FeedWrong(f"{file.name} is packed again and again.", "Give it unpacked.")


def _folder(path: Path) -> tuple[File, ...]:
    names = [one.relative_to(path).as_posix() for level in LEVELS for one in _files(path, level)]
    wanted = _wanted(names, str(path))
    _small_enough(sum((path / name).stat().st_size for name in wanted), str(path))
    return tuple(File(_last(name), _read(path / name)) for name in wanted)


def passed_over(path: Path) -> tuple[str, ...]:
    """Name the folders below a folder's own data that hold data too: what is in them is not read."""
    if not path.is_dir() or not any(_is_data(one.name) for one in _files(path, "*")):
        return ()
    below = (one.relative_to(path) for one in _files(path, "*/*"))
    return tuple(sorted({f"{one.parent}/" for one in below if _is_data(one.as_posix())}))


def _files(path: Path, level: str) -> list[Path]:
    found = list(islice((one for one in path.glob(level) if one.is_file()), MOST_FILES + 1))
    if len(found) > MOST_FILES:
        raise FeedWrong(f"{path} holds more than {MOST_FILES:,} files.", "Give the folder of the directory alone.")
    return found


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_IN_A_FILE:
            raise _too_large(path.name)
        return path.read_bytes()
    except OSError as wrong:
        raise FeedWrong(f"{path} cannot be opened: {wrong.strerror}.", "Check the path and who may read it.") from wrong


def _without_data(names: Iterable[str], where: str) -> FeedWrong:
    """Say what is there instead of data, and what can be done with it."""
    other = next((name for name in names if name.lower().endswith(tuple(AS_CSV)) and not _is_hidden(name)), "")
    if other:
        return FeedWrong(f"{where} holds {_last(other)}, which we cannot read.", AS_CSV["." + other.lower().rpartition(".")[2]])
    return FeedWrong(
        f"{where} holds no file of a directory.", "Give a folder or zip that holds .json, .ndjson, .jsonl or .csv files."
    )


def _wanted(names: Iterable[str], where: str) -> list[str]:
    """Give the names of data files in the uppermost folder that holds any: a package often keeps its tables in data/."""
    names = tuple(names)
    data = [name for name in names if _is_data(name)]
    if not data:
        raise _without_data(names, where)
    level = min(name.count("/") for name in data)
    found = sorted(name for name in data if name.count("/") == level)
    if len({name.rpartition("/")[0] for name in found}) > 1:
        raise FeedWrong(f"{where} holds several folders of data.", "Give one of them.")
    return found


def _is_data(name: str) -> bool:
    return not _is_hidden(name) and name.lower().endswith(READ) and _last(name).lower() not in BESIDE


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _zip(file: File) -> tuple[File, ...]:
    try:
        with ZipFile(BytesIO(file.data)) as packed:
            members = {info.filename: info for info in packed.infolist() if not info.is_dir()}
            _refuse_harm(file.name, packed.infolist())
            return tuple(File(_last(name), _member(packed, members[name])) for name in _wanted(members, file.name))
    except DAMAGED as wrong:
        raise FeedWrong(f"{file.name} is a damaged zip: {wrong}.", "Fetch it once more. " + ASK_AGAIN) from wrong
    except RuntimeError as wrong:  # what zipfile says to a member with a password, or packed in a way that it has not
        remedy = "Give a zip that is packed in the usual way (deflated), without a password."
        raise FeedWrong(f"{file.name} cannot be unpacked: {wrong}.", remedy) from wrong


def _refuse_harm(name: str, members: list[ZipInfo]) -> None:
    """Look at what a zip says of itself, before anything of it is unpacked."""
    for sign, kind, remedy in DOCUMENTS:
        if any(info.filename.startswith(sign) for info in members):
            raise FeedWrong(f"{name} is {kind}.", remedy)
    if len(members) > MOST_FILES:
        raise FeedWrong(f"{name} holds more than {MOST_FILES:,} files.", ASK_AGAIN)
    if outside := next((info.filename for info in members if _leads_outside(info.filename)), ""):
        raise FeedWrong(f"{name} names a file outside of itself: {outside[:80]!r}.", "Do not use this file. " + ASK_AGAIN)
    for info in members:
        if info.file_size > SMALL and info.file_size > MOST_PACKED * max(info.compress_size, 1):
            raise FeedWrong(f"{name}: {_last(info.filename)} is packed to more than is safe.", "Give it unpacked.")
        if info.file_size > MOST_IN_A_FILE:
            raise _too_large(f"{name}: {_last(info.filename)}")
    _small_enough(sum(info.file_size for info in members), name)


def _leads_outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:2] == ":"


def _member(packed: ZipFile, info: ZipInfo) -> bytes:
    """Unpack one file. What it says of its size may be a lie."""
    with packed.open(info) as opened:
        data = opened.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise FeedWrong(f"{_last(info.filename)} is larger than its zip says.", "Do not use this file. " + ASK_AGAIN)
    return data


def _gzip(file: File) -> bytes:
    try:
        with gzip.open(BytesIO(file.data)) as opened:
            data = opened.read(MOST_IN_A_FILE + 1)
    except (OSError, EOFError, zlib.error) as wrong:
        raise FeedWrong(f"{file.name} is a damaged gzip: {wrong}.", "Fetch it once more. " + ASK_AGAIN) from wrong
    if len(data) > SMALL and len(data) > MOST_PACKED * len(file.data):
        raise FeedWrong(f"{file.name} is packed to more than is safe.", "Give it unpacked.")
    if len(data) > MOST_IN_A_FILE:
        raise _too_large(file.name)
    return data


def _too_large(name: str) -> FeedWrong:
    return FeedWrong(f"{name} is larger than {MOST_IN_A_FILE // 1_000_000} MB.", "Ask the publisher for it in smaller files.")


def _small_enough(size: int, name: str) -> None:
    if size > MOST_IN_ALL:
        raise FeedWrong(f"{name} holds more than {MOST_IN_ALL // 1_000_000} MB.", "Ask the publisher for a smaller export.")
