"""Opening a feed: whatever it comes as, where each record stands, and a clear complaint when it cannot be opened."""

import gzip
import json
import os
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from rxbot.directory.hsds import read_services
from rxbot.directory.model import Service
from rxbot.errors import FeedWrong
from rxbot.feeds import Format, files, open_feed

RECORDS = [
    {"id": str(number), "name": f"Group {number}", "status": "active", "organization": {"id": "o", "name": "Lantern House"}}
    for number in range(1, 8)
]


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def zipped(path: Path, members: dict[str, str]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    return path


def services_of(path: Path) -> tuple[Service, ...]:
    return read_services(open_feed(path))[0]


def refused(path: Path, complaint: str) -> FeedWrong:
    with pytest.raises(FeedWrong, match=complaint) as wrong:
        list(open_feed(path))
    assert wrong.value.remedy
    return wrong.value


def test_a_json_file_is_one_page(tmp_path: Path) -> None:
    assert list(open_feed(write(tmp_path / "a.json", '{"id": 1}'))) == [("a.json", {"id": 1})]


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl", "a.json", "a.txt"])
def test_json_lines_are_known_by_content_named_by_line_and_empty_ones_skipped(tmp_path: Path, name: str) -> None:
    assert list(open_feed(write(tmp_path / name, '\ufeff{"id": 1}\n\n{"id": 2}\n'))) == [
        (f"{name}:1", {"id": 1}),
        (f"{name}:3", {"id": 2}),
    ]


def test_a_folder_is_read_in_order_of_names_and_other_files_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "2.json", "[2]")
    write(tmp_path / "1.ndjson", "1")
    write(tmp_path / "notes.md", "no")
    write(tmp_path / "about.txt", "no")
    write(tmp_path / ".hidden.json", "no")
    write(tmp_path / "datapackage.json", "no")
    write(tmp_path / "older" / "0.json", "[0]")
    assert [page for _, page in open_feed(tmp_path)] == [1, [2]]


def test_a_folder_below_that_holds_data_too_is_named_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "sample.json").write_text('{"id": "1", "name": "Choir"}')
    (tmp_path / "pages").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "pages" / "one.json").write_text('{"id": "2", "name": "Games"}')
    (tmp_path / "notes" / "read.me").write_text("nothing")
    feed = open_feed(tmp_path)
    services, defects = read_services(feed, feed.defects)
    assert [service.name for service in services] == ["Choir"]
    assert [(one.code, one.first) for one in defects if one.is_grave] == [("folder_not_read", "pages/")]
    below = open_feed(tmp_path / "pages")
    assert not any(one.code == "folder_not_read" for one in read_services(below, below.defects)[1])


def test_the_same_records_give_the_same_directory_however_they_are_packed(tmp_path: Path) -> None:
    page = {"total_pages": 1, "contents": RECORDS}
    lines = "\n".join(map(json.dumps, RECORDS))
    whole = write(tmp_path / "a.json", json.dumps(page, indent=1))
    for number, record in enumerate(RECORDS):
        write(tmp_path / "folder" / f"{number}.json", json.dumps(record))
    ways = {
        "json": whole,
        "list": write(tmp_path / "b.json", json.dumps(RECORDS)),
        "lines": write(tmp_path / "c.ndjson", lines),
        "folder": tmp_path / "folder",
        "zip": zipped(tmp_path / "d.zip", {"__MACOSX/x.json": "no", "feed/e.ndjson": lines, "feed/datapackage.json": "no"}),
        "zip by no name": zipped(tmp_path / "download", {"x.json": json.dumps(page)}),
    }
    (tmp_path / "f.json.gz").write_bytes(gzip.compress(whole.read_bytes()))
    (tmp_path / "utf-16.json").write_bytes(json.dumps(RECORDS).encode("utf-16"))
    found = {way: services_of(path) for way, path in ways.items()}
    assert len(found["json"]) == 7
    assert all(services == found["json"] for services in found.values())
    assert services_of(tmp_path / "f.json.gz") == services_of(tmp_path / "utf-16.json") == found["json"]


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.json", '{"id": 1,\n"name": }', "a.json:2 This is not JSON"),
        ("a.ndjson", '{"id": 1}\n{"id": \n', "a.ndjson:2 This is not JSON"),
        ("a.json", "  \n", "a.json:1 The file is empty"),
        ("a.ndjson", "\n\n", "a.ndjson:1 The file is empty"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", '{"a": [' * 300 + "]}" * 300, "nested too deeply"),
        ("a.ndjson", "1\n" + "9" * 5000, r"a\.ndjson:2 .* endless numbers"),
        ("a.csv", "colour,shape\nred,round", "no row of it names the columns organization and service"),
        ("a.csv", "", "a.csv is empty"),
        ("a.html", "<!doctype html><p>Page", "is a web page"),
        ("a.json", "%PDF-1.4", "is a PDF"),
        ("a.csv", "a\0b", "is not text"),
    ],
)
def test_a_feed_that_cannot_be_read_says_where_and_why(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    refused(write(tmp_path / name, text), complaint)


def test_a_missing_path_and_an_empty_folder_are_told_apart(tmp_path: Path) -> None:
    refused(tmp_path / "nothing.json", "is not there")
    refused(tmp_path, "holds no file")
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "is no file")


def test_json_and_tables_side_by_side_are_not_chosen_between(tmp_path: Path) -> None:
    write(tmp_path / "a.json", "[]")
    write(tmp_path / "services.csv", "id,name\n1,x")
    refused(tmp_path, "side by side")


def test_text_in_another_encoding_is_read_and_named_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_bytes(b'{"id": 1, "name": "A"}\n{"id": 2, "name": "Caf\xe9"}\n')
    feed = open_feed(tmp_path / "a.ndjson")
    services, defects = read_services(feed, feed.defects)
    assert [service.name for service in services] == ["A", "Café"]
    assert ("not_utf8", "a.ndjson:2") in [(defect.code, defect.first) for defect in defects]


def test_a_format_that_is_said_and_not_so_is_refused(tmp_path: Path) -> None:
    lines = write(tmp_path / "a.ndjson", json.dumps(RECORDS[0]))
    table = write(tmp_path / "a.csv", "organization,service\nA,B\n")
    for path, format in ((lines, Format.CSV), (lines, Format.OHANA), (table, Format.ORUK), (table, Format.HSDS)):
        with pytest.raises(FeedWrong):
            list(open_feed(path, format))


def test_tables_are_known_by_their_columns_and_may_be_called_csv(tmp_path: Path) -> None:
    write(tmp_path / "p" / "data" / "services.csv", "id,organization_id,name,status\n1,7,Choir,active\n")
    write(tmp_path / "p" / "data" / "Organizations.CSV", "id,name\n7,Lantern House\n")
    write(tmp_path / "p" / "datapackage.json", "{}")
    lone = write(tmp_path / "export.csv", (tmp_path / "p/data/services.csv").read_text())
    for source, format in ((tmp_path / "p", Format.AUTO), (tmp_path / "p", Format.CSV), (lone, Format.HSDS), (lone, Format.AUTO)):
        feed = open_feed(source, format)
        assert feed.read_as == "HSDS tables"
        assert [service.name for service in read_services(feed)[0]] == ["Choir"]
    write(tmp_path / "o" / "services.csv", "id,location_id,name,taxonomy_ids\n1,2,Choir,\n")
    write(tmp_path / "o" / "locations.csv", "id,organization_id,name\n2,7,Hall\n")
    write(tmp_path / "o" / "organizations.csv", "id,name\n7,Lantern House\n")
    feed = open_feed(tmp_path / "o")
    assert feed.read_as == "Ohana tables"
    assert [service.organization.name for service in read_services(feed)[0]] == ["Lantern House"]


class TestZips:
    """A zip may lie about what is in it, or be made to fill the disk."""

    @pytest.mark.parametrize("name", ["../a.json", "/etc/a.json", "x/../../a.json", "..\\a.json", "C:\\a.json"])
    def test_a_name_that_leads_outside_refuses_the_whole_zip(self, tmp_path: Path, name: str) -> None:
        refused(zipped(tmp_path / "a.zip", {name: "[]", "b.json": "[]"}), "outside of itself")

    def test_what_is_packed_too_well_is_refused_unpacked_or_not(self, tmp_path: Path) -> None:
        bomb = "[" + " " * (files.SMALL + 1) + "]"
        refused(zipped(tmp_path / "a.zip", {"a.json": bomb}), "packed to more than is safe")
        (tmp_path / "a.json.gz").write_bytes(gzip.compress(bomb.encode()))
        refused(tmp_path / "a.json.gz", "packed to more than is safe")

    def test_too_much_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "MOST_IN_A_FILE", 1000)
        refused(write(tmp_path / "a.json", " " * 1001), "is larger than")
        refused(zipped(tmp_path / "b.zip", {"a.json": " " * 1001}), "is larger than")
        monkeypatch.setattr(files, "MOST_IN_ALL", 1500)
        many = {f"{number}.json": " " * 900 for number in range(2)}
        refused(zipped(tmp_path / "c.zip", many), "holds more than")
        monkeypatch.setattr(files, "MOST_FILES", 1)
        refused(zipped(tmp_path / "d.zip", many), "holds more than 1 files")
        for name in many:
            write(tmp_path / "folder" / name, "[]")
        refused(tmp_path / "folder", "holds more than 1 files")

    def test_a_size_that_is_a_lie_is_noticed(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", {"a.json": "[" + " " * 5000 + "]"})
        data = bytearray(path.read_bytes())
        listed = data.index(b"PK\x01\x02")
        data[listed + 24 : listed + 28] = (10).to_bytes(4, "little")
        path.write_bytes(data)
        with pytest.raises(FeedWrong):
            list(open_feed(path))

    def test_what_is_packed_again_and_again_is_refused(self, tmp_path: Path) -> None:
        data = b"[]"
        for _ in range(2000):
            data = gzip.compress(data, 1)
        (tmp_path / "a.json.gz").write_bytes(data)
        refused(tmp_path / "a.json.gz", "packed again and again")

    def test_a_damaged_a_locked_and_an_empty_zip_are_refused(self, tmp_path: Path) -> None:
        whole = zipped(tmp_path / "a.zip", {"a.json": "[]" * 100}).read_bytes()
        (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
        refused(tmp_path / "cut.zip", "damaged zip")
        locked = bytearray(whole)
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            locked[locked.index(mark) + place] |= 1
        (tmp_path / "locked.zip").write_bytes(locked)
        refused(tmp_path / "locked.zip", "cannot be unpacked")
        strange = bytearray(whole)
        for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
            strange[strange.index(mark) + place] = 97  # a way of packing that zipfile has not
        (tmp_path / "strange.zip").write_bytes(strange)
        assert "usual way" in refused(tmp_path / "strange.zip", "cannot be unpacked").remedy
        refused(zipped(tmp_path / "empty.zip", {"x.png": ""}), "holds no file")
        (tmp_path / "cut.json.gz").write_bytes(gzip.compress(b"[]" * 100)[:-9])
        refused(tmp_path / "cut.json.gz", "damaged gzip")

    def test_a_workbook_says_how_it_becomes_a_table(self, tmp_path: Path) -> None:
        assert "CSV" in refused(zipped(tmp_path / "a.xlsx", {"xl/workbook.xml": "<x/>"}), "is an Excel workbook").remedy
        assert "CSV" in refused(zipped(tmp_path / "a.ods", {"content.xml": "<x/>"}), "is a LibreOffice document").remedy
        (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
        assert "CSV" in refused(tmp_path / "a.xls", "old Excel workbook").remedy
        assert "CSV" in refused(zipped(tmp_path / "a.numbers", {"Index/Document.iwa": ""}), "is a Numbers document").remedy
        assert "template" in refused(zipped(tmp_path / "a.docx", {"word/document.xml": "<x/>"}), "is a Word document").remedy

    def test_a_folder_without_data_says_what_to_do_with_what_is_there(self, tmp_path: Path) -> None:
        (tmp_path / ".notes.pdf").write_text("")
        refused(tmp_path, "holds no file of a directory")
        (tmp_path / "Services.XLSX").write_text("")
        assert "CSV UTF-8" in refused(tmp_path, r"holds Services\.XLSX, which we cannot read").remedy

    def test_an_empty_sheet_is_called_empty(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(" \n")
        assert "template" in refused(tmp_path / "a.csv", "a.csv is empty").remedy

    def test_an_overlapping_zip_is_refused(self, tmp_path: Path) -> None:
        written = BytesIO()
        with ZipFile(written, "w") as packed:
            packed.writestr(ZipInfo("a.json"), "[]")
        data = written.getvalue()
        twice = data.index(b"PK\x01\x02")
        end = data.index(b"PK\x05\x06")
        entry = data[twice:end]
        ending = bytearray(data[end:])
        ending[8:12] = (2).to_bytes(2, "little") * 2
        ending[12:16] = (2 * len(entry)).to_bytes(4, "little")
        (tmp_path / "a.zip").write_bytes(data[:twice] + entry + entry.replace(b"a.json", b"b.json") + bytes(ending))
        refused(tmp_path / "a.zip", "damaged zip")
