"""Open YAML pages. Every block remembers its line, so that a complaint can point at it; yes and no stay words."""

from pathlib import Path
from typing import Any

import yaml

from rxbot.errors import ContentWrong


class Block(dict[str, Any]):
    """A mapping of a page, which page it is, and the line it starts on."""

    path: str = ""
    line: int = 0

    def __missing__(self, key: str) -> Any:
        raise ContentWrong(f"{self.path}:{self.line} `{key}:` is missing.", "See the page that ships with rxbot.")


class _Loader(yaml.SafeLoader):
    """YAML 1.1 would turn the ids yes, no, on and off into booleans."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _block(loader: _Loader, node: yaml.MappingNode) -> Block:
    block = Block()
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in block:
            raise yaml.MarkedYAMLError(problem=f"{key!r} stands here twice", problem_mark=key_node.start_mark)
        block[key] = (
            {"true": True, "false": False}.get(v, v) if isinstance(v := loader.construct_object(value_node, True), str) else v
        )
    block.path, block.line = loader.name, node.start_mark.line + 1
    return block


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _block)


def read_page(path: Path) -> Block:
    """Read one page. Raises ContentWrong with file and line when it is missing or is no YAML mapping."""
    try:
        loader = _Loader(path.read_text("utf-8"))
        loader.name = str(path)
        page = loader.get_single_data()
    except FileNotFoundError as missing:
        raise ContentWrong(f"{path} is missing.", "Copy the one that ships with rxbot.") from missing
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise ContentWrong(f"{path}:{line} {wrong.problem}.", "Mend the YAML of this line.") from wrong
    except (yaml.reader.ReaderError, UnicodeDecodeError) as wrong:
        raise ContentWrong(f"{path}:1 holds what is no text: {wrong.reason}.", "Save the page as UTF-8.") from wrong
    if not isinstance(page, Block):
        raise ContentWrong(f"{path}:1 is not a page.", "Start with `key: value` lines.")
    return page
