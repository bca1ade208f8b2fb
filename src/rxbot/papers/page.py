"""A page to read on a phone or print: one file that fetches nothing and runs nothing."""

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rxbot.message import Text
from rxbot.paper import Page
from rxbot.words import Facts, Words

OTHER_TAGS = re.compile(r"<(?!/?[bi]>)[^>]+>")  # of Telegram's, a page keeps bold and italic: a spoiler cannot be tapped on paper
TEMPLATE = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
).get_template("page.html")


def page_html(page: Page, words: Words, language: str, facts: Facts) -> str:
    """Word the page. An empty line ends a block; a block of several lines is a list."""

    def html(text: Text) -> str:
        return OTHER_TAGS.sub("", words.text(text, language, facts))  # values are escaped there, so the template calls it safe

    def blocks(lines: Iterable[Text]) -> list[list[str]]:
        return [list(block) for filled, block in groupby(map(html, lines), bool) if filled]

    return TEMPLATE.render(
        language=language,
        direction="rtl" if words.runs_right_to_left(language) else "ltr",
        title=html(page.title),
        sections=[(html(section.head), blocks(section.lines)) for section in page.sections],
        foot=[html(line) for line in page.foot],
    )
