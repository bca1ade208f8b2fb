"""The frame of every page of ours: its head, and the choice of a language. The providers' pages stand in it too."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rxbot.words import Words

FRAME = Path(__file__).parent / "templates"


def templates_in(folder: Path, words: Words) -> Environment:
    """Give the templates of a folder, put into the frame, with the languages to choose from."""
    loader = FileSystemLoader([folder, FRAME])
    templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    templates.globals.update(tongues={code: words.wording(code)["own_name"] for code in words.languages})
    return templates
