"""Tell by their columns what tables are."""

from collections.abc import Iterable

from rxbot.directory.formats.tables import Row


def table_names(files: Iterable[str]) -> tuple[str, ...]:
    """Give the name of each file's table: services.csv holds "services"."""
    return tuple(file.rpartition(".")[0].strip().lower() or file.lower() for file in files)


def is_services(rows: tuple[Row, ...]) -> bool:
    """Say whether these rows are services, whatever their file is called."""
    return {"name", "organization_id"} <= _columns(rows) and bool({"status", "application_process"} & _columns(rows))


def _columns(rows: tuple[Row, ...]) -> set[str]:
    return set(rows[0].fields) if rows else set()
