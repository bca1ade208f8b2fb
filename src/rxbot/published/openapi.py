"""The OpenAPI description of what is published, so that programs find their way by themselves."""

from collections.abc import Mapping

from rxbot.published.catalogue import LISTS
from rxbot.published.parameters import FORMS, LONGEST, MOST_METRES, MOST_PAGES, MOST_PER_PAGE, PER_PAGE

Json = dict[str, object]
VERSION, PROFILE = "3.1", "https://docs.openreferral.org"
PROBLEM = "application/problem+json"


def _parameter(name: str, description: str, **schema: object) -> Json:
    """Describe a parameter of a list. One that is empty is not asked."""
    said = {"name": name, "in": "query", "required": False, "description": description}
    return {**said, "allowEmptyValue": True, "schema": schema}


TEXT: Mapping[str, object] = {"type": "string", "maxLength": LONGEST, "pattern": "^[^\\u0000]*$"}
SEARCHING = (
    _parameter("search", "Words that all have to be in its name, description or categories.", **TEXT),
    _parameter("taxonomy_term_id", "Only what has this category.", **TEXT),
    _parameter("taxonomy_id", "Only what has a category of this vocabulary.", **TEXT),
    _parameter("organization_id", "Only what this organization gives.", **TEXT),
    _parameter("modified_after", "Only what changed at this moment or later.", type="string", format="date-time"),
)
PAGING = (
    _parameter("page", "Which page, from 1.", type="integer", minimum=1, maximum=MOST_PAGES),
    _parameter(
        "per_page",
        f"How many on a page; {PER_PAGE} when left out, and all of them where minimal=true.",
        type="integer",
        minimum=1,
        maximum=MOST_PER_PAGE,
    ),
    _parameter("format", "ndjson gives every record found, a line each, without pages.", type="string", enum=list(FORMS)),
    _parameter("minimal", "Only ids, and when each changed. An id that is missing is not published any more.", type="boolean"),
    _parameter("full", "Each record with all that hangs on it.", type="boolean"),
)
NEAR = (
    _parameter("postcode", "Only where people of this postcode may come.", **TEXT),
    _parameter("proximity", "Only what is within so many metres of the postcode.", type="number", minimum=0, maximum=MOST_METRES),
)
BELOW = (
    _parameter("parent_id", "Only what stands right below this category, as its publisher lists it.", **TEXT),
    _parameter("top_only", "Only what stands below no other category.", type="boolean"),
)
PAGE: Json = {
    "type": "object",
    "required": ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"],
    "properties": {
        **{name: {"type": "integer", "minimum": 0} for name in ("total_items", "total_pages", "page_number", "size")},
        **{name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")},
        "contents": {"type": "array", "items": {"$ref": "#/components/schemas/Record"}},
    },
}
MORE = {"service_at_locations": NEAR, "taxonomy_terms": BELOW}
RECORD: Json = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "format": "uuid"}}}
WRONG: Json = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
ROOT: Json = {
    "type": "object",
    "required": ["version", "profile", "openapi_url"],
    "properties": {name: {"type": "string"} for name in ("version", "profile", "openapi_url")},
}
DOES = {"400": "What was asked for cannot be read.", "404": "There is no such record or postcode.", "429": "Ask more slowly."}


def describe(title: str, url: str) -> Json:
    """Describe the whole API, which is at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": VERSION,
            "summary": "Community services, as HSDS. What their providers say of them is in it; nobody's name is.",
        },
        "servers": [{"url": url}],
        "paths": {
            "/": _path("root", "Say what this is.", _ref("Root")),
            "/openapi.json": _path("description", "Give this description.", {"type": "object"}),
            **{path: item for name in LISTS for path, item in _list(name)},
        },
        "components": {"schemas": {"Page": PAGE, "Record": RECORD, "Problem": WRONG, "Root": ROOT}},
    }


def _list(name: str) -> tuple[tuple[str, Json], tuple[str, Json]]:
    parameters = (*SEARCHING, *PAGING, *MORE.get(name, ()))
    id: Json = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    lines: Json = {"application/x-ndjson": {"schema": {"type": "string"}}}
    listed = _path(f"list_{name}", f"List {name}.", _ref("Page"), parameters, lines)
    return (f"/{name}", listed), (
        f"/{name}/{{id}}",
        _path(f"get_{name}", f"Give one of the {name}, whole.", _ref("Record"), (id,)),
    )


def _path(act: str, summary: str, schema: Json, parameters: tuple[Json, ...] = (), more: Json | None = None) -> Json:
    answers: dict[str, Json] = {
        "200": {"description": "As asked for.", "content": {"application/json": {"schema": schema}, **(more or {})}},
        "304": {"description": "Nothing has changed since."},
        **{code: {"description": words, "content": {PROBLEM: {"schema": _ref("Problem")}}} for code, words in DOES.items()},
    }
    return {"get": {"operationId": act, "summary": summary, "parameters": list(parameters), "responses": answers}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
