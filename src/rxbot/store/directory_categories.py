"""Keep what each publisher lists as its categories, so that all of them can be read again, with what they stand below."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select

from rxbot.directory.formats.records import term_id
from rxbot.directory.model import Category, Term
from rxbot.store import published_index
from rxbot.store.directory_tables import directory_category, published_term
from rxbot.store.rows import MANY, many, slices
from rxbot.store.unit import Unit

c = directory_category.c


def save_categories(unit: Unit, publisher: str, categories: Iterable[Category], now: datetime, keeps_all: bool) -> None:
    """Make the store list these; where it `keeps_all`, those that are missing stay, as of a list that was cut."""
    told = {term_id(one.term): one for one in categories}
    known = {row.id: row.parent for row in unit.execute(select(c.id, c.parent).where(c.publisher == publisher))}
    gone = [] if keeps_all else [id for id in known if id not in told]
    new = {id: one for id, one in told.items() if known.get(id) != _parent_id(one)}
    for some in slices([*gone, *new], MANY):
        unit.execute(delete(directory_category).where(c.publisher == publisher, c.id.in_(some)))
    rows = ({"publisher": publisher, "id": id, **_said(one), "changed_at": now} for id, one in new.items())
    many(unit, insert(directory_category), rows)
    published_index.post_categories(unit, {id: one.term for id, one in new.items()})


def categories_listed_by(unit: Unit, publishers: Collection[str]) -> tuple[Category, ...]:
    """Give what these publishers list, each category once, with the parent that the first of them names."""
    rows = unit.execute(select(directory_category).where(c.publisher.in_(publishers)).order_by(c.publisher, c.id)).all()
    terms = {row.id: Term(row.vocabulary, row.code, row.name) for row in rows}
    parents = {row.id: row.parent for row in reversed(rows) if row.parent}
    return tuple(Category(term, terms.get(parents.get(id, ""))) for id, term in terms.items())


def parents_of(unit: Unit, publishers: Collection[str], services: Collection[str]) -> Mapping[str, str]:
    """Give the UUID of what each category of these services, by their keys, stands below, where it does."""
    used = select(published_term.c.term).where(published_term.c.service.in_(services))
    return parents_among(unit, publishers, c.id.in_(used))


def parents_among(unit: Unit, publishers: Collection[str], which: ColumnElement[bool]) -> Mapping[str, str]:
    """Give the UUID of the parent of each of these categories that has one, as the first of the publishers says."""
    asked = select(c.id, c.parent).where(c.publisher.in_(publishers), c.parent != "", which).order_by(c.publisher.desc())
    return {row.id: row.parent for row in unit.execute(asked)}


def forget_categories(unit: Unit, publisher: str) -> None:
    """List nothing of this publisher any more."""
    unit.execute(delete(directory_category).where(c.publisher == publisher))


def publish_categories(unit: Unit) -> None:
    """Let all categories be in the lists that are published."""
    rows = unit.execute(select(c.id, c.vocabulary, c.code, c.name).distinct())
    published_index.post_categories(unit, {row.id: Term(row.vocabulary, row.code, row.name) for row in rows})


def _said(one: Category) -> dict[str, str]:
    term = one.term
    return {"parent": _parent_id(one), "vocabulary": term.taxonomy, "code": term.code, "name": term.name}


def _parent_id(one: Category) -> str:
    return term_id(one.parent) if one.parent else ""
