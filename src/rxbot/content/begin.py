"""Begin a folder of content of one's own with a copy of what ships."""

import shutil
from pathlib import Path

from rxbot.content.load import shipped
from rxbot.errors import ContentWrong


def begin(folder: Path) -> None:
    """Copy dialogs/ and locales/ to this folder. Raises ContentWrong when anything is there already: nothing is overwritten."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ContentWrong(f"{folder} is not empty, and nothing there is overwritten.", "Name a new folder.")
    for name in ("dialogs", "locales"):
        shutil.copytree(shipped() / name, folder / name)
