"""Imports go down only, the ground floor is pure, and each outside package has one room."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src/rxbot"
FLOORS = (
    "message paper lifecycle pace access",
    "handoff referral plan report safety directory dialog episode",
    "store content words papers feeds",
    "inbox carry_out outbox patience metrics vitals retention throttle mail",
    "channels clinic provider published clock pulse sandbox by_request seated",
    "__main__ commands app web demo doctor",
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms.split()}
SAME_FLOOR = {
    "episode": {"handoff", "referral", "plan", "report", "safety", "directory", "dialog"},
    "safety": {"dialog"},
    "dialog": {"directory"},
    "content": {"words"},
    "papers": {"words"},
    "paper": {"message"},
    "demo": {"app", "web"},
    "doctor": {"app"},
    "__main__": {"commands"},
    "commands": {"app", "web", "demo", "doctor"},
    "app": {"web"},
    "web": set(),
    "provider": {"clinic"},
    "published": {"clinic"},
    "inbox": {"metrics"},
    "carry_out": {"metrics"},
    "outbox": {"patience", "metrics"},
    "metrics": {"vitals"},
    "pulse": {"clock"},
}
FOR_ALL = {"errors": set(FLOOR) | {"settings"}, "settings": {"app", "commands", "demo", "doctor"}, "log": {"commands"}}
PURE = {room for room, floor in FLOOR.items() if floor < 2}
IMPURE_MODULES = {"random", "secrets", "os", "asyncio"}
IMPURE_NAMES = {"open", "datetime.now", "date.today", "time.time", "datetime.utcnow"}
ONE_ROOM = {
    "numpy": ("directory/fit.py", "directory/nearness.py", "directory/suits.py", "store/found.py", "store/postings.py"),
    "telegram": ("channels/telegram/", "app.py"),
    "aiohttp": ("channels/telegram/request.py",),
    "psycopg": ("store/postgres.py",),
    "sqlalchemy": ("store/",),
    "alembic": ("store/",),
    "transitions": ("lifecycle.py", "content/draw.py"),
    "babel": ("words.py", "content/extract.py"),
    "yaml": ("content/pages.py",),
    "starlette": (
        "clinic/",
        "provider/",
        "published/",
        "channels/telegram/webhook.py",
        "sandbox/",
        "web.py",
        "demo.py",
        "app.py",
    ),
    "uvicorn": ("clinic/", "sandbox/", "web.py", "demo.py", "app.py"),
    "jinja2": ("clinic/", "papers/"),
    "icalendar": ("papers/",),
    "dateutil": ("directory/rules/recurrence.py",),
    "segno": ("clinic/",),
    "limits": ("throttle.py", "clinic/sign_in.py", "channels/telegram/webhook.py"),
    "smtplib": ("mail.py",),
    "secure": ("clinic/headers.py", "web.py"),
    "cryptography": ("store/keys.py",),
    "httpx": ("feeds/", "channels/telegram/request.py", "sandbox/webhook.py"),
    "typer": ("__main__.py", "commands/"),
    "prometheus_client": ("metrics.py",),
}
PAGES = sorted(SRC.rglob("*.py"))


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(SRC)) for page in PAGES])
def test_a_page_keeps_to_its_floor(page: Path) -> None:
    assert list(wrongs(page)) == []


def wrongs(page: Path) -> Iterator[str]:
    """Name everything this page should not do."""
    where, tree = page.relative_to(SRC).as_posix(), ast.parse(page.read_text("utf-8"))
    room = where.split("/")[0].removesuffix(".py")
    for name in imported(tree):
        package, _, inner = name.partition(".")
        other = inner.split(".")[0] if package == "rxbot" else ""
        if other and other != room and not may_import(room, other):
            yield f"imports {name}"
        if package in ONE_ROOM and not where.startswith(ONE_ROOM[package]):
            yield f"imports {name}"
        if room in PURE and package in IMPURE_MODULES:
            yield f"imports {name}"
    if room in PURE:
        yield from (f"names {name}" for name in named(tree) if name in IMPURE_NAMES)
        yield from (type(n).__name__ for n in ast.walk(tree) if isinstance(n, ast.AsyncFunctionDef | ast.Await))


def may_import(room: str, other: str) -> bool:
    if other in FOR_ALL:
        return room in FOR_ALL[other]
    if room not in FLOOR or other not in FLOOR:
        return room in ("__init__", "settings") and other == "store"  # settings make the first key
    return FLOOR[other] < FLOOR[room] or other in SAME_FLOOR.get(room, set())


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield f"{ast.unparse(node.value)}.{node.attr}"
