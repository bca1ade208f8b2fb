"""The schemas of the standard, where they lie beside the project: what is wrong with a record by them."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

SCHEMAS = Path(__file__).resolve().parents[1].parent / "shared/directories/hsds-examples/schema"


def complaints(kind: str, record: Mapping[str, Any]) -> Iterator[str]:
    """Say what is wrong with a record of this kind, also what the standard has no field for; skip without the schemas."""
    if not SCHEMAS.is_dir():
        pytest.skip("the schemas of the standard are not beside the project")
    for wrong in _validator(kind).iter_errors(record):
        yield f"{kind} {record.get('id')} at {'.'.join(map(str, wrong.instance_path))}: {wrong.message[:200]}"


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(_schema(f"{kind}.json"), retriever=_schema, validate_formats=True, base_uri="file:///hsds/")


@cache
def _schema(address: str) -> dict[str, Any]:
    """Give a schema that takes the fields it names and no others."""
    page: dict[str, Any] = json.loads((SCHEMAS / Path(address).name).read_text("utf-8"))
    return {**page, "additionalProperties": False}
