"""A coordinator looks at the directory by the commands: what it finds for somebody, and what is understood of a service."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rxbot import app as root
from rxbot.__main__ import cli
from rxbot.content.load import Release
from rxbot.directory.model import Place
from rxbot.errors import Refused
from rxbot.settings import read_settings
from rxbot.store.directory_rows import all_services
from rxbot.store.unit import Store

COLUMNS = (
    "organization,service,what it does,needs,for whom,lowest age,highest age,languages,phone,address,town,postcode,latitude,"
    "longitude,opening times,cost,how to get in,last checked"
)
SHEET = f"""{COLUMNS}
Lantern House,Lunch club,A hot lunch and company.,food,For adults with a low income.,18,,Spanish,01632 960111,\
12 Harbour Street,Kittersea,KT1 1AA,53.07,0.41,"Tuesdays, 12 to 2pm",Free,Walk in,2026-02-20
Larder,Food parcels,A food parcel to take home.,food,,,,,01632 960112,3 Quay Road,Newton Bridge,NB1 1AA,53.08,0.45,,,,
Larder,Food parcels,A food parcel from the church.,food,,,,,01632 960113,4 Hill Road,Newton Cross,NB2 1AA,53.09,0.46,,,,
"""


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: Release) -> Iterator[Store]:
    monkeypatch.setenv("RXBOT_DATABASE_URL", f"sqlite:///{tmp_path / 'rxbot.db'}")
    monkeypatch.setattr(root, "load_release", lambda *_, **__: release)
    monkeypatch.setattr(root.os, "umask", lambda _: None)
    opened = root.open_store(read_settings())
    (tmp_path / "town.csv").write_text(SHEET)
    says("directory", "import", str(tmp_path / "town.csv"), "--publisher", "Town")
    yield opened
    opened.close()


def says(*command: str) -> str:
    told = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told.stdout


def refusal(*command: str) -> str:
    with pytest.raises(Refused) as wrong:
        says(*command)
    return f"{wrong.value.complaint} {wrong.value.remedy}"


@pytest.mark.parametrize(
    "command",
    [
        "match --need food",
        "gaps",
        "directory stale",
        "directory answers",
        "directory show lunch",
        "directory export out.zip",
        "directory retire",
        "directory retire Town",
        "directory restore-service",
        "directory open-again key",
        "directory standards",
        "directory settle 1 take --by Kim",
        "directory recheck",
        "directory bounced pat@example.org",
        "directory silence pat@example.org",
        "export 1",
        "erase 1",
        "team end 1",
        "worker end Kim",
        "clinic sign-out harbour",
        "backup out.backup",
        "migrate",
    ],
)
def test_what_works_on_what_is_there_makes_no_database_where_there_is_none(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    monkeypatch.setenv("RXBOT_DATABASE_URL", "sqlite:///rxbot.db")
    said = refusal(*command.split())
    assert f"There is no database here: {empty / 'rxbot.db'}" in said
    assert "Set RXBOT_DATABASE_URL" in said
    assert "rxbot directory import SOURCE" in said
    assert list(empty.iterdir()) == []


def test_what_somebody_needs_is_matched_without_a_file_and_told_in_sentences() -> None:
    found = says("match", "--need", "food", "--near", "kittersea", "--age", "40", "--language", "Spanish", "--wish", "lunch")
    assert found.startswith("Food, lunch, near Kittersea\n  1. Lunch club (Lantern House), 0.0 km\n")
    reasons, questions = found.splitlines()[2:4]
    assert reasons.startswith("     Why this one: it fits what they chose: “lunch”; ")
    assert "it is near; " in reasons
    assert "they speak Spanish; " in reasons
    assert questions == "     Ask first: whether it is for you."
    assert "_" not in found, "no codes"


def test_the_workings_stand_below_the_same_sentences() -> None:
    command = ("match", "--need", "food", "--near", "KT1 1AA", "--must", "free", "--travel", "walking")
    told, workings = says(*command), says(*command, "--explain")
    for line in told.splitlines():
        assert line in workings.splitlines()
    assert "     Worth " in workings


def test_programs_get_ids(tmp_path: Path) -> None:
    found = json.loads(says("match", "--need", "food", "--near", "Kittersea", "--json"))
    (tmp_path / "profiles.json").write_text(json.dumps([{"id": "1", "needs": ["food"], "location": {"lat": 53.07, "lon": 0.41}}]))
    assert json.loads(says("match", "--profiles", str(tmp_path / "profiles.json"), "--json")) == {"1": found["somebody"]}
    assert len(found["somebody"]) == 3


def test_a_list_that_came_in_under_two_names_gives_each_service_once_for_programs(tmp_path: Path) -> None:
    alone = json.loads(says("match", "--need", "food", "--near", "Kittersea", "--json"))["somebody"]
    says("directory", "import", str(tmp_path / "town.csv"), "--publisher", "County")
    assert json.loads(says("match", "--need", "food", "--near", "Kittersea", "--json"))["somebody"] == alone


def matched(folder: Path, page: object, *more: str) -> tuple[str, str]:
    """Match a file of profiles; give what stands on stdout and on stderr."""
    (folder / "profiles.json").write_text(json.dumps(page))
    told = CliRunner().invoke(cli, ["match", "--profiles", str(folder / "profiles.json"), *more], catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told.stdout, told.stderr


def test_what_is_wrong_in_one_profile_is_told_and_the_others_are_matched(tmp_path: Path) -> None:
    here = {"lat": 53.07, "lon": 0.41, "label": "Kittersea"}
    page = [
        {"id": "right", "needs": ["food"], "location": here},
        {"id": 7, "needs": ["food", "badgers"], "location": here, "must": ["quiet"], "focus": None, "gender": "teapot"},
        {"id": "off", "needs": ["food"], "location": {"lat": 137, "lon": 0}, "age": 400, "max_km": -1, "shoe": 4},
        {"id": "shod", "needs": ["food"], "location": "Kittersea", "shoe": 5},
        {"id": "right", "needs": "food", "location": here},
        {"needs": ["food"], "location": here, "focus": {"a": 1}},
        "nobody",
    ]
    out, said = matched(tmp_path, page, "--json")
    found = json.loads(out)
    assert list(found) == ["right", "7", "off", "shod", "right (2)", "number 6"]
    assert all(found.values())
    assert found["right"] == found["7"] == found["shod"] == found["right (2)"] == found["number 6"]
    assert "7: We know no need 'badgers'. Write money benefits; " in said
    assert "7: We know no must 'quiet'. Write free, free_or_sliding, step_free, " in said
    assert "7: We know no gender 'teapot'. Write female, male, other. It was passed over." in said
    assert "off: latitude: 137 is none that can be. Write one from -90 to 90" in said
    assert "off: age: 400 is none that can be." in said
    assert "off: max_km: -1 is none that can be." in said
    assert "off, shod: We know no 'shoe' of a profile. Its parts: needs, focus, " in said
    assert said.count("shoe") == 1
    assert "right: Another has the same id. This one is called 'right (2)'." in said
    assert "number 6: It has no id." in said
    assert "number 6: focus: {'a': 1} is no word. Write such as" in said
    assert "number 7: This is no profile." in said


@pytest.mark.parametrize("page", [[], ["nobody"], {"profiles": []}, {"people": [{"id": "1"}]}, 5, None])
def test_a_file_that_holds_no_profiles_is_refused(tmp_path: Path, page: object) -> None:
    (tmp_path / "profiles.json").write_text(json.dumps(page))
    assert "holds no profiles" in refusal("match", "--profiles", str(tmp_path / "profiles.json"))


def test_what_would_be_ignored_is_refused(tmp_path: Path) -> None:
    (tmp_path / "profiles.json").write_text(json.dumps([{"id": "1", "needs": ["food"]}]))
    asked = ("match", "--profiles", str(tmp_path / "profiles.json"))
    assert "--age, --must would be ignored beside --profiles" in refusal(*asked, "--must", "free", "--age", "0")
    assert "Leave out one of the two." in refusal(*asked, "--json", "--explain")
    assert "Leave out one of the two." in refusal("match", "--need", "food", "--json", "--explain")


def test_each_of_several_needs_is_shown_by_itself_as_in_the_chat(tmp_path: Path) -> None:
    shelter = (
        "Roof,Night shelter,A bed for the night.,housing,Anyone.,,,,01632 960117,7 Mill Road,Kittersea,KT1 1AC,53.07,0.41,,,,"
    )
    (tmp_path / "more.csv").write_text(f"{COLUMNS}\n{shelter}\n")
    says("directory", "import", str(tmp_path / "more.csv"), "--publisher", "More")
    told = says("match", "--need", "food", "--need", "housing", "--near", "Kittersea")
    food, housing = told.split("Housing and homelessness, near Kittersea\n")
    assert food.startswith("Food, near Kittersea\n  1. ")
    assert "3. " in food
    assert housing.startswith("  1. Night shelter (Roof)")
    wishing = says("match", "--need", "food", "--need", "housing", "--near", "Kittersea", "--wish", "lunch")
    assert "1. Lunch club" in wishing
    assert "1. Night shelter" in wishing


def test_a_wish_alone_is_enough() -> None:
    assert "Lunch club" in says("match", "--wish", "lunch", "--near", "Kittersea")


def test_a_place_that_may_be_several_or_is_none_is_answered_with_the_nearest_names() -> None:
    assert "Newton Bridge; Newton Cross" in refusal("match", "--need", "food", "--near", "newton")
    assert "We know no place 'Kitersea'" in refusal("match", "--need", "food", "--near", "Kitersea")
    assert "Did you mean one of these? Kittersea." in refusal("match", "--need", "food", "--near", "Kitersea")
    assert "Write a town" in refusal("match", "--need", "food", "--near", "Paris")


def test_a_need_or_a_language_that_is_none_is_answered_with_what_can_be_written() -> None:
    said = refusal("match", "--need", "fod")
    assert "Did you mean 'food'?" in said
    assert "money benefits" in said
    assert "Did you mean 'arabic'?" in refusal("match", "--need", "food", "--language", "Arabik")
    assert "rxbot match --need food" in refusal("match")


def test_who_they_are_and_what_is_true_of_them_counts(tmp_path: Path) -> None:
    there = "Kittersea,KT1 1AB,53.071,0.411,,,,"
    rows = (
        f"Haven,Women's supper,A supper for women only.,food,Women only.,,,,01632 960115,5 Mill Road,{there}\n"
        f"Mess,Veterans' supper,A supper for veterans.,food,Veterans only.,,,,01632 960116,6 Mill Road,{there}"
    )
    (tmp_path / "more.csv").write_text(f"{COLUMNS}\n{rows}\n")
    says("directory", "import", str(tmp_path / "more.csv"), "--publisher", "More")
    supper = ("match", "--need", "food", "--near", "Kittersea", "--wish", "supper")
    assert "Women's supper" in says(*supper, "--gender", "female")
    assert "Women's supper" not in says(*supper, "--gender", "male")
    assert "Veterans' supper" not in says(*supper, "--untrue", "veteran")
    assert "1. Veterans' supper" in says(*supper, "--gender", "male", "--true", "Veteran")
    said = refusal(*supper, "--true", "veterans")
    assert "Did you mean 'veteran'?" in said
    assert "low income" in said


def test_how_far_they_go_is_kept_to_and_how_they_get_about_is_not() -> None:
    near_bridge = ("match", "--need", "food", "--near", "Newton Bridge")
    assert "Lunch club" in says(*near_bridge)
    assert "Lunch club" not in says(*near_bridge, "--within", "1")
    shown_on_foot = says("match", "--need", "food", "--near", "Kittersea", "--travel", "walking")
    assert "Lunch club" in shown_on_foot
    assert "Food parcels" not in shown_on_foot, "something is in reach on foot"


@pytest.mark.parametrize(
    ("wish", "travel", "note"),
    [
        ("lunch club", "walking", ""),
        ("food parcels", "walking", "Nothing is in reach. This is further away:"),
        ("soup for dogs", "walking", "Nothing speaks of just this. What comes nearest:"),
    ],
)
def test_what_is_not_just_what_is_wished_for_or_is_further_away_is_called_that(wish: str, travel: str, note: str) -> None:
    shown = says("match", "--need", "food", "--near", "Kittersea", "--travel", travel, "--wish", wish)
    assert [line.strip() for line in shown.splitlines() if line.endswith(":")] == ([note] if note else [])


def test_a_service_is_shown_as_people_see_it_with_what_was_understood_and_from_which_sentence() -> None:
    shown = says("directory", "show", "lunch club")
    people, understood = shown.split("What was understood of it\n")
    assert "Lunch club, Lantern House, Kittersea\nkey: " in people
    assert "  When: Tuesday, 12:00 to 14:00\n" in people
    assert "  Phone: 01632 960111\n" in people
    for line in (
        "ages: 18 and over",
        "for whom: people of whom this is true: low income, from “For adults with a low income.”",
        "languages: Spanish",
        "days and times: Tuesday 12:00-14:00, from “Tuesdays, 12 to 2pm”",
        "price: free, from “Free”",
        "place: 12 Harbour Street, Kittersea, KT1 1AA (on the map at 53.07, 0.41)",
        "how to get in: people can just walk in, from “Walk in”",
        "not known: area, without going, steps",
        "room: not known",
    ):
        assert f"  {line}\n" in understood
    assert "  checked: 2026-02-20, " in understood
    assert understood.endswith("It is offered.\n")


def test_several_services_of_a_name_are_listed_with_their_keys() -> None:
    listed = says("directory", "show", "Food parcels").splitlines()
    named = {line.partition("  ")[2] for line in listed[:2]}
    assert named == {"Food parcels, Larder, Newton Bridge", "Food parcels, Larder, Newton Cross"}
    key = listed[0].partition(" ")[0]
    assert says("directory", "show", key).splitlines()[1] == f"key: {key}"
    assert "has the name or key 'choir'" in refusal("directory", "show", "choir")


def test_what_is_not_for_people_says_that_nobody_is_shown_it(tmp_path: Path) -> None:
    (tmp_path / "town.csv").write_text("organization,service,for whom,area\nA,Room hire,Organizations only,Kittersea\n")
    says("directory", "import", str(tmp_path / "town.csv"), "--publisher", "A")
    shown = says("directory", "show", "room hire")
    assert "  for whom: organizations or professionals, from “Organizations only”\n" in shown
    assert "  area: Kittersea\n" in shown
    assert shown.endswith("It is shown to nobody: it is for organizations or professionals, as it says.\n")


def test_children_who_are_brought_are_understood_as_such(tmp_path: Path) -> None:
    people = "Children under 5 and their grown-ups"
    (tmp_path / "town.csv").write_text(f"organization,service,for whom,area\nA,Singing,{people},Kittersea\n")
    says("directory", "import", str(tmp_path / "town.csv"), "--publisher", "A")
    assert f"  ages: up to 4, with whoever brings them, from “{people}”\n" in says("directory", "show", "singing")


def test_what_is_not_understood_is_shown_in_its_own_words_and_what_is_hidden_says_why(tmp_path: Path) -> None:
    row = "Larder,Bread run,Bread.,food,,,,,01632 960114,,,,,,When Bob is around,It depends,Ring Bob first,"
    (tmp_path / "town.csv").write_text(f"{COLUMNS}\n{row}\n")
    says("directory", "import", str(tmp_path / "town.csv"), "--publisher", "Bob")
    shown = says("directory", "show", "Bread run")
    assert "  days and times: not understood, so people read the words themselves: “When Bob is around”\n" in shown
    assert "  price: not understood, so people read the words themselves: “It depends”\n" in shown
    assert "  checked: nobody says when\n" in shown
    key = shown.partition("key: ")[2].split()[0]
    says("directory", "retire", "Bob")
    assert says("directory", "show", key).endswith("It is shown to nobody: its directory does not offer it.\n")


def test_standards_without_a_name_lists_what_was_made_sure_of() -> None:
    assert says("directory", "standards").startswith("0 of which something was made sure.")
    says("directory", "standards", "lunch club", "--set", "contact=yes", "--by", "Kim")
    listed = says("directory", "standards").splitlines()
    assert "  Lunch club: " in listed[0]
    assert listed[1] == "1 of which something was made sure. One in full: rxbot directory standards SERVICE"
    assert "No service is named." in refusal("directory", "standards", "--set", "contact=yes", "--by", "Kim")


def test_an_import_says_into_which_database_and_that_it_was_just_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ("directory", "import", str(tmp_path / "town.csv"), "--publisher", "Town")
    assert f"\nKept in {tmp_path / 'rxbot.db'}\n" in says(*command)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("RXBOT_DATABASE_URL", "sqlite:///rxbot.db")
    first, second = (CliRunner().invoke(cli, command, catch_exceptions=False) for _ in range(2))
    made = str(tmp_path / "elsewhere" / "rxbot.db")
    assert f"a new and empty one was just made: {made}\n" in first.stderr
    assert second.stderr == ""
    assert f"\nKept in {made}\n" in second.stdout


def test_a_place_far_off_all_others_is_said_and_a_lost_sign_is_guessed_in_words_only(tmp_path: Path, store: Store) -> None:
    spots = [(53.07, 0.42), (53.08, 0.44), (53.06, -0.42), (53.09, 0.46), (53.07, 0.43), (54.07, 0.43)]
    rows = [f"A,Group {number},{lat},{lon}" for number, (lat, lon) in enumerate(spots)]
    (tmp_path / "far.csv").write_text("\n".join(("organization,service,latitude,longitude", *rows)))
    told = CliRunner().invoke(cli, ["directory", "import", str(tmp_path / "far.csv")], catch_exceptions=False)
    assert told.stderr.splitlines() == [
        "far.csv: Row 4, 'longitude': It is about 57 km away from the other rows, and was taken so. "
        "Write 0.42, if that is what you mean.",
        "far.csv: Row 7, 'latitude': It is about 111 km away from the other rows, and was taken so. Look whether it is right.",
    ]
    assert "2 × far_off, first at far.csv row 4" in told.stdout
    with store.begin() as unit:
        kept = {one.name: one.locations[0].place for _, one in all_services(unit, "far")}
    assert (kept["Group 2"], kept["Group 5"]) == (Place(53.06, -0.42), Place(54.07, 0.43))
