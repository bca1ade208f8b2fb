"""What a description says plainly of who may come, where no field says it; and where it stays open."""

import pytest

from rxbot.directory.model import Service
from rxbot.directory.rules.age import age_rule
from rxbot.directory.rules.age_text import read_ages
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.asked import asked_of
from rxbot.directory.rules.criteria import read_asked
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.known import known_of
from rxbot.directory.rules.record import Rules, read_rules
from rxbot.directory.rules.whom import people_rule

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
AT_16, AT_40, AT_70 = (16, 16), (40, 40), (70, 70)


def described(description: str, name: str = "Project", **fields: str) -> Service:
    return Service("s", name, description=description, **fields)


def rules(description: str, name: str = "Project") -> Rules:
    return read_rules(described(description, name))


@pytest.mark.parametrize(
    ("description", "band", "answer"),
    [
        ("Provides counseling to youth ages 13-18.", AT_40, NO),
        ("Provides counseling to youth 13-18.", AT_16, YES),
        ("Treatment services\nWe provide treatment to youth ages 12-21 who have parents that use drugs.", AT_40, NO),
        ("Teaches students in grades 6-12 how to code.", AT_40, NO),
        ("A clinic for teens. Our nurses love working with teens and young adults.", AT_40, NO),
        ("Hot meals for seniors 60+.", AT_40, NO),
        ("Provides older persons with hot meals in a friendly setting.", AT_40, NO),
        ("Provides older persons with hot meals in a friendly setting.", AT_70, YES),
        ("Housing for homebound seniors.", AT_40, NO),
        ("Offers help at home to individuals with disabilities ages 18 to 59.", AT_70, NO),
        ("This is a weekly class for adults 18 and older.", AT_16, NO),
        ("Lunch for anyone over 60.", AT_40, NO),
        ("Lunch for anyone over 60.", AT_70, YES),
        ("Exercise for anybody aged 55 and above.", AT_40, NO),
        ("A hot lunch and a quiz for the over 60s, every Tuesday.", AT_40, NO),
        ("A club with membership open to everyone over 50.", AT_40, NO),
        ("Over-60s lunch", AT_40, NO),
        ("Tutors high school students in algebra.", AT_40, NO),
        ("Tutors high school students in algebra.", AT_16, YES),
        ("Teaches high school pupils to debate. This program is for high school students.", AT_70, NO),
    ],
)
def test_a_description_that_speaks_of_one_age_throughout_tells_it(
    description: str, band: tuple[int, int], answer: Answer
) -> None:
    assert age_rule(described(description), band).value is answer


@pytest.mark.parametrize(
    "description",
    [
        "Tutoring for children ages 5-10.",
        "Tutors elementary school students in algebra.",
        "Prepares adults for the high school diploma.",
        "Teaches high school students and their parents to code.",
        "Provides shelter to youth ages 6-17.",
        "Support groups for youth ages 13-18 and their parents.",
        "Support for youth ages 13-18. Parents meet on Mondays and adults are welcome.",
        "Groups for children, young adults and adult caregivers. Open to anyone who has lost somebody.",
        "Meals for seniors. Anyone may come on Fridays.",
        "Meals for seniors and people with disabilities.",
        "Meals for seniors and their families.",
        "Rides for older people. Also helps disabled adults.",
        "Serving the homeless for over 50 years.",
        "Serving people in need for 65 years.",
        "Has helped over 30 programs for people in need.",
        "Provides food to families. There is a lunch for seniors.",
        "Helps people find work, with over 60 partners.",
        "Lunch for anyone over 60. Everyone is welcome.",
        "Lunch for anyone over 60, and their families.",
        "Lunch for anyone within 60 minutes.",
        "The website names all 211 agencies.",
    ],
)
def test_a_description_that_may_speak_of_others_leaves_age_open(description: str) -> None:
    assert age_rule(described(description), AT_40).value is UNKNOWN


@pytest.mark.parametrize(
    ("name", "description", "answer"),
    [
        ("Lunch for anyone over 60", "", NO),
        ("Over-60s' lunch", "A hot meal and company.", NO),
        ("50+ Fitness", "Gentle exercise to music.", NO),
        ("Workshops for youth (ages 13-26)", "How to speak up at school.", NO),
        ("Over-60s' lunch", "A hot meal. Anyone is welcome.", UNKNOWN),
        ("Over-60s' lunch", "A hot meal. Carers eat with us.", UNKNOWN),
        ("Under 5s playgroup", "Toys and tea.", UNKNOWN),
        ("Route 66 Club", "Old cars.", UNKNOWN),
        ("Over 60 years of song", "We sing.", UNKNOWN),
    ],
)
def test_a_name_tells_an_age_in_numbers_where_nothing_speaks_of_anybody_else(name: str, description: str, answer: Answer) -> None:
    assert age_rule(described(description, name), AT_40).value is answer


def test_a_field_for_whom_comes_before_the_name() -> None:
    service = described("", "Over-60s' lunch", eligibility_description="Adults 18 and over")
    assert age_rule(service, AT_40).value is YES


def test_the_fields_come_before_the_description() -> None:
    service = described("A lunch for seniors.", eligibility_description="Adults 18 and over")
    assert age_rule(service, AT_40).value is YES


def test_a_child_is_brought_so_that_its_age_makes_a_service_only_seem_for_others() -> None:
    found = rules("Tutoring for children in grades K-5.")
    assert found.age(AT_40) is UNKNOWN
    assert not found.seems_for(AT_40, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Students in grades 6-12", 11, 19),
        ("K-5 students", 5, 12),
        ("Kindergarten through 8th grade", 5, 15),
        ("Newborn to age 3", 0, 3),
        ("Infants up to age 2", 0, 2),
        ("Teens and young adults", 11, 35),
    ],
)
def test_classes_of_a_school_and_small_children_are_ages(text: str, low: float, high: float) -> None:
    ages = read_ages(text)
    assert ages is not None
    assert (ages.low, ages.high) == (low, high)


@pytest.mark.parametrize(
    ("description", "answer"),
    [
        ("Provides beds for homeless women.", NO),
        ("Provides shelter for women and their children. Women stay for six weeks.", NO),
        ("A residential program for men who want to stop drinking.", YES),
        ("Provides beds for homeless women and men.", UNKNOWN),
        ("Provides beds for homeless women. Men are given a voucher.", UNKNOWN),
        ("Provides beds for women. Food is given to families.", UNKNOWN),
        ("Support for parents who lost a baby at any stage of pregnancy.", UNKNOWN),
        ("The Center for Women offers classes to expectant parents.", UNKNOWN),
        ("Provides beds for women and youth.", UNKNOWN),
        ("A club of business women. Any business or professional person may join.", UNKNOWN),
    ],
)
def test_a_description_that_speaks_of_one_gender_throughout_tells_it(description: str, answer: Answer) -> None:
    assert read_rules(described(description)).gender(Gender.MALE) is answer


@pytest.mark.parametrize(
    ("description", "asked"),
    [
        ("Legal help for survivors of domestic violence.", [{"domestic_violence"}]),
        ("Provides housing to veterans.", [{"veteran"}]),
        ("Offers rent help to people living with HIV.", [{"hiv"}]),
        ("Work for returning citizens.", [{"ex_offender"}]),
        ("Training for adults with intellectual and developmental disabilities.", [{"developmental_disability"}]),
        ("Helps immigrants who are victims of domestic violence, sexual assault or stalking.", [
            {"crime_victim"}, {"domestic_violence", "sexual_assault_survivor"},
        ]),
        ("Provides housing to veterans. Everyone is welcome for lunch.", []),
        ("Provides housing to veterans and homeless people.", []),
        ("Provides food to low-income people.", []),
        ("Provides housing to veterans and individuals in need.", []),
        ("Housing for families, seniors and people with special needs.", []),
        ("Helps tenants become homeowners.", []),
        ("The pool for women only, with the blinds down.", []),
        ("Care for children from newborn to 21.", []),
        ("Provides housing to veterans and those in need.", []),
        ("Provides housing to veterans and their families.", [{"veteran"}]),
        ("Provides care to those who are HIV-positive.", [{"hiv"}]),
        ("The treatment of child abuse by helping families.", []),
        ("Recovery for male, female and transgender survivors of trafficking.", []),
        ("Free transport for older residents without Medicaid.", []),
        ("Gives care, including for the teeth, to men, women and children who are HIV positive.", [{"hiv"}]),
        ("Gives sport to children and adults with intellectual disabilities.", [{"developmental_disability"}]),
        ("Gives rides to children and adults with physical or developmental disabilities.", []),
        ("Gives homes to families, seniors and people with special needs.", []),
        ("Gives care to those who are HIV-positive. Our doctors see all ages.", [{"hiv"}]),
        ("A programme for children of all ages.", []),
    ],
)  # fmt: skip
def test_a_description_asks_for_what_it_plainly_names(description: str, asked: list[set[str]]) -> None:
    assert [set(one.any_of) for one in asked_of(described(description))] == asked


@pytest.mark.parametrize("field", ["None", "Open to all", "Veterans or carers"])
def test_what_the_fields_let_in_no_description_takes_away(field: str) -> None:
    with_fields = described("Lunch for veterans.", eligibility_description=field)
    assert {"veteran"} not in [set(one.any_of) for one in asked_of(with_fields)]
    assert read_rules(described("Lunch for women.", eligibility_description="None")).gender(Gender.MALE) is UNKNOWN


def test_what_happened_to_somebody_is_asked_beside_who_they_are() -> None:
    asked = read_asked("Low-income immigrants who are victims of domestic violence, sexual assault or stalking")
    assert [set(one.any_of) for one in asked] == [{"domestic_violence", "sexual_assault_survivor"}, {"immigrant", "low_income"}]


def test_whoever_said_that_it_is_not_true_of_them_is_left_out_by_a_description() -> None:
    asked = rules("Provides housing to veterans.").asked
    assert any(map(known_of((), ("veteran",)).is_left_out, asked))
    assert not any(map(known_of(("veteran",)).is_left_out, asked))


@pytest.mark.parametrize(
    ("description", "answer"),
    [
        ("Assists clinic providers such as physicians with billing.", NO),
        ("Workshops and trainings to healthcare professionals.", NO),
        ("Offers health professionals courses, and care to patients.", UNKNOWN),
        ("Provides law enforcement services to the city.", UNKNOWN),
        ("Information about agencies across the country.", UNKNOWN),
        ("Works with nonprofits so that families have food.", UNKNOWN),
        ("Distributes surplus food to agencies (such as soup kitchens) that provide food to individuals.", NO),
        ("Distributes food to agencies that give it out. Families may come on Mondays.", UNKNOWN),
        ("Distributes food, and refers people to other agencies.", UNKNOWN),
    ],
)
def test_a_description_of_help_for_helpers_alone_is_for_no_person(description: str, answer: Answer) -> None:
    assert people_rule(described(description)).value is answer
