"""Reading prose and fields into yes, no and unknown."""

from dataclasses import replace
from datetime import date

import pytest

from rxbot.directory.ease import ease
from rxbot.directory.model import CostOption, Language, Location, Need, Place, Service
from rxbot.directory.rules.age import age_rule
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.area import area_rule, served_by
from rxbot.directory.rules.cost import cost_of
from rxbot.directory.rules.costs import Cost
from rxbot.directory.rules.entry import Entry, entry_of
from rxbot.directory.rules.given import Given, given_rule
from rxbot.directory.rules.language import language_rule, taught_by
from rxbot.directory.rules.record import read_rules
from rxbot.directory.rules.whom import people_rule, whom_rule
from rxbot.directory.search import Search

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
AT_40, AT_72, AT_15 = (40, 40), (72, 72), (15, 15)


def service(**fields: object) -> Service:
    return Service(id="s", name="Service", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "band", "answer"),
    [
        ("55 and over", AT_40, NO),
        ("55 and over", AT_72, YES),
        ("Age 60 or over", AT_40, NO),
        ("Seniors 60+", AT_40, NO),
        ("People over 65", AT_72, YES),
        ("Over-60s", AT_40, NO),
        ("Lunch for anyone over 60", AT_40, NO),
        ("Anyone above 55", AT_40, NO),
        ("Open to everyone over 50", AT_40, NO),
        ("Everybody older than 60", AT_40, NO),
        ("All ages over 16", AT_15, NO),
        ("The over sixties", AT_40, NO),
        ("People aged 50-plus", AT_40, NO),
        ("60 and up", AT_40, NO),
        ("16 years upwards", AT_15, NO),
        ("From 16 years", AT_15, NO),
        ("Must be at least 18", AT_15, NO),
        ("Minimum age 18", AT_15, NO),
        ("No under 18s", AT_15, NO),
        ("Nobody under 18 or over 70", AT_15, NO),
        ("Nobody under 18 or over 70", AT_72, NO),
        ("Nobody under 18 or over 70", AT_40, YES),
        ("We do not accept anyone over 65", AT_72, NO),
        ("No children under 16", AT_40, YES),
        ("Under 18s are not admitted", AT_15, NO),
        ("Not open to under 16s unless accompanied by an adult", AT_40, YES),
        ("Not open to under 16s unless accompanied by an adult", AT_15, UNKNOWN),
        ("Ages: 0-5, 12-17", AT_15, YES),
        ("Ages: 0-5, 12-17", AT_40, NO),
        ("Ages: 0-5, 18-25", AT_15, NO),
        ("Ages: 5-10, 11-18", AT_15, YES),
        ("Ages 3-16 and 14-25", AT_15, YES),
        ("Ages 11-12 and 13-16, 4-6 pm", AT_40, NO),
        ("Girls' group for ages eleven to fifteen", AT_15, YES),
        ("Girls' group for ages eleven to fourteen", AT_15, NO),
        ("Twenty-one years of age or older", AT_15, NO),
        ("Sixty and over", AT_40, NO),
        ("Male survivors of abuse, 18-30", AT_40, NO),
        ("Single adults without children", AT_15, NO),
        ("Single adults without children", AT_40, YES),
        ("Not for under 18s", AT_40, YES),
        ("No younger than 16", AT_40, YES),
        ("Anyone younger than 25", AT_40, NO),
        ("Below 18", AT_40, NO),
        ("Up to age 18", AT_40, NO),
        ("Up to 18 years old", AT_40, NO),
        ("Lunch for pensioners", AT_40, NO),
        ("OAPs", AT_40, NO),
        ("Adults 18+", AT_40, YES),
        ("Adults 18+", AT_15, NO),
        ("Ages 12-17", AT_40, NO),
        ("Adults between the ages of 18 and 60", AT_72, NO),
        ("Adults between the ages of 18 and 60", AT_40, YES),
        ("Youth between the ages of 12 and 21", AT_40, NO),
        ("Youth between the ages of 12 and 21", AT_15, YES),
        ("Must be in the age range of 16-24", AT_40, NO),
        ("Children aged from 5 to 12 years", AT_15, NO),
        ("Ages 12-17", AT_15, YES),
        ("Young people aged 8 to 17 who care for someone.", AT_40, NO),
        ("11 to 18 years old", AT_40, NO),
        ("Under 25s", AT_40, NO),
        ("Age 21 or under", AT_40, NO),
        ("Birth to age 20", AT_40, NO),
        ("Children and teenagers", AT_40, NO),
        ("Youth in the juvenile justice system", AT_40, NO),
        ("Senior citizens", AT_40, NO),
        ("Student in kindergarten-12th grade", AT_40, NO),
        ("Anyone", AT_40, YES),
        ("None", AT_40, YES),
        ("None. Youth age 11 or under must have parental permission", AT_40, YES),
        ("Women of any age, and their children.", AT_40, YES),
        ("Anyone with a child under five.", AT_40, YES),
    ],
)
def test_an_age_in_prose_is_read(text: str, band: tuple[int, int], answer: Answer) -> None:
    finding = age_rule(service(eligibility_description=text), band)
    assert (finding.value, finding.sentence) == (answer, text)


@pytest.mark.parametrize(
    ("description", "answer"),
    [
        ("Free counselling in town for whoever is harmed by gambling. Adults. First talk within a week.", NO),
        ("Somebody listens, £5-£45 by income. 18+. 20 sessions.", NO),
        ("Bring your tablet, and have cake. Over 18s only. Tuesdays.", NO),
        ("Children: play and talk.\nAdults:\nTherapy at our office.", UNKNOWN),
        ("Classes for children and talks. Adults. Sundays.", UNKNOWN),
        ("Choose a group. Under 25s. Over 60s.", UNKNOWN),
        ("A walk of an hour. 18+ miles.", UNKNOWN),
    ],
)
def test_a_sentence_of_a_description_that_is_nothing_but_an_age_tells_it(description: str, answer: Answer) -> None:
    assert age_rule(service(description=description), AT_15).value is answer


@pytest.mark.parametrize(
    "text",
    [
        "Nobody is turned away from over 30 miles around",
        "We cannot help people over 20 stone",
        "Ages one to one hundred",
        "People 65+ miles away",
        "Men and boys only",
        "Men/Boys",
    ],
)
def test_what_speaks_of_no_age_leaves_it_open(text: str) -> None:
    assert age_rule(service(eligibility_description=text), AT_40).value is UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "Age 62 or over, or disabled",
        "Age 62 or over (can obtain an exemption if younger)",
        "Age 50 or over, spouse of any age",
        "Children age 0-5, their families, and providers",
        "Parent of child age 5 or under",
        "Volunteers, elementary school teachers, community groups",
        "Seniors, low-income families and people with disabilities",
        "Household income of $30,000 or under",
        "Open weekdays 9 to 5",
        "People over 60 kg",
        "Households under 60% of the usual income",
        "Owners of a car that is at least 35 years old",
        "A stay of up to 2 years",
        "",
    ],
)
def test_an_age_with_a_way_round_it_is_never_a_certain_no(text: str) -> None:
    assert age_rule(service(eligibility_description=text), AT_40).value is UNKNOWN


@pytest.mark.parametrize(
    ("text", "audience", "answer"),
    [
        ("English-speaking adult who reads little, or child in 1st-12th grade", "", YES),
        ("Adult volunteers who teach in schools, grades K-4", "", YES),
        ("Youth, age 8-18; adults", "", YES),
        ("Child age 18 or under", "Children, youth and adults in danger", UNKNOWN),
        ("Foster parent must have a spare room", "Children age 18 or under", UNKNOWN),
        ("Young adults, age 16-21", "", NO),
        ("Child age 6-18, accompanied by an adult on the first day", "", UNKNOWN),
        ("Child age 6-18", "Children, youth; adult mentors", NO),
    ],
)
def test_ages_of_children_are_not_those_of_the_grown_ups_beside_them(text: str, audience: str, answer: Answer) -> None:
    assert age_rule(service(eligibility_description=text, audience=(audience,)), AT_40).value is answer


def test_an_age_that_cannot_be_is_no_age() -> None:
    assert age_rule(service(eligibility_description="Ages 65-18"), (40, 40)).value is Answer.UNKNOWN


def test_the_fields_for_age_come_before_the_prose() -> None:
    grown_up = service(minimum_age=18.0, eligibility_description="Children")
    assert age_rule(grown_up, AT_40).value is YES
    assert age_rule(grown_up, (16, 17)).value is NO
    assert age_rule(grown_up, (16, 24)).value is UNKNOWN


def test_small_children_are_brought_by_whoever_the_record_names() -> None:
    play = service(maximum_age=5.0, description="Babies to 5, and their grown-ups. Songs at 11.")
    assert age_rule(play, AT_40).value is UNKNOWN
    assert age_rule(replace(play, description="Nursery classes."), AT_40).value is NO
    assert age_rule(replace(play, maximum_age=11.0), AT_40).value is NO


def test_whom_it_is_aimed_at_counts_where_the_rules_are_silent() -> None:
    for_teens = service(eligibility_description="None", audience=("Youth age 13-18 and their families",))
    assert age_rule(for_teens, AT_40).value is NO


def test_a_none_of_one_field_says_nothing_of_the_years_that_another_counts() -> None:
    """Nobody wrote it of ages, so that who is of others comes by an exception alone."""
    older = service(eligibility_description="None", audience=("Adults age 50 or over, caregivers for the elderly",))
    assert read_rules(older).is_for_others(AT_40)
    among_others = service(eligibility_description="None", audience=("Elderly and disabled people, newcomers",))
    assert not read_rules(among_others).is_for_others(AT_40)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Nonprofit organizations", NO),
        ("Must be a public agency or a tax-exempt, nonprofit organization", NO),
        ("Businesses and community organizations", NO),
        ("Voluntary groups and organisations in Kittersea.", NO),
        ("Health professionals only", NO),
        ("Individuals and nonprofit organizations", UNKNOWN),
        ("Business and professional women", UNKNOWN),
        ("Low-income families", UNKNOWN),
    ],
)
def test_a_service_for_organizations_only_is_not_for_a_person(text: str, answer: Answer) -> None:
    assert people_rule(service(eligibility_description=text)).value is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Everyone is welcome.", YES),
        ("None", YES),
        ("Adults 18 and over.", YES),
        ("People aged 60+", YES),
        ("Adults of any age living in Eastmarch.", YES),
        ("Residents of Kittersea", YES),
        ("Residents of the Samphire Estate only. You can apply once a year.", UNKNOWN),
        ("Women 18 and over.", UNKNOWN),
        ("People with dementia and their carers, of any age.", UNKNOWN),
        ("Anyone aged 18 or over on a low income.", UNKNOWN),
        ("Residents only", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_whoever_may_be_left_out_is_left_open(text: str, answer: Answer) -> None:
    kittersea = Place(53, 0, "Old Town, Kittersea")
    found = whom_rule(service(eligibility_description=text, minimum_age=18.0, areas=("Kittersea", "Eastmarch")), kittersea)
    assert (found.value, found.sentence) == (answer, text)


def test_people_of_a_place_that_may_not_be_theirs_are_not_everybody() -> None:
    estate = service(eligibility_description="Residents of the Samphire Estate", areas=("Samphire Estate",))
    assert whom_rule(estate, Place(53, 0, "Old Town, Kittersea")).value is UNKNOWN
    assert whom_rule(estate, Place(53, 0, "Samphire Estate, Kittersea")).value is YES
    assert whom_rule(estate, None).value is UNKNOWN


@pytest.mark.parametrize(
    ("name", "taught"),
    [
        ("Spanish for Beginners", ("es",)),
        ("SPANISH CLASSES", ("es",)),
        ("Beginners' Spanish Class", ("es",)),
        ("Learn Spanish", ("es",)),
        ("Free Conversational Arabic Lessons", ("ar",)),
        ("Arabic as a foreign language", ("ar",)),
        ("English Classes", ("en",)),
        ("Learn English in Spanish", ()),
        ("Spanish", ()),
        ("Spanish Speaking Parents", ()),
        ("Parenting Class (Spanish)", ()),
        ("Spanish Diabetes Class", ()),
        ("English and Spanish Classes", ()),
    ],
)
def test_a_class_that_is_called_by_a_language_alone_teaches_it_and_is_for_nobody_who_speaks_it(
    name: str, taught: tuple[str, ...]
) -> None:
    assert taught_by(Service("s", name)) == taught
    rules = read_rules(Service("s", name))
    search = Search(needs=(Need("education", "Learning"),), now=date(2026, 3, 2))
    for language in ("en", "es", "ar", None):
        assert (ease(replace(search, language=language), rules) is None) is (language != "en" and language in taught)
    for_another = replace(search, needs=(Need("carers", "Carers"),), language="es")
    assert ease(for_another, rules)


def test_language_is_yes_when_listed_no_when_others_are_and_open_when_interpreted() -> None:
    spanish = (Language("Spanish", "es"),)
    assert language_rule(service(languages=spanish), "es", "en").value is YES
    assert language_rule(service(languages=spanish), "ar", "en").value is NO
    assert language_rule(service(languages=spanish, interpretation="Interpreter"), "ar", "en").value is UNKNOWN
    assert language_rule(service(), "ar", "en").value is UNKNOWN
    assert language_rule(service(languages=spanish), "en", "en").value is YES
    assert language_rule(service(locations=(Location("l", languages=spanish),)), "es", "en").value is YES


def test_an_area_is_served_by_name_or_because_everywhere_is() -> None:
    old_town = Place(53, 0, "Old Town, Kittersea")
    assert area_rule(service(areas=("Elsewhere", "KITTERSEA")), old_town).sentence == "KITTERSEA"
    assert area_rule(service(areas=("United Kingdom",)), old_town).value is YES
    assert area_rule(service(areas=("Eastmarch",)), old_town).value is UNKNOWN
    assert served_by(service(areas=("nationwide",))).everywhere
    assert not served_by(service(areas=("New England",))).everywhere


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("None", Cost.FREE),
        ("No charge", Cost.FREE),
        ("Free, donations welcome", Cost.DONATION),
        ("Sliding fee scale, $5 to $40", Cost.SLIDING),
        ("Pay what you can", Cost.DONATION),
        ("£3 a class", Cost.FIXED),
        ("None except for overdue items", Cost.UNKNOWN),
        ("Vary according to service", Cost.UNKNOWN),
        ("", Cost.UNKNOWN),
    ],
)
def test_the_kind_of_price_is_read(text: str, cost: Cost) -> None:
    assert cost_of(service(fees_description=text)).value is cost


def test_a_price_in_the_fields_counts_where_the_prose_is_silent() -> None:
    assert cost_of(service(costs=(CostOption(amount=0),))).value is Cost.FREE
    assert cost_of(service(costs=(CostOption(amount=4),))).value is Cost.FIXED
    assert cost_of(service(fees_description="Free for everyone", costs=(CostOption(amount=4),))).value is Cost.FREE


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Walk in or apply by phone", Entry.WALK_IN),
        ("Just turn up.", Entry.WALK_IN),
        ("Apply by phone only. No walk-ins", Entry.SELF_REFERRAL),
        ("Refer yourself by phone", Entry.SELF_REFERRAL),
        ("Phone, text or e-mail. No referral is needed.", Entry.SELF_REFERRAL),
        ("Referral from community agency necessary", Entry.REFERRAL),
        ("GP referral needed. Ask at your surgery.", Entry.REFERRAL),
        ("Audition", Entry.UNKNOWN),
        ("", Entry.UNKNOWN),
    ],
)
def test_the_way_in_is_read(text: str, entry: Entry) -> None:
    assert entry_of(service(application_process=text)).value is entry


@pytest.mark.parametrize(
    ("name", "description", "types", "given"),
    [
        ("Safe Harbour Women's Helpline", "", (), Given.BY_PHONE),
        ("The Night Line", "", (), Given.BY_PHONE),
        ("Telephone Friends", "", (), Given.BY_PHONE),
        ("Mindfulness Online", "", (), Given.ONLINE),
        ("Chess Club", "", ("virtual",), Given.ONLINE),
        ("Keep Warm Visits", "We come to your home and stop the draughts. Ring us or book online.", (), Given.AT_HOME),
        ("Meals to Your Door", "", (), Given.AT_HOME),
        ("Befriending Visits", "A volunteer visits you at home for an hour a week.", (), Given.AT_HOME),
        ("Home-Delivered Meals", "", (), Given.AT_HOME),
        ("Nutrition", "Hot lunches are delivered to the homes of older people.", (), Given.AT_HOME),
        ("Care", "In-home respite for those who care for somebody.", ("physical",), Given.AT_HOME),
        ("Home Repair Program", "Roofs and steps are mended.", ("physical",), Given.AT_HOME),
        ("Weatherization", "", ("physical",), Given.AT_HOME),
        ("County Rides", "Door-to-door vans for people who cannot take the bus.", ("physical",), Given.AT_HOME),
        ("Marsh Wheels", "Lifts to medical appointments.", ("physical",), Given.AT_HOME),
        ("Visitors", "A volunteer visits once a week at home.", ("physical",), Given.AT_HOME),
        ("Haircuts", "Sore feet? We come to you.", ("physical",), Given.AT_HOME),
        ("Tea Room", "Older people who live in their own homes are welcome.", (), Given.UNKNOWN),
        ("Bills", "Helps people to stay safe in their homes.", ("physical",), Given.UNKNOWN),
        ("Family Line Up", "For parents of children with violence in their home.", ("physical",), Given.UNKNOWN),
        ("Skills", "Training in home repair.", ("physical",), Given.UNKNOWN),
        ("Day Centre", "A variety of meals, games and home repair programs.", ("physical",), Given.UNKNOWN),
        ("Advice", "Find a licensed handyman: our list.", ("physical",), Given.UNKNOWN),
        ("Line Dancing", "Book online, or phone us. A place close to your home.", (), Given.UNKNOWN),
        ("Chess Club", "Ring us.", ("physical",), Given.UNKNOWN),
    ],
)
def test_where_no_place_is_named_nothing_is_made_of_it(name: str, description: str, types: tuple[str, ...], given: Given) -> None:
    locations = tuple(Location("l", kind) for kind in types)
    assert given_rule(Service("s", name, description=description, locations=locations)).value is given
