"""Opening a feed: where each record stands, and a clear complaint when it cannot be opened."""

from pathlib import Path

import pytest

from rxbot.content.feeds import open_feed
from rxbot.errors import FeedWrong


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_json_file_is_one_page(tmp_path: Path) -> None:
    assert list(open_feed(write(tmp_path / "a.json", '{"id": 1}'))) == [("a.json", {"id": 1})]


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl"])
def test_json_lines_are_named_by_line_and_empty_ones_skipped(tmp_path: Path, name: str) -> None:
    assert list(open_feed(write(tmp_path / name, '\ufeff{"id": 1}\n\n{"id": 2}\n'))) == [
        (f"{name}:1", {"id": 1}),
        (f"{name}:3", {"id": 2}),
    ]


def test_a_folder_is_read_in_order_of_names_and_other_files_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "2.json", "[2]")
    write(tmp_path / "1.ndjson", "1")
    write(tmp_path / "notes.txt", "no")
    assert [page for _, page in open_feed(tmp_path)] == [1, [2]]


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.json", '{"id": 1,\n"name": }', "a.json:2 This is not JSON"),
        ("a.ndjson", '{"id": 1}\n{"id": \n', "a.ndjson:2 This is not JSON"),
        ("a.json", "  \n", "a.json:1 The file is empty"),
        ("a.ndjson", "\n\n", "a.ndjson:1 The file is empty"),
        ("a.csv", "id,name", "is not a format we read"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.ndjson", "1\n" + "9" * 5000, r"a\.ndjson:2 .* endless numbers"),
    ],
)
def test_a_feed_that_cannot_be_read_says_where_and_why(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    with pytest.raises(FeedWrong, match=complaint):
        list(open_feed(write(tmp_path / name, text)))


def test_a_missing_path_and_an_empty_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FeedWrong, match="is not there"):
        list(open_feed(tmp_path / "nothing.json"))
    with pytest.raises(FeedWrong, match="holds no"):
        list(open_feed(tmp_path))


def test_text_in_another_encoding_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_bytes(b'{"id": 1}\n{"name": "Caf\xe9"}\n')
    with pytest.raises(FeedWrong, match=r"a\.ndjson:2 This is not UTF-8"):
        list(open_feed(tmp_path / "a.ndjson"))
