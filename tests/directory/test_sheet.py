"""The coordinator's sheet: read as spreadsheets write it; what is wrong is said at once, in words to act on."""

import csv
from collections.abc import Callable, Mapping
from datetime import date
from io import StringIO

import pytest

from rxbot.directory.defects import Defects
from rxbot.directory.formats.sheet import is_sheet, read_sheet, template
from rxbot.directory.hsds import read_services
from rxbot.directory.index import Wanted, categories_of, keys_of
from rxbot.directory.model import Need, Place, Service, Term
from rxbot.directory.week import is_weekly
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
    "address": "14 Lantern Street",
    "town": "Kittersea",
    "postcode": "QM1 4AA",
    "latitude": "53.0912",
    "longitude": "0,4287",
    "phone": "01632 960111; +44 1632 960112",
    "email": "soup@example.org",
    "web page": "www.example.org/soup",
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
    assert location.place == Place(53.0912, 0.4287)
    assert (location.addresses[0].address_1, location.addresses[0].city) == ("14 Lantern Street", "Kittersea")
    assert location.addresses[0].postal_code == "QM1 4AA"
    assert [phone.number for phone in service.phones] == ["01632 960111", "+44 1632 960112"]
    assert (service.email, service.url) == ("soup@example.org", "https://www.example.org/soup")
    assert service.schedules[0].description == "Tuesdays, noon to 2pm"
    assert (service.fees_description, service.application_process) == ("Free", "Just come.")
    assert service.assured_date == date(2026, 3, 25)
    keys = keys_of(service)
    assert Wanted.by(needs["food"]).votes[0].weight(keys)


def test_the_template_shows_what_to_write_and_its_examples_are_left_out(read: Reads, needs: Mapping[str, Need]) -> None:
    assert read(template(needs)).services == ()
    explained, *examples = csv.DictReader(StringIO(template(needs)))
    sheet = read(sheet_of(explained, *examples, ROW))
    assert ([service.name for service in sheet.services], sheet.complaints) == (["Soup and company"], [])
    assert sheet.defects == {"example_row": 2}
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
        "'fax': We know no column of this name and did not read it.",
        "'postcodes': We know no column of this name and did not read it. Did you mean 'postcode'?",
    ]
    assert sheet.defects["unknown_column"] == 2


def test_what_makes_a_service_hard_to_find_is_told_of(read: Reads) -> None:
    bare = {**ROW, "needs": "", "area": "", "latitude": "", "longitude": ""}
    by_phone = {**bare, "service": "B", "address": "", "town": "", "postcode": "", "needs": "food"}
    by_area = {**by_phone, "service": "C", "area": "Salford"}
    sheet = read(sheet_of(bare, by_phone, by_area, ROW | {"service": "D"}))
    assert (len(sheet.services), sheet.defects) == (4, {"no_needs": 1, "nowhere": 2, "no_coordinates": 1})


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("lowest age", "sixteen", "'sixteen' is not a number. Write 16."),
        ("lowest age", "eighty-five", "'eighty-five' is not a number. Write 85."),
        ("lowest age", "over 18s", "'over 18s' is not a number. Write 18."),
        ("lowest age", "18-65", "'18-65' is two ages. Write 18 under 'lowest age' and 65 under 'highest age'."),
        ("highest age", "18+", "'18+' is a lowest age. Write 18 under 'lowest age', and leave this empty."),
        ("highest age", "over 60", "'over 60' is a lowest age. Write 60 under 'lowest age', and leave this empty."),
        ("highest age", "under 25", "'under 25' can be two ages. Write 24, or 25 where that age may come too."),
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
            "'4.4E+11' is how Excel shortens a long number. "
            "Write it with spaces, such as 0161 496 0000. Then Excel leaves it alone.",
        ),
        (
            "phone",
            "1632960113",
            "'1632960113' lacks its first 0, which Excel takes away. "
            "Write it with spaces, such as 0161 496 0000. Then Excel leaves it alone.",
        ),
        ("phone", "01632 96O113", "'01632 96O113' has a letter among its digits. Write 0 for O, and 1 for l."),
        ("phone", "01632 960101", "'01632 960101' is still the example's. Write your own, or empty the cell."),
        ("postcode", "by the gates", "'by the gates' is no postcode. Write the postcode, or leave it empty."),
        ("languages", "Englsh, Quenya", "We do not know 'Englsh'. Write 'English', if that is what you mean."),
        ("cost", "Yes", "'Yes' does not say what it costs. Write Free, or the price, such as: 2 pounds a visit."),
        (
            "what it does",
            "#NAME?",
            "'#NAME?' is what Excel writes where a formula failed. Write the words again, and begin with no = - or +.",
        ),
        (
            "last checked",
            "#######",
            "Excel wrote ### because the column is too narrow. Make the column wider, and save as CSV again.",
        ),
        ("latitude", "53.09N", "'53.09N' is not a number. Write 53.09."),
        (
            "latitude",
            "53.0912, -0.4287",
            "Two numbers stand here. Write 53.0912 under 'latitude' and -0.4287 under 'longitude'.",
        ),
        (
            "email",
            "a@example.org; b@example.org",
            "Several addresses stand here. Write the one for people who want to ask or join, such as a@example.org.",
        ),
        (
            "email",
            "www.example.org",
            "'www.example.org' is no e-mail address. Write one, such as hello@example.org. Is it for the column 'web page'?",
        ),
        (
            "web page",
            "a@example.org",
            "'a@example.org' is no web address. Write one, such as https://example.org. Is it for the column 'email'?",
        ),
        ("email", "kim at example", "'kim at example' is no e-mail address. Write one, such as hello@example.org."),
        ("web page", "see our page", "'see our page' is no web address. Write one, such as https://example.org."),
        ("web page", "javascript:alert(1)", "'javascript:alert(1)' is no web address. Write one, such as https://example.org."),
        ("last checked", "03/04/2026", "'03/04/2026' can be two days. Write 4 March 2026 or 3 April 2026."),
        ("last checked", "3.4.26", "'3.4.26' can be two days. Write 4 March 2026 or 3 April 2026."),
        (
            "last checked",
            "31/02/2026",
            "'31/02/2026' is no day of the calendar. Write the day, the month as a word, and the year, such as 25 March 2026.",
        ),
        ("last checked", "46106", "46106 is how Excel counts days. Write 25 March 2026, if that is the day you mean."),
        (
            "last checked",
            "spring",
            "'spring' is no day we can read. Write the day, the month as a word, and the year, such as 25 March 2026.",
        ),
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
    ],
)
def test_a_need_nobody_knows_is_named_with_what_may_be_meant(read: Reads, cell: str, words: str) -> None:
    (complaint,) = read(sheet_of({**ROW, "needs": cell})).complaints
    assert complaint.startswith(f"Row 2, 'needs': {words}")


def test_a_word_that_only_looks_like_a_need_is_not_taken_for_it(read: Reads) -> None:
    (complaint, *_) = read(sheet_of({**ROW, "needs": "gardening"})).complaints
    assert complaint.startswith("Row 2, 'needs': We do not know 'gardening'.")
    assert "parenting'" not in complaint


def test_the_needs_are_listed_once_however_many_rows_lack_one(read: Reads) -> None:
    rows = [{**ROW, "service": str(number), "needs": "xyzzy"} for number in range(3)]
    *said, listed = read(sheet_of(*rows)).complaints
    assert said == [
        f"Row {n}, 'needs': We do not know 'xyzzy'. Write one or more of the needs in the list below." for n in (2, 3, 4)
    ]
    assert listed.startswith("The needs: money benefits; housing; food; ")


@pytest.mark.parametrize(
    ("column", "cell", "meant"),
    [
        ("lowest age", "16+", 16),
        ("lowest age", "60 plus", 60),
        ("lowest age", "16 yrs", 16),
        ("lowest age", "60 and over", 60),
        ("lowest age", "All ages", None),
        ("lowest age", "n/a", None),
        ("highest age", "up to 25", 25),
        ("last checked", "25-Mar-26", date(2026, 3, 25)),
        ("last checked", "1st March 2026", date(2026, 3, 1)),
        ("last checked", "25/03/26", date(2026, 3, 25)),
        ("last checked", "12 Mar 26", date(2026, 3, 12)),
        ("last checked", "Wed 25 March 2026", date(2026, 3, 25)),
        ("last checked", "tbc", None),
    ],
)
def test_what_can_mean_one_thing_only_is_read_however_it_is_written(read: Reads, column: str, cell: str, meant: object) -> None:
    sheet = read(sheet_of({**ROW, column: cell}))
    assert sheet.complaints == []
    fields = {"lowest age": "minimum_age", "highest age": "maximum_age", "last checked": "assured_date"}
    assert getattr(sheet.services[0], fields[column]) == meant


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("01632 960114/01632 960115", ["01632 960114", "01632 960115"]),
        ("01632 960114 (ask for Jean)", ["01632 960114 (ask for Jean)"]),
        ("n/a", []),
    ],
)
def test_numbers_are_told_apart_and_no_number_is_none(read: Reads, cell: str, numbers: list[str]) -> None:
    sheet = read(sheet_of({**ROW, "phone": cell}))
    assert sheet.complaints == []
    assert [phone.number for phone in sheet.services[0].phones] == numbers


def test_a_number_without_a_first_0_is_right_where_none_begins_with_one(read: Reads) -> None:
    sheet = read(sheet_of({**ROW, "phone": "3055550114"}, {**ROW, "service": "B", "phone": "(305) 555-0115"}))
    assert (len(sheet.services), sheet.complaints) == (2, [])


def test_a_price_of_none_is_a_price(read: Reads) -> None:
    assert read(sheet_of({**ROW, "cost": "None"})).services[0].fees_description == "None"


def test_numbers_of_the_map_that_changed_places_or_sides_are_noticed(read: Reads) -> None:
    here = [{**ROW, "service": str(number), "latitude": f"53.0{number}", "longitude": "-2.3"} for number in range(4)]
    swapped = {**ROW, "service": "Swapped", "latitude": "-2.3", "longitude": "53.01"}
    without_minus = {**ROW, "service": "East", "latitude": "53.01", "longitude": "2.3"}
    far = {**ROW, "service": "Helpline", "latitude": "50.1", "longitude": "-5.2"}
    sheet = read(sheet_of(*here, swapped, without_minus, far))
    words = (
        "It would be far away from all others. Write 53.01 under 'latitude' and -2.3 under 'longitude', if that is what you mean."
    )
    kept = "Row 8, 'latitude': It is about 381 km away from the other rows, and was taken so. Look whether it is right."
    assert sheet.complaints == [f"Row 6, 'latitude': {words}", f"Row 7, 'latitude': {words}", kept]
    assert [service.name for service in sheet.services] == ["0", "1", "2", "3", "Helpline"]


def test_a_postcode_that_lost_its_0_is_noticed_where_others_have_five_digits(read: Reads) -> None:
    lost, whole = {**ROW, "postcode": "2134"}, {**ROW, "service": "Choir", "postcode": "02135"}
    assert read(sheet_of(lost, whole)).complaints == [
        "Row 2, 'postcode': '2134' lacks its first 0, which Excel takes away. Format the column as Text, and write 02134."
    ]
    assert read(sheet_of(lost)).complaints == [], "some countries have four"


def test_a_quotation_mark_that_is_never_closed_leaves_its_row_out(read: Reads) -> None:
    """Else people would read the rows below as the description of one service."""
    found = read('organization,service,what it does\nA,Choir,We sing.\nA,Games,"We play.\nA,Walks,We walk.\n')
    assert [service.name for service in found.services] == ["Choir"]
    assert found.complaints == [
        "Row 3: A quotation mark here is never closed, so all rows below ran into it. Close it, or take it out."
    ]


def test_a_row_pasted_twice_is_told_with_what_else_is_wrong_with_it(read: Reads) -> None:
    wrong = {**ROW, "email": "nobody"}
    sheet = read(sheet_of(wrong, wrong, ROW))
    assert [words.split(" ")[1] for words in sheet.complaints] == ["2,", "3,", "3:"]
    assert "same organization, service and address as row 2" in sheet.complaints[2]
    assert [service.name for service in sheet.services] == [ROW["service"]], "the one that is right is taken"


def test_complaints_stand_in_the_order_of_rows(read: Reads) -> None:
    places = [{**ROW, "service": f"S{n}", "latitude": "53.09", "longitude": "0.42"} for n in range(4)]
    swapped = {**ROW, "service": "Swapped", "latitude": "0.42", "longitude": "53.09"}
    found = read(sheet_of(swapped, *places, {**ROW, "service": "Odd", "email": "nobody"})).complaints
    assert [words.partition(":")[0] for words in found] == ["Row 2, 'latitude'", "Row 7, 'email'"]


def test_a_postcode_in_the_town_is_sent_to_its_own_column(read: Reads) -> None:
    sheet = read(sheet_of({**ROW, "town": "Kittersea QM1 4AB", "postcode": ""}, {**ROW, "town": "Kittersea QM1 4AB"}))
    assert sheet.complaints == ["Row 2, 'town': A postcode stands here. Write Kittersea here, and QM1 4AB under 'postcode'."]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_titles_above_the_columns_are_passed_over_and_rows_keep_their_numbers(read: Reads, delimiter: str) -> None:
    empty = delimiter * (len(ROW) - 1)
    text = f"Kittersea services 2026{empty}\r\n{empty}\r\n" + sheet_of(
        ROW, {**ROW, "service": "B", "cost": "No"}, delimiter=delimiter
    )
    assert is_sheet("s.csv", text.encode())
    sheet = read(text)
    assert [service.name for service in sheet.services] == ["Soup and company"]
    assert [words[:14] for words in sheet.complaints] == ["Row 5, 'cost':"]
    assert sheet.defects == {"row_above_header": 1, "row_left_out": 1}


def test_a_heading_between_rows_is_told_from_a_service(read: Reads) -> None:
    heading = {**dict.fromkeys(ROW, ""), "organization": "Wellbeing"}
    assert read(sheet_of(heading, ROW)).complaints == [
        "Row 2: Only one cell is filled in: 'Wellbeing'. If it is a heading, delete the row."
    ]


def test_defects_of_a_sheet_are_where_the_spreadsheet_shows_them(read: Reads, needs: Mapping[str, Need]) -> None:
    found = Defects()
    text = sheet_of({**ROW, "opening times": "Mondays\nTuesdays"}, {**ROW, "service": "B", "for whom": "=A1"})
    read_sheet("s.csv", text.encode(), needs, found)
    assert found.places("formula") == ("s.csv row 3",)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Food", ["Food"]),
        ("Money & benefits; housing/food", ["Money and benefits", "Housing and homelessness", "Food"]),
        ("money_benefits, HOUSING", ["Money and benefits", "Housing and homelessness"]),
        ("Mental wellbeing, grief; food", ["Mental wellbeing, grief", "Food"]),
        ("Help Pay for Food", ["Help Pay for Food"]),
        ("esdServiceType:112", ["Advice for homeless people"]),
        ("openEligibility:1103", ["Housing"]),
    ],
)
def test_needs_go_by_id_name_category_or_code(read: Reads, cell: str, names: list[str]) -> None:
    sheet = read(sheet_of({**ROW, "needs": cell}))
    assert sheet.complaints == []
    assert [term.name for term in sheet.services[0].terms] == names


def test_a_need_of_a_sheet_is_itself_and_found_as_well_as_any_category(read: Reads, needs: Mapping[str, Need]) -> None:
    """ "Volunteering" is no community garden. It stands in a vocabulary of our own, so that others are told the same."""
    for id, need in needs.items():
        (service,) = read(sheet_of({**ROW, "needs": id.replace("_", " ")})).services
        assert service.terms == (Term("rxbotNeed", f"rxbotNeed:{id}", need.label),)
        assert [term.name for term in categories_of(service, needs.values())] == [need.label]
        votes = {one: sum(vote.weight(keys_of(service)) for vote in Wanted.by(needs[one]).votes) for one in needs}
        assert votes == {**dict.fromkeys(needs, 0.0), id: 1.0}


@pytest.mark.parametrize(
    ("cell", "rules"),
    [
        ("Tuesdays, noon to 2pm", [("TU", "12:00", "14:00")]),
        ("Monday to Friday, 9am to 5pm", [("MO,TU,WE,TH,FR", "09:00", "17:00")]),
        ("Mon & Wed 10:00-12:30; Sat 9.30am - 1pm.", [("MO,WE", "10:00", "12:30"), ("SA", "09:30", "13:00")]),
        ("Mondays 10am to noon; in term time only", [("", "", "")]),
        ("Tuesdays, 12 to 2pm", [("TU", "12:00", "14:00")]),
        ("Sat 10am-12; Mon 9-12", [("SA", "10:00", "12:00"), ("MO", "09:00", "12:00")]),
        ("Mondays, 9 to 5pm", [("MO", "09:00", "17:00")]),
        ("Mondays, 8 to 9", [("", "", "")]),
        ("Tues 12-2, not Bank Hols", [("", "", "")]),
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
    assert all(is_weekly(one) == bool(one.byday) for one in service.schedules)


def test_all_that_is_wrong_is_said_at_once(read: Reads) -> None:
    sheet = read(
        sheet_of({**ROW, "lowest age": "old", "email": "no", "needs": "houzing"}, {**ROW, "service": ""}, {**ROW, "cost": "1"})
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
