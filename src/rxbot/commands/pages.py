"""The commands for authors and translators."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rxbot import app as root
from rxbot.commands.opening import content_folder
from rxbot.content import extract
from rxbot.content.begin import begin
from rxbot.content.check import check
from rxbot.content.draw import LIFECYCLES, draw
from rxbot.content.load import shipped
from rxbot.settings import read_settings
from rxbot.words import reviewer_in

commands = typer.Typer()
content = typer.Typer(help="Questions, phrases and local facts of your own.", no_args_is_help=True)
words = typer.Typer(help="Our words in other languages.", no_args_is_help=True)


class Drawing(StrEnum):
    """A lifecycle that can be drawn."""

    EPISODE = "episode"
    SURVEY = "survey"
    HANDOFF = "handoff"
    REFERRAL = "referral"


@commands.command("draw")
def draw_command(lifecycle: Annotated[Drawing, typer.Argument(help="Which one.")]) -> None:
    """Print a lifecycle as a Mermaid drawing."""
    typer.echo(draw(LIFECYCLES[lifecycle.value]), nl=False)


@commands.command()
def preview(
    language: Annotated[str, typer.Option(help="Its code in scheme.yaml, such as ar.")],
    out: Annotated[Path | None, typer.Option(help="Where to write the page; preview-LANGUAGE.html when not given.")] = None,
) -> None:
    """Write every screen of a language on one page. For authors, native reviewers and clinicians."""
    from rxbot.papers.preview import preview_html

    settings = read_settings()
    release = root.load_release(settings, root.now_of(settings)(), being_written=True)
    page = preview_html(release.content, release.words, language, reviewer_in(settings.content or shipped(), language))
    written = out or Path(f"preview-{language}.html")
    written.write_text(page, "utf-8")
    typer.echo(f"Written to {written.resolve()}.")


@commands.command("check")
def check_command(
    folder: Annotated[Path | None, typer.Argument(help="The pages' folder; RXBOT_CONTENT when left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Look the questions, phrases and translations through. Names all that is wrong at once, where, and what to do."""
    where = folder or content_folder()
    found = check(where, datetime.now(UTC).date())
    grave, notes = found.grave, [one for one in found if one.is_note]
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
    else:
        for one in grave:
            typer.echo(str(one))
        if notes:
            typer.echo("Worth knowing:")
            for one in notes:
                typer.echo(f"  {one}")
        typer.echo(f"{len(grave)} to mend, {len(notes)} worth knowing, in {where}.")
    raise typer.Exit(1 if grave else 0)


@content.command("init")
def content_init(folder: Annotated[Path, typer.Argument(help="A folder that is empty or not there yet.")]) -> None:
    """Copy what ships to a folder of your own, to be changed there."""
    begin(folder)
    typer.echo(f"Your pages are in {folder}. Change {folder / 'dialogs' / 'scheme.yaml'} first. Then:")
    typer.echo(f"\n  rxbot check {folder}\n  rxbot demo --content {folder}\n")


@words.command("extract")
def words_extract() -> None:
    """Write every English text to the template for translators, locales/rxbot.pot."""
    folder = content_folder()
    typer.echo(f"{extract.extract(folder)} texts are in {folder / extract.TEMPLATE}.")


@words.command("update")
def words_update() -> None:
    """Write the template, and bring each language's file up to it."""
    for language, missing in extract.update(content_folder()).items():
        typer.echo(f"{language}: {missing} texts to translate." if missing else f"{language}: complete.")


@words.command("status")
def words_status() -> None:
    """Say how far each language is, and who has reviewed it."""
    for one in extract.status(content_folder()):
        typer.echo(
            f"{one.code}: {one.done} of {one.texts} texts. {one.missing} missing, {one.fuzzy} fuzzy, "
            f"{one.outdated} of an older English. {f'Reviewed by {one.reviewer}.' if one.reviewer else 'Not reviewed.'}"
        )
