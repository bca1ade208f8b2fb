"""Read one table of a directory package: rows of cells, as programs and people export them.

Nothing raises. What a table should not hold is mended row by row and counted where it stands.
Whole texts are searched first, so that a clean table costs little more than the reading of it.
"""

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain, islice
from typing import NamedTuple

from rxbot.directory.defects import Defects

csv.field_size_limit(2**31 - 1)  # by itself the reader raises above 131,072 characters; we cut the cell and say so
LONGEST_CELL = 100_000
SEPARATORS = ",;\t"
TITLES = 20
"""How far down the names of columns are looked for, where a title stands above them."""
END = "\ue000"
"""Stands below the last row: where a cell has it, a quotation mark was never closed."""
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 127)))
CONTROL = re.compile(f"[{re.escape(CONTROLS)}]")
SIGNED = re.compile(
    r"""[-=+@](?:(?<=[\n,;\t"].)|(?<=[\n,;\t"]\s.)|(?<=\s\s.))"""
    r"""(?:(?<=[=@])|(?!\d+\.?\d*(?:[,;\t"\r\n]|\Z)))"""
)
"""A sign that may begin a cell, and begins no number. What is seldom is looked for first, and then what stands before it."""
SIGNS = ("=", "+", "-", "@")
NO_FORMULA = re.compile(
    r"""[-+]*[\s(]*\d[\d\s().,/*-]*(?:e[-+]?\d+)?\s*(?:(?:x|ext)\S*\s*\d+)?  # -80.2, 1.5e-7, +1 (305) 555-0100 x2
    | [-+]+\s+[^|!=()]* | [-+]*                                          # "- bring a photo" in a list, "--"
    | [-+]?\d{1,2}(?:mo|tu|we|th|fr|sa|su)(?:,[-+]?\d{0,2}(?:mo|tu|we|th|fr|sa|su))*  # the last Friday of a month
    | @\w+ | @?                                                          # the name of a page on a social network
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


IsHeader = Callable[[Sequence[str]], bool]


class Row(NamedTuple):
    """A row of a table: its cells by the table's own header, and where it begins, such as "services.csv:666".

    `number` is what a spreadsheet writes beside it, where cells may have several lines; `beyond`, what has no column.
    """

    fields: Mapping[str, str]
    where: str
    number: int = 0
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What can be wrong with cells: how a text shows that it may be there, which row has it, and how its cells are mended.

    A row is looked at as one text, its cells joined by tabs, and only where that may have it, cell by cell.
    """

    code: str
    in_text: Callable[[str], object]
    in_row: Callable[[str, list[str]], object]
    mend: Callable[[str], str]


FAULTS = (
    Fault("written_line_end", lambda text: "\\n" in text, lambda row, _: "\\n" in row, str),
    Fault(
        "control_character",
        lambda text: any(sign in text for sign in CONTROLS),
        lambda row, _: CONTROL.search(row),
        lambda cell: _without_control(cell),
    ),
    Fault(
        "huge_field",
        lambda text: len(text) > LONGEST_CELL and ('"' in text or max(map(len, text.split("\n"))) > LONGEST_CELL),
        lambda row, cells: len(row) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL,
        lambda cell: cell[:LONGEST_CELL],
    ),
    Fault(
        "formula",
        lambda text: SIGNED.search(f"\n{text}"),
        lambda _, cells: any(map(is_formula, cells)),
        lambda cell: _without_sign(cell),
    ),
)


def read_table(name: str, data: bytes, defects: Defects, is_header: IsHeader | None = None) -> tuple[Row, ...]:
    """Read the rows of a table. Names of columns come in lower case, cells without outer blanks.

    The first row that is not blank has the names; but where `is_header` knows one a little below it, that one has them.
    """
    text = _text(name, data, defects)
    separator = _separator(text)
    titles = _titles(text, separator, is_header) if is_header else ()
    for number in titles:
        defects.count("row_above_header", f"{name} row {number}")
    lines = _numbered(text, separator)
    named = ((number, cells) for number, _, cells in lines if number not in titles and any(map(str.strip, cells)))
    header_number, header = next(named, (0, []))
    if _ran_together(header):
        defects.count("run_together", f"{name}:{header_number}")
    columns = _columns(name, header, defects)
    faults = tuple(fault for fault in FAULTS if fault.in_text(text))
    found = tuple(_rows(name, lines, columns, faults, defects))
    if text.count('"') % 2 and not any(where.startswith(f"{name}:") for where in defects.places("run_together")):
        defects.count("open_quote", name)
    return found


Line = tuple[int, int, list[str]]
"""A row's number, the line of the file in which it begins, and its cells."""


def _numbered(text: str, separator: str) -> Iterator[Line]:
    """Give every row, and what stands below the last one."""
    lines, begins = csv.reader(chain(StringIO(text, newline=""), (END,)), delimiter=separator), 1
    for number, cells in enumerate(lines, 1):
        yield number, begins, cells
        begins = lines.line_num + 1


def _rows(name: str, lines: Iterable[Line], columns: Sequence[str], faults: Sequence[Fault], defects: Defects) -> Iterator[Row]:
    """Give each row that has anything in it, mended where one of these faults may be there."""
    width = len(columns)
    for number, begins, line in lines:
        where = f"{name}:{begins}"
        if line and line[-1].endswith(END) and _ran_together(line):
            defects.count("run_together", where)
        cells = list(map(str.strip, line))
        if any(cells):
            if len(cells) != width:
                defects.count("ragged_row", where)
                cells += [""] * (width - len(cells))
            if faults:
                cells = _mended(cells, faults, where, defects)
            beyond = tuple(filter(None, cells[width:])) if len(cells) > width else ()
            fields = dict(zip(columns, cells))  # noqa: B905  # to say strict=False takes a third longer
            yield Row(fields, where, number, beyond)


def _mended(cells: list[str], faults: Sequence[Fault], where: str, defects: Defects) -> list[str]:
    row = "\t".join(cells)
    for fault in faults:
        if fault.in_row(row, cells):
            defects.count(fault.code, where)
            cells = list(map(fault.mend, cells))
            row = "\t".join(cells)
    return cells


def _ran_together(cells: list[str]) -> bool:
    """Say whether a quotation mark of this row is open at the end of the file. Takes the mark of the end out."""
    if not cells or not cells[-1].endswith(END):
        return False
    is_end = cells == [END]
    cells[-1] = cells[-1].removesuffix(END)
    return not is_end


def _titles(text: str, separator: str, is_header: IsHeader) -> tuple[int, ...]:
    """Give the numbers of the rows above the names of the columns: a title, or who wrote the sheet."""
    above: list[int] = []
    for number, cells in islice(enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), 1), TITLES):
        if is_header(cells):
            return tuple(above)
        if any(map(str.strip, cells)):
            above.append(number)
    return ()


def _text(name: str, data: bytes, defects: Defects) -> str:
    encoding = next((encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        defects.count("not_utf8", f"{name}:{data[: wrong.start].count(10) + 1}")
        return data.decode("cp1252" if encoding == "utf-8" else encoding, errors="replace")


def _separator(text: str) -> str:
    """Give what stands most often in the first line: spreadsheets in much of Europe write semicolons."""
    first = text.lstrip()[:LONGEST_CELL].partition("\n")[0]
    return max(SEPARATORS, key=first.count)


def _columns(name: str, header: Sequence[str], defects: Defects) -> tuple[str, ...]:
    """Name the columns; one that repeats a name loses it, so that the first is read."""
    named = [_without_control(cell).lower() for cell in header]
    again = [column if column in named[:number] else "" for number, column in enumerate(named)]
    for column in filter(None, again):
        defects.count("repeated_column", f"{name} {column}")
    return tuple("" if twice else column for column, twice in zip(named, again, strict=True))


def _without_control(cell: str) -> str:
    return CONTROL.sub("", cell).strip()


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would compute this cell rather than show it."""
    return cell.startswith(SIGNS) and not NO_FORMULA.fullmatch(cell)


def _without_sign(cell: str) -> str:
    return cell.lstrip("=+-@ \t\r\n") if is_formula(cell) else cell
