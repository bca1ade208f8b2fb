"""Read the needs we can name, and what each is called elsewhere: dialogs/needs.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from pydantic import Field

from rxbot.content.complaints import Complaints
from rxbot.content.pages import NotEmpty, Shape, read_shaped, shaped
from rxbot.content.sources import LABEL, Source
from rxbot.directory.model import Need, TermRef
from rxbot.directory.stems import WORD, fold

PAGE = "dialogs/needs.yaml"
OWN = "rxbotNeed"
"""Our own vocabulary: the needs themselves, by their ids."""
NOTE = "A category of services in directories. Say in everyday words what kind of service it is."


class CategoryShape(Shape):
    """A category of Open Eligibility, by its numbers in both editions; `label` is what people read in place of its name."""

    name: NotEmpty
    v2: tuple[int, ...]
    v1: tuple[str, ...]
    label: NotEmpty = ""


class ServiceTypeShape(Shape):
    """A service type of the list English councils use."""

    code: NotEmpty
    name: NotEmpty


class NeedShape(Shape):
    """A need; see directory.model.Need."""

    label: NotEmpty
    gravity: tuple[str, ...]
    open_eligibility: tuple[CategoryShape, ...]
    esd: tuple[ServiceTypeShape, ...]
    keywords: tuple[str, ...]
    whom: tuple[NotEmpty, ...] = ()
    in_person: bool = False


class NeedsShape(Shape):
    """The page, its needs not yet looked at."""

    needs: Mapping[str, object] = Field(min_length=1)


@dataclass(frozen=True)
class Needs:
    """The needs by their ids, and what their categories are called for people."""

    known: Mapping[str, Need] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()


def read_needs(folder: Path, complaints: Complaints) -> Needs:
    """Read the page of a content folder; complain of all that is wrong in it."""
    page = read_shaped(NeedsShape, folder, PAGE, complaints)
    shapes = {id: shaped(NeedShape, block, PAGE, complaints) for id, block in page.needs.items()} if page else {}
    sources = {source.id: source for shape in shapes.values() if shape for source in _sources(shape)}
    return Needs({id: _need(id, shape) for id, shape in shapes.items()}, tuple(sources.values()))


def _need(id: str, shape: NeedShape | None) -> Need:
    if shape is None:
        return Need(id, id)  # so that dialogs which name it are not complained of as well
    terms = (*map(_open_eligibility, shape.open_eligibility), *map(_service_type, shape.esd))
    own = TermRef(shape.label, (f"{OWN}:{id}",), text_named(shape.label))
    return Need(id, shape.label, shape.gravity, terms, shape.keywords, shape.whom, own, shape.in_person)


def _open_eligibility(shape: CategoryShape) -> TermRef:
    codes = tuple(f"openEligibility:{number}" for number in (*shape.v2, *shape.v1))
    return TermRef(shape.name, codes, text_named(shape.name))


def _service_type(shape: ServiceTypeShape) -> TermRef:
    return TermRef(shape.name, (shape.code,), text_named(shape.name))


def _sources(shape: NeedShape) -> Iterator[Source]:
    """A name is one text: a category stands under several needs, and directories trust its name, whatever its codes."""
    categories = ((one.name, one.label or one.name, one.line) for one in shape.open_eligibility)
    types = ((one.name, one.name, one.line) for one in shape.esd)
    for name, label, line in ((shape.label, shape.label, 0), *categories, *types):
        yield Source(text_named(name), escape(label, quote=False), NOTE, PAGE.removeprefix("dialogs/"), line, LABEL)


def text_named(name: str) -> str:
    """Give the id of the text that words the name of a need, or of a category."""
    return f"needs/{'_'.join(WORD.findall(fold(name)))}"
