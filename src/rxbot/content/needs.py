"""Read the needs we can name, and what each is called elsewhere: dialogs/needs.yaml."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from rxbot.content.complaints import Complaints
from rxbot.content.pages import Said, Shape, read_shaped, shaped
from rxbot.directory.model import Need, TermRef

PAGE = "dialogs/needs.yaml"


class CategoryShape(Shape):
    """A category of Open Eligibility, by its numbers in both editions."""

    name: Said
    v2: tuple[int, ...]
    v1: tuple[str, ...]


class ServiceTypeShape(Shape):
    """A service type of the list English councils use."""

    code: Said
    name: Said


class NeedShape(Shape):
    """A need; see directory.model.Need."""

    label: Said
    gravity: tuple[str, ...]
    open_eligibility: tuple[CategoryShape, ...]
    esd: tuple[ServiceTypeShape, ...]
    keywords: tuple[str, ...]


class NeedsShape(Shape):
    """The page, its needs not yet looked at."""

    needs: Mapping[str, object] = Field(min_length=1)


def read_needs(folder: Path, complaints: Complaints) -> Mapping[str, Need]:
    """Read the page of a content folder; complain of all that is wrong in it."""
    page = read_shaped(NeedsShape, folder, PAGE, complaints)
    return {id: _need(id, block, complaints) for id, block in page.needs.items()} if page else {}


def _need(id: str, block: object, complaints: Complaints) -> Need:
    shape = shaped(NeedShape, block, PAGE, complaints)
    if shape is None:
        return Need(id, id)  # so that dialogs which name it are not complained of as well
    terms = (*map(_open_eligibility, shape.open_eligibility), *(TermRef(one.name, (one.code,)) for one in shape.esd))
    return Need(id, shape.label, shape.gravity, terms, shape.keywords)


def _open_eligibility(shape: CategoryShape) -> TermRef:
    return TermRef(shape.name, tuple(f"openEligibility:{number}" for number in (*shape.v2, *shape.v1)))
