"""Gather the categories of a directory, also those that no service has, and find what each of them stands below."""

import re

from rxbot.directory.defects import Defects
from rxbot.directory.model import Category, Term

SEVERAL = re.compile(r"\s*[,;|]\s*")


class Categories:
    """What was told of categories so far while a directory is read."""

    def __init__(self) -> None:
        self._of_id: dict[str, Term] = {}
        self._told: dict[tuple[Term, str], str] = {}

    def note(self, id: str, term: Term, parent_id: str, where: str) -> None:
        """Remember a category, and the id of what it stands below; ids are the publisher's own."""
        if id:
            self._of_id.setdefault(id, term)
        self._told.setdefault((term, parent_id), where)

    def all(self, defects: Defects) -> tuple[Category, ...]:
        """Give each of them once, with its parent; it keeps one, as the standard has it, and what is lost is counted."""
        found: dict[Term, list[Term]] = {}
        for (term, parent_id), where in self._told.items():
            parents = found.setdefault(term, [])
            ids = self._ids(parent_id)
            known = [self._of_id[id] for id in ids if id in self._of_id and self._of_id[id] != term]
            if len(known) < len(ids):
                defects.count("unknown_parent", where)
            if len({*parents, *known}) > 1:
                defects.count("several_parents", where)
            parents += known
        return tuple(Category(term, next(iter(parents), None)) for term, parents in found.items())

    def _ids(self, said: str) -> list[str]:
        return [said] if said in self._of_id else list(filter(None, SEVERAL.split(said)))
