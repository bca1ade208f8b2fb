"""The coordinator's sheet: read as spreadsheets write it; what is wrong is said at once, in words to act on."""

import csv
from collections.abc import Callable, Mapping
from datetime import date
from io import StringIO

import pytest

from rxbot.directory.defects import Defects
from rxbot.directory.formats.sheet import is_sheet, read_sheet, template
from rxbot.directory.hours import weekly_days
from rxbot.directory.hsds import read_services
from rxbot.directory.index import categories_wanted, keys_of
from rxbot.directory.model import Need, Place, Service
from rxbot.errors import FeedWrong

ROW = {
    "organization": "Lantern House",
    "service": "Soup and company",
    "what it does": "A hot lunch at one long table.",
    "for whom": "Anyone.",
    "lowest age": "16",
    "highest age": "99",
    "languages": "English, Polish",
    "area": "Leigh, Wigan; Salford",
    "address": "12 Lantern Street",
    "town": "Kittersea",
    "postcode": "QM1 4AA",
    "latitude": "53.0712",
    "longitude": "0,4187",
    "phone": "01632 960101; +44 1632 960102",
    "email": "lunch@example.org",
    "web page": "www.example.org/lunch",
    "opening times": "Tuesdays, noon to 2pm",
    "cost": "Free",
    "how to get in": "Just come.",
    "needs": "food",
    "last checked": "25/03/2026",
}


def sheet_of(*rows: Mapping[str, str], delimiter: str = ",") -> str:
    written = StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = csv.DictWriter(written, names, delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    return written.getvalue()


class Read:
    """What became of a sheet."""

    def __init__(self, text: str | bytes, needs: Mapping[str, Need]) -> None:
        self.found = Defects()
        data = text if isinstance(text, bytes) else text.encode()
        sheet = read_sheet("s.csv", data, needs, self.found)
        self.complaints = [words.removeprefix("s.csv: ") for words in sheet.complaints]
        self.services, defects = read_services(sheet.pages, self.found)
        self.defects = {defect.code: defect.count for defect in defects}


Reads = Callable[[str | bytes], Read]


@pytest.fixture
def read(needs: Mapping[str, Need]) -> Reads:
    return lambda text: Read(text, needs)


def test_every_column_reaches_its_field(read: Reads, needs: Mapping[str, Need]) -> None:
    sheet = read(sheet_of(ROW))
    assert (sheet.complaints, sheet.defects) == ([], {})
    (service,) = sheet.services
    assert (service.name, service.organization.name, service.status) == ("Soup and company", "Lantern House", "active")
    assert (service.description, service.eligibility_description) == ("A hot lunch at one long table.", "Anyone.")
    assert (service.minimum_age, service.maximum_age) == (16, 99)
    assert [language.code for language in service.languages] == ["en", "pl"]
    assert service.areas == ("Leigh, Wigan", "Salford")
    (location,) = service.locations
    assert location.place == Place(53.0712, 0.4187)
    assert (location.addresses[0].address_1, location.addresses[0].city) == ("12 Lantern Street", "Kittersea")
    assert location.addresses[0].postal_code == "QM1 4AA"
    assert [phone.number for phone in service.phones] == ["01632 960101", "+44 1632 960102"]
    assert (service.email, service.url) == ("lunch@example.org", "https://www.example.org/lunch")
    assert service.schedules[0].description == "Tuesdays, noon to 2pm"
    assert (service.fees_description, service.application_process) == ("Free", "Just come.")
    assert service.assured_date == date(2026, 3, 25)
    keys = keys_of(service)
    assert categories_wanted(needs["food"])[0].weight(keys)


def test_the_template_shows_what_to_write_and_its_examples_are_shown_to_nobody(read: Reads, needs: Mapping[str, Need]) -> None:
    sheet = read(template(needs))
    assert sheet.complaints == []
    assert [service.offered for service in sheet.services] == [False, False]
    assert sheet.defects == {"example_row": 2, "not_active": 2, "none_active": 2}
    assert all(id.replace("_", " ") in template(needs) for id in needs)


def test_a_row_written_below_the_template_is_read(read: Reads, needs: Mapping[str, Need]) -> None:
    explained = next(csv.DictReader(StringIO(template(needs))))
    sheet = read(sheet_of({**explained, "cost": "Write the price here"}, ROW))
    assert [service.name for service in sheet.services] == ["Soup and company"]
    assert sheet.complaints == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_spreadsheets_of_every_country_are_understood(read: Reads, delimiter: str, encoding: str) -> None:
    text = sheet_of({**ROW, "service": "Café Ñandú", "cost": "2;50 or so, £"}, delimiter=delimiter)
    sheet = read(text.encode(encoding))
    (service,) = sheet.services
    assert (service.name, service.fees_description) == ("Café Ñandú", "2;50 or so, £")
    assert set(sheet.defects) == ({"not_utf8"} if encoding == "cp1252" else set())


def test_excel_s_own_first_line_is_no_header(read: Reads) -> None:
    text = "sep=;\r\n" + sheet_of(ROW, delimiter=";")
    assert is_sheet("s.csv", text.encode())
    assert len(read(text).services) == 1


def test_headers_may_differ_in_case_blanks_order_and_word(read: Reads) -> None:
    text = sheet_of({" Web Site ": "example.org", "SERVICE NAME": "Choir", "Organisation": "Friends", "e-mail": "a@example.org"})
    (service,) = read(text).services
    assert (service.name, service.organization.name, service.url) == ("Choir", "Friends", "https://example.org")
    assert service.email == "a@example.org"


def test_a_column_that_is_missing_or_unknown_is_named(read: Reads) -> None:
    with pytest.raises(FeedWrong, match=r"lacks the column 'service'\. It has: organization, cost"):
        read(sheet_of({"organization": "A", "cost": "Free"}))
    with pytest.raises(FeedWrong, match="no rows below its header"):
        read("organization,service\n")
    sheet = read(sheet_of({"organization": "A", "service": "B", "fax": "1", "postcodes": "M1"}))
    assert len(sheet.services) == 1
    assert sheet.complaints == [
        "Row 1, 'fax': We know no column of this name and did not read it.",
        "Row 1, 'postcodes': We know no column of this name and did not read it. Did you mean 'postcode'?",
    ]
    assert sheet.defects == {"unknown_column": 2}


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("lowest age", "sixteen", "'sixteen' is not a number. Write 16."),
        ("lowest age", "eighty-five", "'eighty-five' is not a number. Write 85."),
        ("lowest age", "18+", "'18+' is not a number. Write 18."),
        ("lowest age", "adults", "'adults' is not a number. Write 16 or the like."),
        ("highest age", "200", "200 is no age. Write a number from 0 to 130, or leave it empty for any age."),
        ("highest age", "12", "12 is below the lowest age, 16. Change one of the two."),
        ("latitude", "153.2", "153.2 is not on the map. Write a number from -90 to 90, such as 53.4631."),
        ("latitude", "nan", "'nan' is not a number. Write 53.4631 or the like."),
        ("longitude", "", "This is empty, and 'latitude' is not. Write both, or leave both empty."),
        ("phone", "ask Kim", "'ask Kim' is no phone number. Write it with its digits, such as 0161 496 0000."),
        (
            "phone",
            "4.4E+11",
            "'4.4E+11' is how Excel shortens a long number. Set the cell's format to Text and write it again.",
        ),
        ("email", "kim at example", "'kim at example' is no e-mail address. Write one, such as hello@example.org."),
        ("web page", "see our page", "'see our page' is no web address. Write one, such as https://example.org."),
        ("web page", "javascript:alert(1)", "'javascript:alert(1)' is no web address. Write one, such as https://example.org."),
        ("last checked", "03/04/2026", "'03/04/2026' can be two days. Write 2026-03-04 or 2026-04-03."),
        ("last checked", "31/02/2026", "'31/02/2026' is no day of the calendar. Write it as year-month-day, such as 2026-03-25."),
        ("last checked", "46106", "46106 is how Excel counts days. Write 2026-03-25, if that is the day you mean."),
        ("last checked", "spring", "'spring' is no day we can read. Write it as year-month-day, such as 2026-03-25."),
        ("organization", "", "This is empty. Write who runs the service."),
        ("service", "", "This is empty. Write what the service is called."),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column_with_what_to_write(read: Reads, column: str, cell: str, words: str) -> None:
    sheet = read(sheet_of(ROW, {**ROW, "service": "Other", column: cell}))
    assert sheet.complaints == [f"Row 3, '{column}': {words}"]
    assert [service.name for service in sheet.services] == ["Soup and company"]
    assert sheet.defects == {"row_left_out": 1}


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("food; houzing", "We do not know 'houzing'. Write 'housing', if that is what you mean."),
        ("lonelyness", "We do not know 'lonelyness'. Write 'social connection', if that is what you mean."),
        ("xyzzy", "We do not know 'xyzzy'. Write one or more of: money benefits; housing; food;"),
    ],
)
def test_a_need_nobody_knows_is_named_with_what_may_be_meant(read: Reads, cell: str, words: str) -> None:
    (complaint,) = read(sheet_of({**ROW, "needs": cell})).complaints
    assert complaint.startswith(f"Row 2, 'needs': {words}")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Food", ["Food"]),
        ("money_benefits, HOUSING", ["Money", "Housing"]),
        ("Mental wellbeing, grief; food", ["Counseling", "Food"]),
        ("Help Pay for Food", ["Help Pay for Food"]),
        ("esdServiceType:112", ["Advice for homeless people"]),
        ("openEligibility:1103", ["Housing"]),
    ],
)
def test_needs_go_by_id_name_category_or_code(read: Reads, cell: str, names: list[str]) -> None:
    sheet = read(sheet_of({**ROW, "needs": cell}))
    assert sheet.complaints == []
    assert [term.name for term in sheet.services[0].terms] == names


@pytest.mark.parametrize(
    ("cell", "rules"),
    [
        ("Tuesdays, noon to 2pm", [("TU", "12:00", "14:00")]),
        ("Monday to Friday, 9am to 5pm", [("MO,TU,WE,TH,FR", "09:00", "17:00")]),
        ("Mon & Wed 10:00-12:30; Sat 9.30am - 1pm.", [("MO,WE", "10:00", "12:30"), ("SA", "09:30", "13:00")]),
        ("Mondays 10am to noon; in term time only", [("", "", "")]),
        ("Mondays, 9 to 5pm", [("", "", "")]),
        ("Ask Kim", [("", "", "")]),
        ("2nd Saturday, 10am to noon", [("", "", "")]),
    ],
)
def test_plain_opening_times_can_be_told_in_any_language_and_others_stay_words(
    read: Reads, cell: str, rules: list[tuple[str, str, str]]
) -> None:
    (service,) = read(sheet_of({**ROW, "opening times": cell})).services
    assert [(one.byday, one.opens_at, one.closes_at) for one in service.schedules] == rules
    assert "; ".join(one.description for one in service.schedules) == cell
    assert all(bool(weekly_days(one)) == bool(one.byday) for one in service.schedules)


def test_all_that_is_wrong_is_said_at_once(read: Reads) -> None:
    sheet = read(
        sheet_of({**ROW, "lowest age": "old", "email": "no", "needs": "x"}, {**ROW, "service": ""}, {**ROW, "cost": "1"})
    )
    assert [words.split(":")[0] for words in sheet.complaints] == [
        "Row 2, 'lowest age'",
        "Row 2, 'email'",
        "Row 2, 'needs'",
        "Row 3, 'service'",
    ]
    assert [service.fees_description for service in sheet.services] == ["1"]


def test_rows_are_numbered_as_the_spreadsheet_numbers_them(read: Reads) -> None:
    blank = dict.fromkeys(ROW, "")
    text = sheet_of({**ROW, "opening times": "Mondays\nTuesdays\nFridays"}, blank, {**ROW, "service": "B", "lowest age": "x"})
    assert read(text).complaints == ["Row 4, 'lowest age': 'x' is not a number. Write 16 or the like."]


def test_a_comma_without_quotation_marks_does_not_shift_cells_silently(read: Reads) -> None:
    sheet = read("organization,service,cost\nA,Singing, dancing,Free\nA,Choir\n")
    assert [service.name for service in sheet.services] == ["Choir"]
    assert sheet.complaints[0].startswith("Row 2: It has more cells than there are columns: 'Free'.")


def test_a_service_keeps_its_id_when_its_row_moves_or_changes(read: Reads) -> None:
    other = {**ROW, "service": "Other"}
    first = read(sheet_of(ROW, other))
    second = read(sheet_of(other, {**ROW, "cost": "2 pounds", "organization": "lantern  HOUSE"}))
    ids = {service.name: service.id for service in first.services}
    assert {service.name: service.id for service in second.services} == ids
    assert len(set(ids.values())) == 2
    assert read(sheet_of({**ROW, "id": "7"})).services[0].id == "7"


def test_the_same_service_twice_is_read_once_and_named(read: Reads) -> None:
    sheet = read(sheet_of({"id": "", **ROW}, ROW, {**ROW, "id": "5"}, {**ROW, "id": "5"}))
    assert sheet.complaints == [
        "Row 3: It has the same organization, service and address as row 2. Delete one, or give each an 'id'.",
        "Row 5, 'id': Row 4 has the same id. Give each service an id of its own.",
    ]
    assert len(sheet.services) == 2


def test_a_table_of_a_package_is_no_sheet() -> None:
    assert is_sheet("a.csv", b"organization,service\n")
    assert is_sheet("a.csv", sheet_of(ROW).encode("utf-16"))
    assert not is_sheet("services.csv", b"id,organization_id,name,description,url,email\n1,2,3,4,5,6\n")
    assert not is_sheet("phones.csv", b"id,location_id,phone,number\n1,2,3,4\n")
    assert not is_sheet("a.csv", b"")


def test_what_a_spreadsheet_would_compute_is_text(read: Reads) -> None:
    sheet = read(sheet_of({**ROW, "what it does": '=HYPERLINK("http://example.org")', "for whom": "<b>Anyone</b>"}))
    (service,) = sheet.services
    assert not service.description.startswith("=")
    assert service.eligibility_description == "Anyone"
    assert sheet.defects == {"formula": 1, "markup": 1}


def test_no_row_raises_whatever_is_in_it(read: Reads) -> None:
    odd = [
        "\0",
        "9" * 400,
        "-",
        "1e999",
        "²",
        "١٦",
        "½",
        "5-",
        ";;;",
        "[[",
        "00/00/0000",
        "2026-13-45",
        "\u202e",
        "@",
        "http://",
        "😀",
    ]
    rows: list[Mapping[str, str]] = [
        {**ROW, "service": f"{number} {name}", name: cell} for name in ROW for number, cell in enumerate(odd)
    ]
    sheet = read(sheet_of(*rows))
    assert len(sheet.services) + sheet.defects["row_left_out"] == len(rows)
    assert all(isinstance(service, Service) for service in sheet.services)
