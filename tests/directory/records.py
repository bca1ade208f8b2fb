"""Records of five publishers, where they lie beside the repository: the rows of their files as dictionaries."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rxbot.directory.hsds import read_services
from rxbot.directory.model import Service
from rxbot.feeds import open_feed

DIRECTORIES = Path(__file__).resolve().parents[2].parent / "shared/directories"


def read(name: str) -> tuple[Service, ...]:
    """Give the services of a directory, or skip the test where it is not there."""
    return read_services(open_feed(_beside(name)))[0]


def lines(name: str) -> Iterator[dict[str, object]]:
    """Give the records of a file that has one to a line."""
    yield from map(json.loads, _beside(name).read_text(encoding="utf-8").splitlines())


def table(name: str) -> list[dict[str, str]]:
    """Give the rows of a table."""
    with _beside(name).open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


def _beside(name: str) -> Path:
    if not (DIRECTORIES / name).exists():
        pytest.skip(f"{name} is not beside the repository")
    return DIRECTORIES / name
