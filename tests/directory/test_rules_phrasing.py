"""Ways of writing that tell by themselves whom a record is for, in sentences as directories write them."""

from datetime import date

import pytest

from rxbot.directory.ease import ease
from rxbot.directory.model import Need, Service, Term
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.known import Known, known_of
from rxbot.directory.rules.purpose import Purpose
from rxbot.directory.rules.record import Rules, read_rules
from rxbot.directory.search import Search

ANYBODY, TODAY = Known(), date(2026, 6, 1)


def read(name: str = "Service", description: str = "", audience: tuple[str, ...] = (), eligibility: str = "") -> Rules:
    return read_rules(Service("s", name, description=description, audience=audience, eligibility_description=eligibility))


def asks(rules: Rules, circumstance: str) -> bool:
    return any(circumstance in asked for asked in rules.asked)


@pytest.mark.parametrize(
    ("description", "circumstance"),
    [
        ("Provides emergency housing to over 40 homeless children and their parents each year.", "has_children"),
        ("Serves homeless children and their immigrant mothers.", "has_children"),
        ("An emergency shelter for 20 homeless families with children.", "has_children"),
        ("A long program for families with children.", "has_children"),
        ("Runs a shelter for chronically homeless families.", "has_children"),
        ("Gives therapy to Kittersea children/adolescents and their families.", "has_children"),
        ("Works with children and their non-offending caregivers.", "has_children"),
        ("A house for families of children with grave illnesses.", "has_children"),
        ("A group for people with scoliosis.", "one_illness"),
        ("A club for persons of Westmarch descent.", "of_another_origin"),
        ("Assists persons with a physical or mental impairment that keeps them from work.", "disability"),
        ("Trains people with physical, emotional or mental disabilities.", "mental_illness"),
        ("Gives support to victims and witnesses at court.", "crime_victim"),
        ("WIC is a program of good food.", "pregnant"),
        ("The food program for women, infants and children.", "has_children"),
        ("A course for English-speaking adults who read little.", "english_speaker"),
        ("Hill House is an approved substance use treatment provider.", "substance_use"),
        ("Offers a drug and alcohol recovery program.", "substance_use"),
        ("Home visits that help children grow up healthy.", "has_children"),
        ("The largest emergency family shelter in Kittersea.", "has_children"),
        ("A support group for loved ones of those with mental illness.", "relative_of_one"),
        ("This group is for family and friends of people who drink.", "relative_of_one"),
        ("A group for anyone whose life is affected by someone else's drinking.", "relative_of_one"),
        ("For family members, caregivers and loved ones of individuals living with mental illness.", "relative_of_one"),
        ("Provides part-time volunteer opportunities for people on a low income.", "volunteer"),
        ("The centre is seeking volunteers to help in the kitchen.", "volunteer"),
        ("The task forces are comprised of volunteers who know the town.", "volunteer"),
        ("Makes loans. Applicants must first be found eligible for naturalization.", "citizen"),
        ("Rooms for men and women who have completed a residential treatment program.", "client_already"),
        ("Supervises criminally charged individuals.", "detained"),
        ("A diversion program for juveniles who were arrested.", "detained"),
        ("Watches over people sent to batterers' intervention programs.", "abuser"),
        ("A course for men who batter their partners.", "abuser"),
        ("Are you looking after somebody who could not manage without you?", "carer"),
        ("Visits any expectant parent or family with a child under 3.", "has_children"),
        ("Classes for men who have used violence against a partner.", "abuser"),
        ("Counselling for adults who identify as part of the LGBT+ community.", "lgbtq"),
        ("A line that listens to the LGBTQ (lesbian, gay and other) community.", "lgbtq"),
        ("A group for anyone who has lost a parent or a friend.", "bereaved"),
        ("Meets on Mondays. Groups are open to anyone who has lost a loved one.", "bereaved"),
        ("Makes sure that families who are homeless can get what they need.", "homeless"),
        ("A small house that takes 12 men who are homeless.", "homeless"),
        ("Groups meet weekly. Services are free and available to survivors of rape.", "sexual_assault_survivor"),
        ("Therapy for young people. These services are free and available to people who witnessed a crime.", "crime_victim"),
    ],
)
def test_a_description_tells_whom_it_is_for(description: str, circumstance: str) -> None:
    assert asks(read(description=description), circumstance)


@pytest.mark.parametrize(
    ("description", "circumstance"),
    [
        ("Serves single adults and families with children.", "has_children"),
        ("Finds rooms for homeless families and single adults.", "has_children"),
        ("Takes in people who are old or homeless families.", "has_children"),
        ("Works for the good of children, adolescents and the town.", "has_children"),
        ("Connects volunteers with children and their parents.", "has_children"),
        ("A club for people of Haitian descent.", "of_another_origin"),
        ("For adults with intellectual and developmental disabilities.", "mental_illness"),
        ("Looks after physical and mental health.", "disability"),
        ("A club for anyone of Westmarch descent, and for others who are interested.", "of_another_origin"),
        ("Takes food stamps and WIC at the market.", "pregnant"),
        ("Teaches non-English speaking adults.", "english_speaker"),
        ("For English- and Spanish-speaking adults.", "english_speaker"),
        ("Has classes for adults who want to be English speaking.", "english_speaker"),
        ("Hill House is a mental health and substance use treatment provider.", "substance_use"),
        ("Offers work to people out of a drug and alcohol recovery program.", "substance_use"),
        ("Has a waiting room where children grow sunflowers.", "has_children"),
        ("Shelter for women. There is a family shelter next door.", "has_children"),
        ("A group for people with mental illness and their loved ones.", "relative_of_one"),
        ("Members of the community are welcome, as are friends of the library.", "relative_of_one"),
        ("Gives information on shelters, volunteer opportunities and counselling.", "volunteer"),
        ("Meals are cooked by volunteers.", "volunteer"),
        ("Helps people find out whether they are eligible for naturalization.", "citizen"),
        ("People who have not completed high school learn here.", "client_already"),
        ("The office is charged with informing consumers.", "detained"),
        ("A group for anyone who has lost their home.", "bereaved"),
        ("Meals. The other group is open to anyone who has lost a friend.", "bereaved"),
        ("A centre for the LGBTQ community and everybody else.", "lgbtq"),
        ("Counselling, diversion and education.", "detained"),
        ("A refuge for survivors of intimate partner abuse.", "abuser"),
        ("A shelter for battered women, and a course for batterers.", "abuser"),
        ("Helps victims of partner abuse and spouse abuse.", "abuser"),
        ("Are you looking after a garden, or have a question?", "carer"),
        ("Do you look for a carer?", "carer"),
        ("Lunch for expectant parents and everybody else.", "has_children"),
        ("Helps women hurt by men who have used violence.", "abuser"),
        ("Young people who identify as Kittersean.", "lgbtq"),
        ("Therapy for young people. These services are available to veterans and people in need.", "veteran"),
        ("Rent help for people who are homeless or at risk of it.", "homeless"),
        ("Meals for those who are homeless or families with children.", "homeless"),
    ],
)
def test_a_description_that_only_speaks_of_them_tells_nothing(description: str, circumstance: str) -> None:
    assert not asks(read(description=description), circumstance)


@pytest.mark.parametrize(
    ("name", "circumstance"),
    [
        ("Kittersea Family Shelter", "has_children"),
        ("Farhaven Short Term Family Housing", "has_children"),
        ("Family and Friends Support Group", "relative_of_one"),
        ("Families and Friends of Alcoholics", "relative_of_one"),
        ("Al-Anon Family Group of the Old Town", "relative_of_one"),
        ("Alateen", "relative_of_one"),
        ("Volunteer Opportunities", "volunteer"),
        ("Alcoholics Anonymous, Old Town", "substance_use"),
        ("Gamblers Anonymous", "gambling"),
        ("Overeaters Anonymous", "eating_disorder"),
        ("Kittersea Nar-Anon", "relative_of_one"),
        ("Homeless Assistance Center", "homeless"),
        ("Homelessness Prevention Program", "near_homeless"),
        ("ADHD Family Group", "one_illness"),
        ("WIC Clinics", "pregnant"),
        ("Food for Women, Infants, and Children", "has_children"),
        ("Outpatient Addiction Services", "substance_use"),
        ("Adult Substance Abuse Treatment", "substance_use"),
        ("Jail Diversion", "detained"),
        ("Teen Court", "detained"),
    ],
)
def test_a_name_tells_whom_it_is_for(name: str, circumstance: str) -> None:
    assert asks(read(name), circumstance)


@pytest.mark.parametrize(
    "name",
    [
        "Family Housing Resources",
        "Friends of the Kittersea Library",
        "Volunteer Fire Museum",
        "Addiction Services Information",
        "Substance Abuse Prevention and Treatment Council",
        "Mental Health and Addiction Services",
        "Workaholics Anonymous",
        "Homeless Cats Outreach",
        "Coalition for Homeless Services",
    ],
)
def test_a_name_that_only_sounds_like_it_tells_nothing(name: str) -> None:
    assert not read(name).asked


@pytest.mark.parametrize(
    ("eligibility", "circumstance"),
    [
        ("Ward of the Juvenile Court or subject of pending criminal action", "detained"),
        ("Anyone whose life is affected by someone else's drug abuse", "relative_of_one"),
        ("Anyone affected by an alcohol problem in a relative or friend", "relative_of_one"),
        ("Anyone whose life is being impacted by a family member's addiction", "relative_of_one"),
        ("Seriously mentally ill", "serious_mental_illness"),
        ("Severe and persistent mental illness", "serious_mental_illness"),
        ("Must be eligible for naturalization", "citizen"),
    ],
)
def test_words_of_whom_it_is_for(eligibility: str, circumstance: str) -> None:
    assert asks(read(eligibility=eligibility), circumstance)


def test_who_is_touched_by_what_another_has_is_not_taken_to_have_it() -> None:
    anyone = read(eligibility="Anyone whose life is affected by someone else's drinking")
    assert not asks(anyone, "substance_use")
    assert asks(read(eligibility="People affected by alcohol and drug abuse"), "substance_use")


def test_who_has_no_place_to_live_is_homeless() -> None:
    assert asks(read(eligibility="People without a place to live"), "homeless")
    assert not asks(read(eligibility="People without a place to park"), "homeless")


def test_whoever_is_unwell_is_not_taken_to_be_seriously_mentally_ill() -> None:
    asked = ("serious_mental_illness",)
    assert known_of(needs=("mental_wellbeing",)).meets(asked) is Answer.UNKNOWN
    assert known_of(("serious_mental_illness",)).meets(("mental_illness",)) is Answer.YES


def test_a_child_comes_where_children_and_their_parents_come() -> None:
    asked = ("child", "has_children")
    assert known_of(age=(14, 14)).meets(asked) is Answer.YES
    assert known_of(age=(30, 30)).meets(asked) is Answer.UNKNOWN
    assert known_of(denied=("has_children",), age=(30, 30)).is_left_out(asked)
    assert not known_of(denied=("has_children",)).is_left_out(asked)


def test_nobody_of_seventy_has_small_children_but_who_says_so() -> None:
    assert known_of(age=(70, 70)).meets(("has_children",)) is Answer.NO
    assert known_of(("has_children",), age=(70, 70)).meets(("has_children",)) is Answer.YES
    assert known_of(age=(69, 69)).meets(("has_children",)) is Answer.UNKNOWN


def test_hardly_anybody_of_eighteen_has_children() -> None:
    assert known_of(age=(18, 18)).chance(("has_children",)) < known_of(age=(30, 30)).chance(("has_children",))


@pytest.mark.parametrize(
    ("name", "circumstance", "found"),
    [
        ("Cardiac Rehabilitation", "chronic_illness", True),
        ("Heart of the Town Choir", "chronic_illness", False),
        ("Harbour Gambling Counselling", "gambling", True),
        ("Gambling Licences and Control", "gambling", False),
    ],
)
def test_what_is_named_after_an_illness_or_gambling_is_for_those_who_have_it(name: str, circumstance: str, found: bool) -> None:
    assert asks(read(name), circumstance) is found


def test_rehabilitation_of_the_mind_by_day_is_for_those_who_are_seriously_ill() -> None:
    assert asks(read("Psychosocial Rehabilitation Groups", "Groups for adults."), "serious_mental_illness")
    assert asks(read("Broward", "PSR (Psychosocial Rehabilitation) is guided by hope."), "serious_mental_illness")
    assert asks(read("Day Treatment Program"), "serious_mental_illness")
    assert not asks(read("Alcohol Day Treatment"), "serious_mental_illness")


@pytest.mark.parametrize(
    ("rules", "circumstance"),
    [
        (read("Supported Employment"), "disability"),
        (read("Supportive Living Program"), "serious_mental_illness"),
        (read("Methadone Treatment Center"), "substance_use"),
        (read("Syringe Exchange"), "substance_use"),
        (read("Casa Sol", "Operates three clean and sober living programs."), "substance_use"),
        (read("Smoking Cessation Group"), "smoker"),
        (read("Rape Crisis Hotline"), "sexual_assault_survivor"),
        (read("The Road Home", "The center operates a Short Term Family Housing site."), "has_children"),
        (read("Night desk", eligibility="Patients in psychological crisis"), "in_crisis"),
    ],
)
def test_names_and_first_sentences_tell_what_those_have_who_come(rules: Rules, circumstance: str) -> None:
    assert asks(rules, circumstance)


def test_a_league_of_women_voters_is_for_men_too_and_a_code_of_welfare_for_nobody_on_benefits() -> None:
    assert read("League of Women Voters of Kittersea").genders == ()
    assert not asks(
        read("Hall", eligibility="Juvenile under section 602 of the Welfare and Institutions Code"), "benefit_recipient"
    )


def test_concerned_citizens_are_anybody() -> None:
    assert not asks(read("Clean Streets", eligibility="Concerned citizens"), "citizen")


def test_who_has_to_be_with_special_olympics_has_a_disability() -> None:
    assert asks(read("Roscoe Park", "Soccer. Participants must register with Special Olympics."), "developmental_disability")
    assert not asks(read("Roscoe Park", "Soccer, and bowling for Special Olympics."), "developmental_disability")


def test_widows_lost_a_husband_and_not_somebody_else() -> None:
    group = read("Star", eligibility="Widow or widower")
    assert group.chance(known_of(("widowed",))) == 1.0
    assert group.chance(known_of()) < group.chance(known_of(("bereaved",))) < 1.0
    assert group.chance(known_of(("bereaved",), age=(30, 30))) < group.chance(known_of(("bereaved",), age=(70, 70)))
    assert known_of(("widowed",)).chance(("bereaved",)) == 1.0


def test_who_is_under_a_mental_health_team_is_seriously_ill() -> None:
    assert asks(read(eligibility="Under secondary mental health services"), "serious_mental_illness")
    assert asks(read(eligibility="People who have completed cardiac rehabilitation"), "chronic_illness")


def test_what_asks_for_veterans_and_more_is_as_hard_for_others_as_what_asks_for_veterans() -> None:
    def worth(eligibility: str, *told: str) -> float:
        eased = ease(Search(needs=(), known=known_of(told), now=TODAY), read(eligibility=eligibility))
        assert eased
        return eased.factors["alone"]

    both = "Veterans leaving homelessness for a home of their own"
    assert worth(both, "homeless") < worth(both, "homeless", "veteran") == 1.0
    assert worth("Veterans, carers or refugees") == 1.0


def test_what_seems_for_the_young_is_further_from_whoever_is_a_generation_older_and_tells_of_no_children() -> None:
    def worth(age: int, *told: str) -> float:
        band = (age, age)
        search = Search(needs=(), age=band, known=known_of(told, age=band), now=TODAY)
        eased = ease(search, read("Kittersea Youth Orchestra", "Music for everybody."))
        assert eased
        return eased.factors["seems"]

    assert worth(60) < worth(30) < worth(12) == 1.0
    assert worth(45, "has_children") == worth(30)


def test_a_shelter_for_families_comes_after_what_takes_anybody_for_whoever_told_of_no_child() -> None:
    def worth(description: str, *told: str, needs: tuple[Need, ...] = ()) -> float:
        eased = ease(Search(needs=needs, known=known_of(("homeless", *told)), now=TODAY), read("Star", description))
        assert eased
        return eased.whole

    family, hotline = "A family shelter with forty flats for homeless families.", "A bed for the night for homeless people."
    assert worth(family) < worth(hotline) / 2
    assert worth(family, "has_children") == pytest.approx(worth(hotline, "has_children"))
    assert worth(family) < worth(family, needs=(Need("family_parenting", "Children"),))


def test_whoever_needs_safety_is_never_sent_to_where_those_go_who_hit() -> None:
    assert known_of(needs=("safety",)).is_left_out(("abuser",))


@pytest.mark.parametrize(
    ("name", "description", "wants"),
    [
        ("Volunteer Drivers Wanted", "Give a morning a month to drive neighbours.", True),
        ("Kitchen Volunteers", "Chop, stir or wash up.", True),
        ("Beach Guardians", "Volunteering in the fresh air: we clean the beach.", True),
        ("Food Bank", "Food for families. Volunteers are needed on Mondays.", False),
        ("Lifts to Appointments", "A volunteer driver takes you to the doctor.", False),
        ("Become a Mentor", "One evening a week with somebody of fifteen.", True),
        ("Drivers Needed!", "Bring hot lunches to doors on Fridays.", True),
        ("Drivers Needed", "Deliver parcels for £12.50 an hour.", False),
        ("Ward Friends", "Could you spare an afternoon to sit with patients?", True),
        ("Ward Friends", "Could you do with company on the ward? Ask the nurse.", False),
        ("Become a Member", "Swim as often as you like.", False),
    ],
)
def test_what_looks_for_volunteers_and_offers_nothing_else_is_told_from_what_volunteers_do(
    name: str, description: str, wants: bool
) -> None:
    assert (read(name, description).purpose is Purpose.NOTHING_BUT_VOLUNTEERING) == wants


@pytest.mark.parametrize(
    ("name", "description", "purpose"),
    [
        ("Kittersea Volunteer Program", "People over 55 use their skills in schools.", Purpose.VOLUNTEERING),
        ("Mentor Training", "Two Saturdays, then meet a young person each week.", Purpose.VOLUNTEERING),
        ("Evening Shelter", "We are always looking for volunteers. Beds for ten.", Purpose.VOLUNTEERING),
        ("Reading Help", "A trained volunteer meets you in the library every week.", Purpose.HELP_BY_VOLUNTEERS),
        ("Volunteer Income Tax Assistance", "Trained volunteers prepare your return.", Purpose.HELP_BY_VOLUNTEERS),
        ("Lifts", "Volunteers drive you to the clinic. New drivers are welcome.", Purpose.HELP),
        ("Hot Lunch", "Brought by volunteers. Volunteers are always needed.", Purpose.HELP),
        ("Shared Garden", "Grow vegetables together.", Purpose.HELP),
    ],
)
def test_what_looks_for_helpers_is_told_from_what_they_give(name: str, description: str, purpose: Purpose) -> None:
    assert read(name, description).purpose is purpose


def test_who_would_help_is_hardly_meant_by_what_volunteers_give_nor_who_needs_help_by_what_seeks_them() -> None:
    def worth(of: str, need: str) -> float:
        eased = ease(Search(needs=(Need(need, need),), known=known_of(needs=(need,)), now=TODAY), read("Friends", of))
        assert eased
        return eased.factors["purpose"]

    given, sought = "A trained volunteer visits you at home.", "We are looking for volunteers who visit people at home."
    assert worth(given, "volunteering") < worth(sought, "volunteering") == 1.0
    assert worth(sought, "social_connection") < worth(given, "social_connection") == 1.0


def test_support_after_an_assault_seems_to_be_for_who_was_hurt() -> None:
    seems = read(description="Time and support after sexual violence, however long ago it was.").seeming_asked
    assert any("sexual_assault_survivor" in asked for asked in seems)
    assert not read(description="Support after a stroke.").seeming_asked


def test_whoever_offers_their_help_may_go_where_volunteers_are_sought() -> None:
    assert known_of(needs=("volunteering",)).meets(("volunteer",)) is Answer.YES
    assert ANYBODY.chance(("volunteer",)) < 0.1


def test_a_carer_is_a_relative() -> None:
    assert known_of(needs=("carers",)).meets(("relative_of_one",)) is Answer.YES


def test_categories_that_name_those_who_hit_and_nobody_who_is_hurt_seem_to_be_for_them() -> None:
    def filed(*categories: str) -> Rules:
        return read_rules(Service("s", "Unit", terms=tuple(Term("", "", one) for one in categories)))

    assert ("abuser",) in filed("Adult Diversion", "Spouse/Intimate Partner Abusers").seeming_asked
    assert not filed("Abused Women", "Spouse/Intimate Partner Abusers").seeming_asked
    assert not filed("Spouse/Intimate Partner Abuse Counseling").seeming_asked


def seems(rules: Rules, circumstance: str) -> bool:
    return any(circumstance in asked for asked in rules.seeming_asked)


@pytest.mark.parametrize(
    ("name", "description", "circumstance"),
    [
        ("Kittersea Nursing Home", "", "care_home_resident"),
        ("Rose Villa", "A senior assisted-living community with a garden.", "care_home_resident"),
        ("Rose Villa", "Rose Villa is a private assisted living facility.", "care_home_resident"),
        ("Long stays", "Offers care in a 20-bed nursing facility.", "care_home_resident"),
        ("Inpatient Psychiatric Services", "", "inpatient"),
        ("Inpatient Psychiatry", "", "serious_mental_illness"),
        ("Crisis Stabilization Unit", "", "inpatient"),
        ("Adults", "Provides inpatient psychiatric care for adults.", "inpatient"),
        ("Detox Center", "", "substance_use"),
        ("Hill Apartments", "Low-cost housing for working families.", "has_children"),
        ("Hill Apartments", "Rents flats. Single people are accommodated if they are elderly or disabled.", "disability"),
    ],
)
def test_how_much_care_is_given_seems_to_tell_whom_it_is_for(name: str, description: str, circumstance: str) -> None:
    assert seems(read(name, description), circumstance)
    assert not read(name, description).asked


@pytest.mark.parametrize(
    ("name", "description", "circumstance"),
    [
        ("Advocates for Nursing Home Reform", "", "care_home_resident"),
        ("Home Health", "Provides skilled nursing and physical therapy at home.", "care_home_resident"),
        ("Day club", "Helps frail people to stay out of a nursing home.", "care_home_resident"),
        ("Behavioral Health", "Offers inpatient and outpatient psychiatric treatment.", "inpatient"),
        ("Mobile Crisis Stabilization", "", "inpatient"),
        ("Corps", "Gives food and shelter to individuals and families.", "has_children"),
        ("Hill Apartments", "Low-cost housing for families, seniors and people with disabilities.", "has_children"),
        ("Hill Apartments", "Low-cost housing for families and single people.", "has_children"),
    ],
)
def test_who_helps_those_in_care_or_anybody_seems_to_be_for_anybody(name: str, description: str, circumstance: str) -> None:
    assert not seems(read(name, description), circumstance)


def test_permanent_supportive_housing_is_for_who_has_no_home() -> None:
    assert read("Permanent Supportive Housing").asked == (("homeless",),)
    assert read("Rapid Re-housing for Youth").asked == (("homeless", "near_homeless"),)
    assert not read("Supportive services").asked


def test_a_day_centre_for_adults_seems_to_be_for_who_cannot_be_alone() -> None:
    day = read("Kittersea Adult Day Health Center")
    assert seems(day, "dementia")
    assert seems(day, "disability")
    assert day.seeming_chance(known_of(("raises_a_relative",), needs=("carers",))) < 0.2
    assert day.seeming_chance(known_of(("dementia_in_family",), needs=("carers",))) == 1.0
    assert not read("Adult Education, day and evening").seeming_asked


def test_a_group_for_parents_of_hurt_children_is_not_for_all_who_care() -> None:
    assert asks(read("Non-Offending Caregiver Support Group"), "crime_victim")


@pytest.mark.parametrize(
    ("name", "circumstance"),
    [("New Moms' Tea", "has_children"), ("Single Parents' Lunch", "has_children"), ("Grief Group", "bereaved")],
)
def test_a_name_tells_of_new_parents_and_of_those_who_grieve(name: str, circumstance: str) -> None:
    assert asks(read(name), circumstance)


def test_whoever_wishes_for_help_with_a_loss_has_had_one() -> None:
    group = read("Grief Group")
    assert group.chance(known_of(wishes=["bereavement", "loss"])) == 1.0
    assert group.chance(known_of(wishes=["talking therapy"])) < 1.0
    assert group.chance(known_of(["lost_a_child"])) == 1.0


def test_whoever_wishes_for_help_with_gambling_gambles() -> None:
    meeting = read("Gamblers Anonymous")
    assert meeting.chance(known_of(needs=["addiction"], wishes=["gambling help"])) == 1.0
    assert meeting.chance(known_of(needs=["addiction"], wishes=["drug treatment"])) < 0.1


def test_of_whom_it_is_decided_apart_it_is_asked_of_nobody() -> None:
    apart = read(
        eligibility="Adults with a felony conviction. Registered sex offenders case by case. Immigration status is not asked."
    )
    assert [set(one) for one in apart.asked] == [{"ex_offender"}]
    assert read(eligibility="County residents 60+, or any age in cancer treatment").asked == ()


def test_who_has_small_children_may_come_as_well_as_who_is_pregnant() -> None:
    fields = {"eligibility_description": "Pregnant, postpartum or breastfeeding women, infants, and children under 5"}
    either = read_rules(Service("s", "Food for families", **fields, audience=("Pregnant",)))
    assert all({"pregnant", "has_children"} <= set(one) for one in either.asked)
    assert either.asked
    assert asks(read(eligibility="Women who are pregnant or have a child under 2"), "has_children")
    assert read(eligibility="Pregnant women").asked == (("pregnant",),)


def test_what_goes_on_is_said_of_the_same_women() -> None:
    assert read(eligibility="Women who are pregnant or have a child under 2").genders == (Gender.FEMALE,)
    assert read(eligibility="Women who are pregnant or families with a child under 2").genders == ()


def test_what_focuses_on_recovery_from_drugs_seems_for_those_who_recover() -> None:
    rules = read("Star", "Provides a program that focuses on the treatment and prevention of substance abuse.")
    assert rules.seeming_chance(known_of()) < rules.seeming_chance(known_of(("substance_use",))) == 1.0


@pytest.mark.parametrize(
    "rules",
    [
        read("Carers' café", "Cake and talk on Mondays."),
        read("Caregiver support group"),
        read("Support group for carers"),
        read("Evenings", "A support group for caregivers of people with a stroke."),
        read("Evenings", "Offers respite to family carers, a day a week."),
        read("Lifting", "Training to help unpaid carers lift and turn."),
        read("Evenings", "Support for caregivers, their friends and families."),
    ],
)
def test_what_is_given_to_carers_is_for_who_cares_for_somebody(rules: Rules) -> None:
    assert ("carer",) in rules.asked


@pytest.mark.parametrize(
    "rules",
    [
        read("Evenings", "Support for people with dementia and their carers."),
        read("Evenings", "A support group for people after a stroke and their families or caregivers."),
        read("Club", "Support for caregivers and the people they look after."),
        read("Day centre", "Meals, rides and respite for caregivers."),
        read("Lifting", "Training for care workers and carers."),
        read("Parents and carers group", "Coffee while the little ones play."),
        read("Play", "Support for caregivers of young children."),
    ],
)
def test_what_is_for_either_or_for_who_brings_up_children_asks_for_no_carer(rules: Rules) -> None:
    assert ("carer",) not in rules.asked


@pytest.mark.parametrize(
    "rules",
    [
        read("Days", "Our partial hospitalization program has therapy and lunch."),
        read("Partial Hospitalisation", "Therapy on five days a week."),
        read("Home", eligibility="Adults living with a mental illness"),
        read("Home", eligibility="Must have a psychiatric illness"),
        read("Home", eligibility="People who live with mental illness"),
    ],
)
def test_days_at_a_hospital_and_living_with_an_illness_of_the_mind_are_for_the_seriously_ill(rules: Rules) -> None:
    assert asks(rules, "serious_mental_illness")


@pytest.mark.parametrize(
    "rules",
    [
        read("Talking", "Counselling for worry and low mood. The same agency has a partial hospitalization program."),
        read("Talking", "Helps people to avoid inpatient psychiatric care."),
        read("Talking", "A quiet hour. Staff used to work in inpatient psychiatry."),
        read("Talking", eligibility="People with depression or anxiety"),
    ],
)
def test_what_else_a_provider_has_does_not_make_it_for_the_seriously_ill(rules: Rules) -> None:
    assert not asks(rules, "serious_mental_illness")


def test_relatives_of_who_lives_with_an_illness_of_the_mind_are_not_asked_how_grave_it_is() -> None:
    rules = read("Evenings", "A support group for families of people living with mental illness.")
    assert rules.asked == (("relative_of_one",), ("mental_illness",))
