"""What README and the pages in docs/ show of the program is what the program says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from rxbot.access import MAY
from rxbot.content.complaints import CODES, NOTES
from rxbot.content.dialogs import OptionShape, QuestionShape
from rxbot.content.draw import LIFECYCLES, draw

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = {path.relative_to(ROOT): path.read_text("utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))}


def block(marker: str) -> str:
    """Give the fenced block below a marker."""
    found = re.search(rf"<!-- {re.escape(marker)} -->\n```\w*\n(.*?)```", README, re.DOTALL)
    assert found, f"README has no block for {marker}"
    return found[1]


@pytest.mark.parametrize("name", sorted(LIFECYCLES))
def test_drawings_are_as_the_tables_say(name: str) -> None:
    assert block(f"rxbot draw {name}") == draw(LIFECYCLES[name]), f"Put the output of `rxbot draw {name}` into README.md"


def test_the_commands_are_those_there_are() -> None:
    command = [sys.executable, "-m", "rxbot", "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env={"COLUMNS": "100", "PATH": ""}).stdout
    assert block("rxbot --help") == shown.replace("python -m rxbot", "rxbot").rstrip() + "\n"


@pytest.mark.parametrize("path", re.findall(r"`((?:src|dialogs|tests|locales)/[\w/.]+)`", "\n".join(PAGES.values())))
def test_the_places_named_are_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_somewhere(page: Path) -> None:
    for path, part in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", PAGES[page]):
        there = (ROOT / page.parent / path).resolve() if path else ROOT / page
        assert there.exists(), path
        if part:
            assert part in parts_of(PAGES[there.relative_to(ROOT)]), f"{path}#{part}"


def parts_of(page: str) -> set[str]:
    """Give the headings of a page as links name them."""
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^#+ (.*)$", page, re.MULTILINE)}


def test_every_page_is_named_in_readme() -> None:
    assert {str(page) for page in PAGES if page.parent.name == "docs"} <= {*re.findall(r"\]\((docs/[\w.]+)\)", README)}


def test_every_hazard_names_a_story_that_is_there() -> None:
    table = README.partition("## What could go wrong for a person")[2].partition("\n## ")[0]
    rows = [row for row in table.splitlines() if row.startswith("| ")][1:]
    stories = [re.findall(r"\[(\w+)\]\(tests/stories/(\w+)\.yaml\)", row) for row in rows]
    assert len(rows) >= 20
    assert all(stories), "a hazard without a story"
    assert all(name == file and (ROOT / f"tests/stories/{file}.yaml").exists() for row in stories for name, file in row)


def test_the_pictures_are_there() -> None:
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_who_may_do_what_is_as_the_table_says() -> None:
    rows: dict[str, list[str]] = {}
    for act, roles in MAY.items():
        rows.setdefault(", ".join(role.replace("_", " ") for role in sorted(roles, reverse="lead" in roles)), []).append(
            f"`{act}`"
        )
    shown = "".join(f"| {roles} | {', '.join(acts)} |\n" for roles, acts in rows.items())
    assert f"<!-- who may -->\n| Role | May |\n|---|---|\n{shown}\n" in README, f"Put this into README.md:\n{shown}"


CONTENT = (ROOT / "docs/content.md").read_text("utf-8")


def test_authors_find_every_code_of_the_check() -> None:
    rows = "".join(f"| {code} | {means} |\n" for code, means in {**CODES, **NOTES}.items())
    assert CONTENT.endswith(f"<!-- codes -->\n| Code | Means |\n|---|---|\n{rows}")


def test_authors_find_every_line_a_question_may_have() -> None:
    lines = {*QuestionShape.model_fields, *OptionShape.model_fields}
    assert {line for line in lines if not re.search(rf"\b{line}:", CONTENT)} == set()
