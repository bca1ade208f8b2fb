"""A page to read on a phone or print: one file that fetches nothing and runs nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rxbot.message import Text
from rxbot.paper import Page
from rxbot.words import Facts, Words

OTHER_TAGS = re.compile(r"<(?!/?[bi]>)[^>]+>")  # of Telegram's, a page keeps bold and italic: a spoiler cannot be tapped on paper
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class WordedPage:
    """A page in a language: each section with its head and its blocks of lines, as HTML."""

    title: str
    sections: list[tuple[str, list[list[str]]]]
    foot: list[str]


def page_html(page: Page, words: Words, language: str, facts: Facts) -> str:
    """Word the page. An empty line ends a block; a block of several lines is a list."""

    worded = worded_page(page, words, language, facts)
    return TEMPLATES.get_template("page.html").render(
        language=language, direction="rtl" if words.runs_right_to_left(language) else "ltr", page=worded
    )


def worded_page(page: Page, words: Words, language: str, facts: Facts) -> WordedPage:
    """Put the page into a language."""

    def html(text: Text) -> str:
        return OTHER_TAGS.sub("", words.text(text, language, facts))  # values are escaped there, so the template calls it safe

    def blocks(lines: Iterable[Text]) -> list[list[str]]:
        return [list(block) for filled, block in groupby(map(html, lines), bool) if filled]

    return WordedPage(
        title=html(page.title),
        sections=[(html(section.head), blocks(section.lines)) for section in page.sections],
        foot=[html(line) for line in page.foot],
    )
