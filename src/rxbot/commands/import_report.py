"""Word what an import found, what it changed, and what is wrong with the directory, the gravest first."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from shlex import quote

from rxbot.directory.defects import Defect
from rxbot.directory.formats.counts import Counts
from rxbot.feeds import SHEET
from rxbot.store.directory_rows import ImportReport

OF_A_SHEET = ("organizations", "services", "services_with_coordinates", "phones", "languages")
"""What the writer of a sheet would count too."""
ON_THE_MAP = {"services": "services_with_coordinates", "locations": "locations_with_coordinates"}
NOT_SHOWN = "Nobody is shown any service of it. Ask the publisher whether the column status is right, and import again."


def told(read_as: str, counts: Counts, report: ImportReport, defects: Sequence[Defect], database: str) -> Iterator[str]:
    """Give the lines of the report."""
    yield f"{report.publisher}: read as {read_as}."
    yield f"Kept in {database}"
    yield ""
    yield from _found(counts, OF_A_SHEET if read_as == SHEET else ())
    yield ""
    yield _changes(report)
    if report.retired:
        yield "Retired: they are not in this directory any more. They are kept, but not offered to anybody."
        yield f"  {'; '.join(report.gone)}{'; and more' if report.retired > len(report.gone) else ''}"
    if report.kept:
        yield _kept(report.kept, {one.code for one in defects})
    for other, count in sorted(report.twice, key=lambda one: -one[1])[:1]:
        more = f" Others that have some: {len(report.twice) - 1}." if len(report.twice) > 1 else ""
        yield f"{other} has {count:,} of these too, so people may see them twice.{more} If this is its new list:"
        yield f"  rxbot directory retire {quote(report.publisher)}"
        yield f"  and import it again with --publisher {quote(other)}"
    if report.answered:
        yield f"Of {report.answered:,} their provider has said otherwise, and that holds. See: rxbot directory answers"
    if not report.offered:
        yield ""
        yield f"!!! 0 of {report.read:,} active !!!  {NOT_SHOWN}"
    yield from told_defects([one for one in defects if one.code != "none_active"])


def _kept(count: int, codes: Collection[str]) -> str:
    if "run_together" in codes:
        return f"Missing, but shown as before, as rows ran together: {count:,}. Mend the row, and import it again."
    if "fewer_than_said" in codes:
        return f"Missing, but shown as before, as the list was cut: {count:,}. Import it again. If they are gone: --take-fewer."
    return f"Left out, but shown as they were before until you mend their rows: {count:,}."


def _changes(report: ImportReport) -> str:
    services = "service" if report.read == 1 else "services"
    changes = f"{report.added:,} new, {report.changed:,} changed, {report.same:,} as they were, {report.retired:,} retired."
    return f"{report.read:,} {services} read, {report.offered:,} offered now: {changes}"


def _found(counts: Counts, only: Collection[str]) -> Iterator[str]:
    rows = {name: count for name, count in asdict(counts).items() if not only or name in only}
    width = max(len(f"{count:,}") for count in rows.values())
    for name, count in rows.items():
        if name not in ON_THE_MAP.values():
            on_the_map = f"  {rows[ON_THE_MAP[name]]:,} on the map" if name in ON_THE_MAP else ""
            yield f"  {name.replace('_', ' '):22}{count:>{width},}{on_the_map}"


def told_defects(defects: Sequence[Defect]) -> Iterator[str]:
    """Give the lines on what is wrong, the gravest first."""
    if not defects:
        yield ""
        yield "Nothing is wrong with it."
        return
    width = max(len(f"{one.count:,}") for one in defects)
    for is_grave, title in ((True, "What people do not see because of it:"), (False, "What was mended, or is not known:")):
        if found := [one for one in defects if one.is_grave is is_grave]:
            yield ""
            yield title
            for one in found:
                yield f"  {one.count:>{width},} × {one.code}, first at {one.first}"
                yield f"  {'':{width}}   {one.remedy}"
