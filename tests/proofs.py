"""Whether the story or the test that a table names is there."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent


def is_there(proof: str) -> bool:
    """Say whether there is this story, by the name of its file, or this test, as pytest names it."""
    path, _, test = proof.removeprefix("tests/").partition("::")
    if not test:
        return (TESTS / "stories" / f"{path}.yaml").is_file()
    named = ast.parse((TESTS / path).read_text(encoding="utf-8")).body if (TESTS / path).is_file() else []
    return any(isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name == test for one in named)
