"""Count what is wrong in a directory file, class by class, so that nothing is dropped or mended silently."""

from collections import defaultdict
from dataclasses import asdict, dataclass

REMEDIES = {
    "not_a_record": "This is no record and was left out. Give services as JSON objects.",
    "not_a_service": "This is another kind of record and was left out. Export full services, organizations nested.",
    "no_services": "This organization names no services, so nothing of it was taken. Export full services.",
    "no_name": "A service without a name cannot be shown and was left out. Give it a name.",
    "no_id": "An id was made from the names, so a renamed service will look new. Give every service an id.",
    "repeated_id": "This id was used before in the file; only the first service was taken. Make ids unique.",
    "none_active": "Not one service of the file is active, so none is offered. Ask the publisher whether its export is at fault, "
    "and import again.",
    "organization_unknown": "The provider's id is nowhere in the file, so the service stands without its provider's name. "
    "Export that provider too.",
    "organization_differs": "Records of one organization do not say the same of it. What most say was taken, and a website or "
    "e-mail address of its own kept with the service. Write the same each time.",
    "organization_renamed": "An organization's id was used before with another name, so they count as two. Give each its own id, "
    "or the same name each time.",
    "no_organization": "Nobody is named as the provider. Nest the organization in the service.",
    "wrong_type": "A field holds another kind of value than the standard says and was read as empty. Export it as the standard "
    "says.",
    "not_a_number": "A number cannot be read and was taken as unknown. Write digits, such as 16 or 53.46.",
    "day_to_come": "The day of the last check is still to come, so the service counts as never checked. Look at the year.",
    "not_a_date": "A date cannot be read and was taken as unknown. Write it as YYYY-MM-DD.",
    "unknown_status": "This status is not in the standard, so the service is not offered. Use active or inactive.",
    "not_active": "The publisher says this service is not active, so it is not offered. Write active where it runs.",
    "ages_crossed": "The lowest age is above the highest; both were taken as unknown. Look whether they changed places.",
    "no_coordinates": "A physical location is not on the map, so it is found by area only. Add latitude and longitude.",
    "off_the_map": "A latitude or longitude is out of range and was taken as unknown. Look whether they changed places.",
    "far_off": "A row is far away from all others of the sheet, and was taken so. Look whether its latitude and longitude are "
    "right, and whether a minus is lost or too many.",
    "exchanged": "It is far from your clinics, or from all else of its list, and would be near if its latitude and longitude "
    "changed places, or a minus came or went. It was taken so. Look at both.",
    "far_from_address": "It is more than 200 km from all others of its own postcode or town, and was taken so. Look at its "
    "latitude, longitude and address.",
    "zero_zero": "Latitude 0, longitude 0 means that nobody filled it in; taken as unknown. Write the real ones, or leave both "
    "empty.",
    "phone_without_number": "A phone has no number and was left out. Write its number.",
    "unknown_language": "This is no language name or code we know. It is shown, but cannot be matched. Write one, such as "
    "Spanish or es.",
    "language_without_name": "A language has no name and was left out. Write its name.",
    "term_without_name": "A category has neither name nor code and was left out. Write its name.",
    "no_needs": "Nothing says what it helps with, so it is found by its words only. Fill in the column needs.",
    "nowhere": "It has neither a place on the map nor an area, so it is offered far around, and further down. Write one.",
    "placed_by_postcode": "It has no latitude and longitude, so it was put where others of its postcode are. How far it is, "
    "people are not told. Add both.",
    "placed_by_town": "It has no latitude and longitude, so it was put in the middle of its town. How far it is, people are "
    "not told. Add both.",
    "row_above_header": "A row above the names of the columns was not read. Nothing is lost if it is a title.",
    "row_left_out": "A row is wrong and was left out: nothing new of it is shown. Mend it as said above, and import again.",
    "unknown_column": "A column of the sheet has a name we do not know and was not read. Take the names of the template.",
    "example_row": "An invented example of the template was left out. Delete the row.",
    "shallow": "The publisher's list gives names only, without phones and places. Ask for its full list.",
    "fewer_than_said": "The publisher's list gives fewer services than it says it has. Import it again, then ask the publisher.",
    "vanished": "The list names a service that the publisher does not give when asked for it. It was left out. Ask the "
    "publisher.",
    "age_out_of_range": "An age is below 0 or above 130 and was taken as unknown. Write a number between.",
    "markup": "HTML marks stand in a text and were taken out. Nothing has to be done.",
    "not_utf8": "This is not UTF-8 text; it was read as Windows text, so check the accents. Export as UTF-8.",
    "open_quote": "A quotation mark is never closed, so rows may have run together. Look for a lone quotation mark.",
    "run_together": "A quotation mark in this row is never closed, so all rows below ran into it and were not read. Close it, or "
    "take it out.",
    "folder_not_read": "A folder below holds files of a directory too, and was not read. Give that folder, if it is the one you "
    "mean.",
    "repeated_column": "Two columns have the same name; only the first was read. Rename or remove the other.",
    "ragged_row": "The row has more or fewer cells than the header; what is beyond the header was not read. Look for a comma "
    "outside quotation marks.",
    "control_character": "Characters that cannot be printed were taken out. Nothing has to be done.",
    "huge_field": "A text of more letters than anybody reads was cut. Look for a quotation mark that is not closed.",
    "formula": "A cell looks like a formula of a spreadsheet; its sign was taken away, so that nothing computes it. Look "
    "whether its words are right.",
    "written_line_end": "Line ends were written out as \\n and were read as line ends. Nothing has to be done.",
    "unknown_table": "No table of HSDS has this name, so it was not read. Check its name.",
    "other_header": "The columns are named as another system names them; they were read all the same. Nothing has to be done.",
    "lost_row": "The row names no record of the package, or a place of a service that is not in it, so it belongs nowhere and is "
    "lost. Export it with its service's id, and that service too.",
    "unknown_link": "The row names an id that is nowhere in the package. Where it names others too, it was kept with those. "
    "Export what it names.",
    "id_list": "A cell for one id holds several; the row was read for each of them, as far as it may name several. "
    "Nothing has to be done.",
    "no_row_id": "A row has no id and was read by what it says. Give every row an id.",
    "repeated_row_id": "Rows of a table share an id. Each was read by what it says; where one must be meant, it is the first. "
    "Give each row its own.",
    "repeated_row": "The row says the same as one before it and was read once. Nothing has to be done.",
    "repeated_place": "A service is joined twice with the same location and was read once, with what hangs on both. Nothing "
    "has to be done.",
    "repeated_term": "A category's id was used before; the first category was taken. Make ids unique.",
    "unknown_parent": "The category stands below one that is nowhere in the list, so it stands at the top. Export that one too.",
    "several_parents": "A category stands below several; only the first that is known was kept, as HSDS has one. Name one.",
    "categories_not_read": "The publisher's list of categories could not be read; those that services have are known. Import it "
    "again, then ask the publisher.",
    "attributes_not_read": "An organization or a place has categories of its own, which were not read. Give them to its "
    "services, where they tell what those are.",
    "capacity_not_read": "How much room a service has was not read: it is true for days only. Ask providers, with "
    "`rxbot directory recheck`; what they tell is shown.",
    "unknown_term": "The category is nowhere in the package; only its code was kept. Export its name too.",
    "several_organizations": "A service names several providers; the first that is known is shown. Name the one that people "
    "are to ask.",
    "location_organization_unknown": "The location's organization is nowhere in the file. Its services are not touched by "
    "that. Export that organization too.",
    "location_without_organization": "A location names no organization though others do. Its services are not touched by that. "
    "Nothing has to be done.",
    "location_without_service": "No service is given at this location, so it is not shown. Join it with its services, if it "
    "has any.",
    "organization_without_service": "This organization gives no service of the file, so it is not shown. Export its services, "
    "if it has any.",
    "no_location": "The service has no location. It is found by its area only. Add where it is, if people go there.",
    "status_not_said": "Nobody says whether the service is active; it is offered. Write active or inactive.",
    "schedule_without_time": "Opening times lack a beginning or an end; they are shown as words where there are any. Write "
    "both, such as 09:00 and 17:00.",
    "unreadable_time": "A day or time cannot be read; it is shown in the publisher's words. Write days as words, times as 14:30.",
    "holiday_without_dates": "A holiday's dates are not written as YYYY-MM-DD; it is shown in the publisher's words. Write "
    "them so.",
    "odd_phone": "This is no full phone number. It was kept as it is: short numbers such as 211 are meant so. Look whether "
    "this one is.",
    "broken_phone": "A contact's phone number lacks digits and was left out. Write it in full.",
}
"""Every class of defect, with what was done about it or what to do."""


GRAVE = frozenset({
    "not_a_record", "not_a_service", "no_services", "no_name", "repeated_id", "unknown_status", "not_active", "none_active",
    "row_left_out", "example_row", "unknown_column", "unknown_table", "shallow", "vanished", "fewer_than_said", "open_quote",
    "run_together", "folder_not_read",
    "lost_row", "unknown_link", "organization_unknown", "location_without_service", "organization_without_service", "huge_field",
    "attributes_not_read",
})  # fmt: skip
"""What keeps a service, or a part of what was written, from people."""


@dataclass(frozen=True)
class Defect:
    """A class of defects: how many records have it, and where the first one is."""

    code: str
    count: int
    first: str

    @property
    def remedy(self) -> str:
        """Say what was done about it, or what to do."""
        return REMEDIES[self.code]

    @property
    def is_grave(self) -> bool:
        """Say whether it keeps something from people."""
        return self.code in GRAVE

    def as_json(self) -> dict[str, str | int]:
        """Give it as JSON can hold it."""
        return {**asdict(self), "remedy": self.remedy}


class Defects:
    """What was found so far while a file is read."""

    def __init__(self) -> None:
        self._places: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)

    def count(self, code: str, where: str, field: str = "") -> None:
        """Remember that the record here has this defect; once is enough, for a field of it where it is told which."""
        self._places[code][where, field] = None

    def places(self, code: str) -> tuple[str, ...]:
        """Say where this defect was found."""
        return tuple(dict.fromkeys(where for where, _ in self._places.get(code, ())))

    def everywhere(self) -> tuple[tuple[str, str], ...]:
        """Give every defect with where it was found."""
        return tuple((code, where) for code in self._places for where in self.places(code))

    def listing(self) -> tuple[Defect, ...]:
        """List the classes found, the most frequent first."""
        found = [Defect(code, len(places), next(iter(places))[0]) for code, places in self._places.items()]
        return tuple(sorted(found, key=lambda defect: (-defect.count, defect.code)))
