"""Whom a record asks for, and whom it seems to be for, in sentences as directories write them."""

from datetime import date

import pytest

from rxbot.directory.ease import ease
from rxbot.directory.model import Organization, Service, Term
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.criteria import read_asked
from rxbot.directory.rules.gender import Gender
from rxbot.directory.rules.known import Known, known_of
from rxbot.directory.rules.purpose import Purpose
from rxbot.directory.rules.record import Rules, read_rules
from rxbot.directory.rules.whom import people_rule, whom_rule
from rxbot.directory.search import Search
from rxbot.directory.stems import stems

AT_30, AT_78 = (30, 30), (78, 78)


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Low-income Kittersea homeowner", [{"home_owner"}, {"low_income"}]),
        ("Low-income homeowner, or property owner with low-income tenants", [{"home_owner"}, {"low_income"}]),
        ("Lesbian, gay and bisexual victims of domestic violence", [{"lgbtq"}, {"domestic_violence"}]),
        ("Latino immigrants", [{"latino", "immigrant"}]),
        ("Veterans, or people on a low income", [{"veteran", "low_income"}]),
        ("Homeless and low-income Latino families", [{"latino", "homeless", "low_income"}]),
        ("Homeowners with low-income tenants", [{"home_owner"}]),
        ("Sexual minorities, their families and friends", [{"lgbtq"}]),
        ("People living with AIDS", [{"hiv"}]),
        ("Offenders", [{"ex_offender"}]),
        ("Sex offenders", [{"abuser"}]),
        ("People who need hearing aids", []),
        ("Must have 1 child in family who is under school age", [{"has_children"}]),
        ("People with a psychiatric disability", [{"mental_illness"}]),
        ("Emotionally handicapped adults", [{"mental_illness"}]),
        ("Adults with HIV or mental health disabilities", [{"hiv", "mental_illness"}]),
        (
            "People with physical, emotional or learning disabilities",
            [{"disability", "mental_illness", "developmental_disability"}],
        ),
        ("Psychologically and physically disabled adults", [{"mental_illness", "disability"}]),
        ("Deaf and disabled people", [{"deaf", "disability"}]),
        ("Low-income people who keep a job in the public and private sector", [{"low_income"}]),
        ("Veterans, or the general public", []),
    ],
)
def test_a_sentence_asks_for_each_thing_that_has_to_be_true(sentence: str, asked: list[set[str]]) -> None:
    assert [set(one.any_of) for one in read_asked(sentence)] == asked


def test_who_was_in_prison_is_likely_to_be_taken_where_offenders_find_work() -> None:
    rules = read_rules(Service("s", "Work for offenders"))
    assert rules.chance(known_of(("ex_offender",))) == 1.0


def seen(name: str = "Service", description: str = "", organization: str = "") -> Rules:
    return read_rules(Service("s", name, organization=Organization(name=organization), description=description))


@pytest.mark.parametrize(
    "name", ["Farhaven Junior Football Club", "Nearham Juniors", "Rugby under-12s", "Farhaven United U9s", "Colts under 16"]
)
def test_a_team_of_the_young_seems_for_no_adult(name: str) -> None:
    assert not seen(name).seems_for(AT_30, None)


@pytest.mark.parametrize(
    "description",
    [
        "Provides a seven week summer camp for blind children. There are trips.",
        "The Farhaven Youth Music Program lends instruments.",
        "Swimming lessons for deaf and hard of hearing teenagers.",
        "Story times introduce young children to books.",
        "The project teaches middle school students to cook.",
    ],
)
def test_a_first_sentence_tells_of_the_young(description: str) -> None:
    assert not seen("Star", description).seems_for(AT_30, None)


@pytest.mark.parametrize(
    "description",
    [
        "Shelter for women with children.",
        "Swimming for children and their parents.",
        "Teaches people to work with children.",
        "Advice for residents. There is a room for children.",
    ],
)
def test_a_first_sentence_that_speaks_of_others_too_tells_of_no_age(description: str) -> None:
    assert seen("Star", description).seems_for(AT_30, None)


@pytest.mark.parametrize("name", ["Farhaven Football Club", "Junior League of Farhaven", "Martin Luther King Junior Hall"])
def test_other_names_seem_for_an_adult(name: str) -> None:
    assert seen(name).seems_for(AT_30, None)


@pytest.mark.parametrize(
    ("description", "organization"),
    [
        ("Brings lawyers and social workers together to help prevent the eviction of F.C. elders.", ""),
        ("", "Legal Counsel for the Elderly"),
        ("", "Farhaven Society for Older Adults"),
    ],
)
def test_a_description_or_a_provider_tells_of_the_old(description: str, organization: str) -> None:
    rules = seen("Tenants' Court Project", description, organization)
    assert not rules.seems_for(AT_30, None)
    assert rules.seems_for(AT_78, None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("School or agency serving students with disabilities", Answer.NO),
        ("Agencies that serve families", Answer.NO),
        ("Educators", Answer.NO),
        ("Members of the council must be approved by its chair", Answer.NO),
        ("Agency serving families, or any person in need", Answer.UNKNOWN),
        ("Organizations and individuals", Answer.UNKNOWN),
        ("Must have 501(c)(3) status", Answer.NO),
        ("Available only to teachers by contract with a school", Answer.NO),
        ("Municipal and nongovernmental agencies", Answer.NO),
        ("Attorneys serving tenants", Answer.NO),
        ("Available only to people who were referred", Answer.UNKNOWN),
        ("Agency that serves tenants, or tenant with no agency, or any resident", Answer.UNKNOWN),
    ],
)
def test_those_whom_an_organization_serves_do_not_come_themselves(text: str, answer: Answer) -> None:
    assert people_rule(Service("s", "Service", eligibility_description=text)).value is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [("Adult men and women", Answer.YES), ("Males or females over 18", Answer.YES), ("Adult women", Answer.UNKNOWN)],
)
def test_women_and_men_together_are_everybody(text: str, answer: Answer) -> None:
    assert whom_rule(Service("s", "Service", eligibility_description=text), None).value is answer


def test_however_many_letters_follow_it_is_one_word() -> None:
    assert stems("LGBT LGBTQ LGBTQIA+ lgbtqi") == ["lgbt"] * 4


def placed(*categories: str, name: str = "Service", description: str = "") -> Rules:
    terms = tuple(Term("", "", category) for category in categories)
    return read_rules(Service("s", name, description=description, terms=terms))


def test_categories_that_name_a_group_seem_to_be_whom_it_is_for_where_the_beginning_agrees() -> None:
    seems = placed("Veterans", "Bus Fares", description="A bus pass by which veterans ride free.").seeming_asked
    assert ("veteran",) in seems
    assert ("refugee",) in placed("Refugees/Entrants/Asylees", name="Refugee Match Grant").seeming_asked


@pytest.mark.parametrize(
    ("categories", "description"),
    [
        (("Veterans", "Older Adults"), "Rides for veterans and others."),
        (("Veterans",), "A lodge that meets on Mondays. It gives to veterans."),
        (("Veteran Benefits Assistance",), "Helps with letters to veterans' offices."),
        (("Veterans",), "Open to the public, veterans first."),
    ],
)
def test_categories_beside_others_or_on_their_own_seem_nothing(categories: tuple[str, ...], description: str) -> None:
    assert placed(*categories, description=description).seeming_asked == placed(description=description).seeming_asked == ()


@pytest.mark.parametrize("name", ["Diabetes Support Group", "Living with Asthma"])
def test_an_illness_in_a_name_seems_to_be_that_of_whom_it_is_for(name: str) -> None:
    assert ("chronic_illness",) in placed(name=name).seeming_asked


@pytest.mark.parametrize("name", ["Ostomy Support Group", "Parkinson's Wellness", "Multiple Sclerosis Circle"])
def test_one_illness_of_many_in_a_name_is_asked_for_and_not_had_by_whoever_is_ill(name: str) -> None:
    rules = placed(name=name)
    assert rules.asked == (("one_illness",),)
    stranger, ill, named = known_of(), known_of(("chronic_illness",)), known_of(wishes=("help with Parkinson's",))
    assert rules.chance(stranger) < rules.chance(ill) < rules.chance(named) == 1.0
    assert rules.chance(known_of(("carer",), needs=("carers",)), 0.4) < 0.4


@pytest.mark.parametrize("name", ["Stroke Prevention Talks", "Kidney Disease Screening", "Huntington Park Library"])
def test_an_illness_that_a_name_speaks_of_to_the_well_is_not_asked_for(name: str) -> None:
    assert placed(name=name).asked == ()


@pytest.mark.parametrize("name", ["Diabetes Prevention Class", "Asthma Research Fund", "Mobile Library"])
def test_a_name_that_speaks_of_an_illness_to_the_well_seems_nothing(name: str) -> None:
    assert not placed(name=name).seeming_asked


def test_whom_a_pass_is_said_to_allow_is_whom_it_is_for() -> None:
    rules = placed(description="The pass allows honorably discharged veterans to ride free.")
    assert ("veteran",) in rules.asked


def test_who_has_no_work_is_not_taken_where_one_must_be_working() -> None:
    rules = read_rules(Service("s", "Car loans", eligibility_description="Low-income family. Must be working"))
    assert any(map(known_of(("unemployed",)).is_left_out, rules.asked))
    assert not any(map(known_of(needs=("employment",)).is_left_out, rules.asked))


def test_pupils_of_the_public_schools_are_young() -> None:
    assert not seen("Project", "Helps students of the Kittersea Public Schools with homework.").seems_for(AT_30, None)
    assert not seen("Project", "Targets students in the Kittersea Public School system who stay away.").seems_for(AT_30, None)
    assert seen("Project", "The Public Schools prepare students for jobs in nursing.").seems_for(AT_30, None)
    assert seen("Project", "Adults and students of the Public Schools sing.").seems_for(AT_30, None)


def test_young_adults_in_a_name_are_neither_old_nor_small() -> None:
    rules = seen("Lantern Young Adult Group")
    assert rules.seems_for(AT_30, None)
    assert not rules.seems_for(AT_78, None)
    assert not rules.seems_for((12, 12), None)


def test_an_age_with_an_exception_in_brackets_still_seems_to_be_meant() -> None:
    rules = read_rules(Service("s", "Homes", eligibility_description="Age 62 or over (can obtain an exemption if younger)"))
    assert rules.age(AT_30) is Answer.UNKNOWN
    assert not rules.seems_for(AT_30, None)
    assert rules.seems_for(AT_78, None)


@pytest.mark.parametrize(
    ("name", "only"),
    [
        ("Farhaven Mens Bowling Club", Gender.MALE),
        ("Farhaven Men's Shed", Gender.MALE),
        ("Nearham Womens Institute", Gender.FEMALE),
        ("Kittersea Ladies Bowling Club", Gender.FEMALE),
    ],
)
def test_a_gender_in_a_name_needs_no_apostrophe(name: str, only: Gender) -> None:
    assert read_rules(Service("s", name)).genders == (only,)


@pytest.mark.parametrize("text", ["Male survivors of abuse, 18-30", "Men only, aged 18 or over", "Men, 50+"])
def test_an_age_beside_a_gender_is_no_other_people(text: str) -> None:
    assert read_rules(Service("s", "Service", eligibility_description=text)).gender(Gender.FEMALE) is Answer.NO


def test_other_words_that_begin_like_a_gender_are_none() -> None:
    assert not read_rules(Service("s", "Mensa of Kittersea")).genders


def test_an_injury_in_a_name_is_that_of_whom_it_is_for() -> None:
    assert ("disability",) in placed(name="Spinal Cord Living").asked


def test_what_somebody_comes_for_is_not_what_they_have_to_be() -> None:
    helps = Service("s", "Legal help", description="For immigrants who want to obtain legal status or to apply for citizenship.")
    assert (read_rules(helps).asked, read_rules(helps).seeming_asked) == ((), (("immigrant",),))
    assert read_rules(Service("s", "Legal help", eligibility_description="Citizens only.")).asked == (("citizen",),)


def test_former_inmates_are_not_in_prison() -> None:
    league = Service("s", "Work again", eligibility_description="Former inmates and people released from jail")
    assert [one for asked in read_rules(league).asked for one in asked] == ["ex_offender"]


def test_those_who_grieve_for_a_child_are_not_all_who_grieve() -> None:
    group = Service("s", "Friends", eligibility_description="People grieving the loss of a child")
    assert [one for asked in read_rules(group).asked for one in asked] == ["lost_a_child"]
    wider = Service("s", "Friends", eligibility_description="People who lost a child, or bereaved adults")
    assert all("bereaved" in asked for asked in read_rules(wider).asked)


@pytest.mark.parametrize("name", ["Maternal Mental Health", "Postpartum Support", "Support Group for Parents"])
def test_what_is_called_after_mothers_or_parents_is_for_them(name: str) -> None:
    assert any("has_children" in asked for asked in read_rules(Service("s", name)).asked)


def test_a_group_for_parents_who_lost_a_child_says_so_in_its_first_sentence() -> None:
    friends = Service(
        "s", "Town chapter", description="We offer hope to families grieving the loss of a child or a sibling. Walk in."
    )
    assert ("lost_a_child",) in read_rules(friends).asked
    anybody = Service("s", "Grief group", description="A group for anyone grieving the loss of a husband, a friend or a child.")
    assert read_rules(anybody).asked == (("bereaved",),)


def test_not_every_grandparent_brings_up_a_grandchild() -> None:
    lonely = Service("s", "Tea", eligibility_description="Grandparents who are lonely")
    bring_up = Service("s", "Tea", eligibility_description="Grandparents who are caregivers of their grandchildren")
    asked = [{one for any_of in read_rules(service).asked for one in any_of} for service in (lonely, bring_up)]
    assert "raises_a_relative" not in asked[0]
    assert "raises_a_relative" in asked[1]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Caregivers of adults with dementia", [{"carer"}, {"dementia"}]),
        ("People with dementia and their caregivers", [{"dementia"}]),
        ("Individuals with autism, and to their carers", [{"developmental_disability"}]),
        ("Frail older people, carers of dependent neighbours", [{"carer", "homebound"}]),
        ("Parents and caregivers of young children", [{"has_children"}]),
        ("Primary caregiver of a child under 5", [{"has_children"}]),
        ("Abused children and their non-offending caregivers", [{"crime_victim"}]),
        ("Volunteers who are tutors and caregivers to children with special needs", [{"carer", "developmental_disability"}]),
        ("Carers, or people on a low income", [{"carer", "low_income"}]),
    ],
)
def test_whom_carers_care_for_is_asked_of_them(text: str, asked: list[set[str]]) -> None:
    assert [set(one.any_of) for one in read_asked(text)] == asked


def chance(known: Known, **texts: str) -> float:
    return read_rules(Service("s", **{"name": "Group", **texts})).chance(known)


def test_a_group_for_relatives_of_those_who_drink_is_not_for_carers_of_somebody_with_dementia() -> None:
    cares = known_of(("carer", "dementia_in_family"), needs=("carers",))
    drink = chance(cares, description="A support group for family and friends of people with an alcohol addiction.")
    forget = chance(cares, description="A support group for family and friends of people with dementia.")
    assert drink < 0.05
    assert forget == 1.0


def test_a_carer_of_no_great_age_may_care_for_somebody_with_dementia() -> None:
    seeks = known_of(("carer",), needs=("carers",), age=AT_30)
    assert chance(seeks, eligibility_description="People with dementia") == chance(
        known_of(), eligibility_description="People with dementia"
    )
    cares_for_the_disabled = known_of(("carer",), needs=("carers", "disability_support"), age=AT_30)
    assert chance(cares_for_the_disabled, eligibility_description="People with dementia") < 0.01


def test_who_brings_up_a_grandchild_hardly_looks_for_help_with_dementia() -> None:
    grandmother = known_of(("raises_a_relative",), needs=("carers",))
    assert chance(grandmother, eligibility_description="Caregivers of people with dementia") < 0.01
    assert chance(grandmother, eligibility_description="Grandparents raising grandchildren") == 1.0


def test_what_a_carer_is_may_be_rarer_than_what_those_they_care_for_are() -> None:
    cares = known_of(("carer",), needs=("carers",))
    kin, veterans = (
        read_rules(Service("s", "Group", eligibility_description=text)).chance(cares, 0.4)
        for text in ("Grandparents raising grandchildren", "Veterans")
    )
    assert kin < veterans == 0.4


def test_a_provider_that_is_there_for_dementia_seems_to_be_so_in_all_it_gives() -> None:
    assert ("dementia",) in seen("Helpline", organization="Alzheimer's Society of Kittersea").seeming_asked
    assert ("carer",) in seen("Caregiver Resource Center").seeming_asked
    assert ("carer",) not in seen("Water safety for parents and caregivers").seeming_asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Veterans with debts or gambling problems", [{"veteran"}, {"gambling"}]),
        ("Adults with long-term or chronic pain", [{"chronic_illness"}]),
        (
            "Adults living with a learning or developmental disability, physical limitations",
            [{"developmental_disability", "disability"}],
        ),
        ("Young people with or without disabilities", []),
        ("People with cancer, or anybody's neighbours", []),
        ("People with HIV or mental illness", [{"hiv", "mental_illness"}]),
    ],
)
def test_what_goes_on_with_what_somebody_has_is_said_of_them_too(text: str, asked: list[set[str]]) -> None:
    assert [set(one.any_of) for one in read_asked(text)] == asked


def test_what_people_are_provided_with_is_not_what_they_have() -> None:
    assert not seen("Club", "Provides young people with homework help and lessons on alcohol and drugs.").seeming_asked
    assert seen("Club", "Provides adults with developmental disabilities a place to meet.").asked


def test_a_state_office_for_veterans_is_for_them_but_where_it_says_otherwise() -> None:
    def clinic(description: str) -> Rules:
        office = Organization(name="Kittersea Department of Veterans Affairs")
        return read_rules(Service("s", "Clinic", organization=office, description=description))

    assert clinic("Eyes and ears are tested.").asked == (("veteran",),)
    assert not clinic("Open to the public.").asked
    assert not read_rules(Service("s", "Clinic", organization=Organization(name="Veterans Memorial Hospital"))).asked


@pytest.mark.parametrize(
    ("text", "circumstance"),
    [
        ("People recently released from incarceration", "ex_offender"),
        ("Person released from the Old Town county jail or a state correctional facility", "ex_offender"),
        ("Older adults who wish to work with children", "volunteer"),
        ("Older adults who wish to work with frail seniors", "volunteer"),
        ("Those recently incarcerated", "ex_offender"),
        ("National Guard and reservists", "veteran"),
        ("People facing homelessness", "near_homeless"),
        ("People living on the streets", "homeless"),
        ("Youth who aged out of care", "foster_youth"),
    ],
)
def test_the_same_is_told_in_other_words(text: str, circumstance: str) -> None:
    assert [set(one.any_of) for one in read_asked(text)] == [{circumstance}]


def test_of_those_who_wish_to_help_their_english_is_asked_and_not_what_they_help_with() -> None:
    helpers = read_asked("English-speaking adults who want to volunteer to teach English to immigrants")
    assert [set(one.any_of) for one in helpers] == [{"english_speaker"}, {"volunteer"}]


def test_a_service_for_women_is_no_military_one() -> None:
    assert not read_rules(Service("s", "Laundry service", audience=("Women",))).asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Poor, blind or disabled immigrants", [{"immigrant"}, {"low_income", "visual_impairment", "disability"}]),
        ("Disabled or homeless veterans", [{"veteran"}, {"disability", "homeless"}]),
        ("Homeless people, or disabled veterans", [{"homeless", "disability", "veteran"}]),
        ("Haitians, low-income immigrants", [{"haitian", "low_income", "immigrant"}]),
        ("Homeless, veterans", [{"homeless", "veteran"}]),
    ],
)
def test_those_whom_a_list_of_what_they_are_ends_in_are_meant(text: str, asked: list[set[str]]) -> None:
    assert sorted(map(sorted, (one.any_of for one in read_asked(text)))) == sorted(map(sorted, asked))


def test_a_provider_called_after_an_illness_seems_to_be_for_who_has_it_but_where_it_speaks_to_the_well() -> None:
    assert ("one_illness",) in seen("Support groups", organization="Brain Injury Association of Kittersea").seeming_asked
    assert not seen("Support groups", organization="Diabetes Prevention League").seeming_asked


def test_a_name_that_speaks_of_one_sexuality_is_for_those_people() -> None:
    assert read_rules(Service("s", "LGBT+ Mental Health")).asked == (("lgbtq",),)
    tea = Service("s", "Rainbow Tea", description="A monthly tea for LGBTQ+ people and friends.")
    assert read_rules(tea).asked == (("lgbtq",),)
    assert not read_rules(Service("s", "LGBTQ-friendly Dentist")).asked


def test_what_is_made_sure_of_for_children_is_theirs() -> None:
    assert not seen("Summer meals", "The program ensures that low-income children continue to eat well.").seems_for(AT_78, None)
    assert seen("Meals", "The program ensures that low-income people and their children eat well.").seems_for(AT_78, None)


def test_other_survivors_are_survivors_of_something() -> None:
    assert any("crime_victim" in one for one in seen("Painting", "Paint in the company of other survivors.").seeming_asked)


def test_those_with_something_in_a_name_are_whom_it_is_for() -> None:
    assert read_rules(Service("s", "Swimming for People with Disabilities")).asked == (("disability",),)
    assert not read_rules(Service("s", "Parents of Children with Disabilities")).asked
    wider = Service("s", "People with Disabilities Forum", eligibility_description="Must have a disability or a mental illness")
    assert read_rules(wider).asked == (("disability", "mental_illness"),)


def test_one_of_them_stands_for_all_who_were_in_prison() -> None:
    assert seen("Rooms", "Has a room for an ex-offender who is ready to live alone.").asked == (("ex_offender",),)
    assert not seen("Rooms", "Has rooms for everybody, and was founded by an ex-offender.").asked


def test_what_is_paid_for_the_care_of_a_child_is_for_its_parents() -> None:
    assert seen("Child Care Assistance Program").seems_for((30, 30), None)
    assert not seen("Sunny Child Care").seems_for((30, 30), None)


@pytest.mark.parametrize(("age", "answer"), [(28, Answer.UNKNOWN), (40, Answer.YES), (57, Answer.UNKNOWN), (75, Answer.NO)])
def test_a_band_of_ages_from_a_list_leaves_out_nobody_next_to_it(age: int, answer: Answer) -> None:
    assert read_rules(Service("s", "Rooms", audience=("Adults (31-54)",))).age((age, age)) is answer
    assert read_rules(Service("s", "Rooms", audience=("Teens (13-19)",))).age((22, 22)) is Answer.NO


@pytest.mark.parametrize(
    ("description", "asked"),
    [
        ("Our groups are open to all, and free.", ()),
        ("The pantry is open to all Nearham residents.", ()),
        ("Membership is open to all.", (("homeless",),)),
        ("The groups are open to all who sleep outside.", (("homeless",),)),
    ],
)
def test_what_is_open_to_all_is_so_whatever_is_picked_from_a_list(description: str, asked: tuple[tuple[str, ...], ...]) -> None:
    assert read_rules(Service("s", "Advice", description=description, audience=("Homeless",))).asked == asked
    field = Service("s", "Advice", description=description, audience=("Homeless",), eligibility_description="Must be homeless")
    assert read_rules(field).asked == (("homeless",),)


@pytest.mark.parametrize(
    ("audience", "asked"),
    [
        (("Homeless", "Men/Boys", "Ages 18+"), (("homeless",),)),
        (("Women/Girls", "Homeless", "Seniors (55+)"), (("homeless",),)),
        (("Homeless", "Near Homeless", "Youth (6-12)"), (("homeless",),)),
        (("Veterans", "Unemployed", "Women"), (("unemployed", "veteran"),)),
        (("LGBTQ", "Youth (6-12)"), ()),
        (("Parents", "Teens (13-19)"), ()),
        (("Families", "Homeless", "Men/Boys"), ()),
        (("Homeless", "People in need"), ()),
        (("Men/Boys", "Ages 18+"), ()),
    ],
)
def test_an_age_or_a_gender_picked_beside_something_else_is_asked_beside_it(
    audience: tuple[str, ...], asked: tuple[tuple[str, ...], ...]
) -> None:
    assert read_rules(Service("s", "House", description="A place to stay.", audience=audience)).asked == asked


def picked(
    categories: tuple[str, ...] = (), audience: tuple[str, ...] = (), description: str = "A safe place to learn."
) -> Rules:
    terms = tuple(Term("", "", one) for one in categories)
    return read_rules(Service("s", "North Centre", description=description, audience=audience, terms=terms))


def test_what_is_picked_for_children_alone_seems_to_be_for_no_grown_up() -> None:
    assert not picked(("Literacy", "Primary School Age Children")).seems_for(AT_52, None)
    assert not picked(audience=("Youth (6-12)",), description="Students aged 14 learn here.").seems_for(AT_52, None)
    assert not picked(("Toddlers",), description="Games, and family involvement.").seems_for(AT_52, None)


def test_a_stage_of_childhood_that_is_picked_is_an_age() -> None:
    camp = picked(("Summer Camps", "Preadolescent Children", "Elementary School Students"))
    assert not camp.seems_for((19, 19), None)
    assert camp.seems_for((11, 11), None)
    assert not picked(("Elementary/Middle School",)).seems_for((16, 16), None)
    assert picked(("Elementary, Middle and High School Students",)).seems_for((16, 16), None)
    assert not picked(audience=("Kindergarten",)).seems_for((11, 11), None)
    checks = "Health checks in middle schools and high schools."
    assert picked(("Middle School Students",), description=checks).seems_for((17, 17), None)


def test_a_stage_of_childhood_beside_other_words_for_the_young_is_any_of_their_ages() -> None:
    assert picked(("Adolescents", "Children")).seems_for((7, 7), None)
    assert not picked(("Adolescents", "Children")).seems_for(AT_30, None)
    assert picked(("Adolescents",), audience=("Teens and other concerned adults",)).seems_for(AT_30, None)
    assert picked(("Primary", "Middle Income")).seems_for(AT_30, None)
    assert picked(("Middle School Students",), description="Help in every K-8 school.").seems_for((7, 7), None)


def test_what_is_picked_for_the_old_alone_seems_to_be_for_them() -> None:
    meals = "Hot lunches, and company for seniors."
    assert not picked(("Senior Centers", "Older Adults")).seems_for(AT_52, None)
    assert picked(("Senior Centers", "Older Adults")).seems_for(AT_78, None)
    assert not picked(("Older Adults",), description=meals).seems_for(AT_30, None)


@pytest.mark.parametrize(
    ("categories", "description"),
    [
        (("Older Adults", "Low Income"), "Helps with tax returns."),
        (("Senior Centers", "People With Disabilities"), "Lunch every day."),
        (("Senior Centers",), "Lunch, and classes open to everyone."),
        (("Older Adults",), "A home for seniors and individuals with mental illness."),
        (("Senior Centers", "Families"), "Lunch every day."),
    ],
)
def test_what_is_picked_for_the_old_and_others_too_seems_to_be_for_anybody(categories: tuple[str, ...], description: str) -> None:
    assert picked(categories, description=description).seems_for(AT_30, None)


def test_what_is_picked_for_others_too_or_speaks_of_them_seems_to_be_for_anybody() -> None:
    assert picked(("Primary School Age Children", "Older Adults")).seems_for(AT_52, None)
    assert picked(("Primary School Age Children",), description="A safe place for the whole family.").seems_for(AT_52, None)
    assert picked(("Youth", "Hiking")).seems_for(AT_52, None)
    assert picked(audience=("Youth (6-12)", "Parents"), description="Clothes for ages 3 to 90.").seems_for(AT_52, None)


AT_52 = (52, 52)


def test_from_which_age_its_provider_helps_the_old_holds_for_what_is_called_theirs() -> None:
    provider = Organization(name="Law for the Elderly", description="Helps seniors, 60 and older, with free legal advice.")
    assert not read_rules(Service("s", "Advice", organization=provider)).seems_for(AT_52, None)
    assert read_rules(Service("s", "Advice", organization=Organization(name="Law for the Elderly"))).seems_for(AT_52, None)
    assert read_rules(Service("s", "Advice", organization=provider, audience=("Seniors (52+)",))).seems_for(AT_52, None)


def eligible(text: str) -> Rules:
    return read_rules(Service("s", "Service", eligibility_description=text))


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Veteran", ("veteran",)),
        ("Honorably discharged veteran, age 18 or over", ("veteran",)),
        ("Must be raising the child of a relative", ("raises_a_relative",)),
        ("Victim of domestic violence", ("domestic_violence",)),
        ("Veterans and people who are lonely", ()),
        ("Veteran. Homeless people are welcome", ()),
        ("Homeless veteran", ()),
        ("A diagnosed disability that keeps somebody from work (including work that was lost)", ("disability",)),
        ("Homebound person unable to cook or shop", ("homebound",)),
        ("Veteran who has a house by the sea, three brown dogs, two boats and much patience", ()),
        ("Anyone, veterans first", ()),
        ("Must read music", ()),
        ("Uninsured person", ()),
        ("Business owner, manager or community leader", ()),
    ],
)
def test_one_thing_alone_that_is_all_a_record_asks_for_is_known_as_such(text: str, alone: tuple[str, ...]) -> None:
    assert eligible(text).alone == alone


def test_what_is_for_veterans_is_hardly_for_whoever_did_not_say_that_they_are_one_whatever_else_it_asks() -> None:
    alone, more = eligible("Veteran"), eligible("Veterans. Ask what is needed for each program")
    stranger, veteran = (Search(needs=(), known=known_of(told), now=date(2026, 6, 1)) for told in ((), ("veteran",)))
    assert more.asked == alone.asked
    assert whole_ease(stranger, alone) == whole_ease(stranger, more) < 0.2 * whole_ease(veteran, more)
    assert whole_ease(veteran, alone) == whole_ease(veteran, more)


def whole_ease(search: Search, rules: Rules) -> float:
    eased = ease(search, rules)
    return eased.whole if eased else 0.0


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Age 62 or over or disabled", []),
        ("Low income, age 62 or over, or disabled", [{"low_income"}]),
        ("Age 60 or over. Can be younger if disabled", []),
        ("Age 62 or over, or blind or disabled, homeowner", [{"home_owner"}]),
        ("Age 18 or over with a disability", [{"disability"}]),
        ("Age 62 or over and disabled", [{"disability"}]),
    ],
)
def test_what_the_younger_have_to_be_is_not_asked_of_the_old(text: str, asked: list[set[str]]) -> None:
    assert [set(one) for one in eligible(text).asked] == asked


@pytest.mark.parametrize(
    ("description", "ages", "others"),
    [
        ("Aids elementary students for six weeks by enhancing English skills.", (6, 11), (16, 54)),
        ("Serves middle and high school students with homework.", (11, 17), (8, 54)),
        ("A club for boys and girls ages 6 to 12.", (6, 12), (16, 54)),
        ("Offers therapy for young people ages 13-24.", (13, 24), (8, 54)),
        ("Assists at-risk young adults to finish school.", (17, 30), (52, 70)),
    ],
)
def test_the_young_of_whom_a_first_sentence_speaks_are_those_it_seems_for(
    description: str, ages: tuple[int, ...], others: tuple[int, ...]
) -> None:
    rules = seen("Summer program", description)
    assert all(rules.seems_for((age, age), None) for age in ages)
    assert not any(rules.seems_for((age, age), None) for age in others)


@pytest.mark.parametrize(
    "description",
    [
        "Parenting classes for parents of children ages 1 to 3.",
        "Trains college and high school students and adults.",
        "Shows for children ages 3 to 17, yet catering to all ages.",
    ],
)
def test_others_in_a_first_sentence_leave_open_for_whom_it_is(description: str) -> None:
    assert seen("Program", description).seems_for(AT_30, None)


def test_what_is_called_after_the_young_is_for_those_it_names_more_exactly() -> None:
    named, counted = seen("Kids club"), seen("Kids club", "For children ages 5 to 12.")
    assert named.seems_for((16, 16), None)
    assert not counted.seems_for((16, 16), None)
    assert seen("Youth center", "For youth ages 24 and under.").seems_for((23, 23), None)


def test_help_against_truancy_is_for_pupils() -> None:
    assert not seen("Truancy prevention").seems_for(AT_30, None)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Age 18-25, not on probation or parole", []),
        ("Homeless, not fleeing domestic violence", [{"homeless"}]),
        ("Family, with no substance abuse", []),
        ("Not eligible for Medicaid", []),
        ("Low income, not currently enrolled in Medicaid", [{"low_income"}]),
        (
            "Low-income, aged, blind or disabled immigrant",
            [{"retired", "visual_impairment", "disability"}, {"low_income", "immigrant"}],
        ),
        ("Lack of health insurance and urgent need", [{"uninsured"}]),
        ("Without health insurance", [{"uninsured"}]),
        ("Women without shelter", [{"homeless"}]),
        ("There is no maximum age and no income requirement", []),
        ("Income must not exceed the income guidelines", [{"low_income"}]),
    ],
)
def test_what_nobody_may_be_is_not_asked_for(text: str, asked: list[set[str]]) -> None:
    assert [set(one) for one in eligible(text).asked] == asked


@pytest.mark.parametrize(
    ("name", "description", "text", "shut_out"),
    [
        ("Women's Health Center", "Family primary care services include dental care and pediatrics.", "", False),
        ("Mothers Club", "Mothers, fathers and other carers meet.", "", False),
        ("Recovery Center", "", "Woman or man age 18 or over. Pregnant women come first", False),
        ("Women's Shelter", "Beds for women and their families.", "", True),
        ("Women in Transition", "A program for students who come back.", "Adult women", True),
        ("Women's Center", "Counselling and legal advice.", "", True),
    ],
)
def test_a_gender_in_a_name_yields_to_whom_the_record_plainly_names(
    name: str, description: str, text: str, shut_out: bool
) -> None:
    rules = read_rules(Service("s", name, description=description, eligibility_description=text))
    assert (rules.gender(Gender.MALE) is Answer.NO) is shut_out
    assert rules.gender(Gender.FEMALE) is not Answer.NO


@pytest.mark.parametrize(
    ("text", "women"),
    [
        ("Black, Asian and minoritised women", True),
        ("Lesbian, bisexual and trans women in Kittersea", True),
        ("Hispanic, minority and women-owned businesses", False),
        ("Children and disabled women", False),
    ],
)
def test_words_that_say_which_women_name_nobody_beside_them(text: str, women: bool) -> None:
    rules = read_rules(Service("s", "Service", eligibility_description=text))
    assert (rules.gender(Gender.MALE) is Answer.NO) is women


@pytest.mark.parametrize(
    ("description", "women"),
    [
        ("Advice on homes and rights. Women only, confidential.", True),
        ("This is a women-only space.", True),
        ("A pool. Women only, Tuesday evenings.", False),
        ("Women only. Mixed on Fridays.", False),
        ("Women only sessions at ten.", False),
    ],
)
def test_a_sentence_that_says_women_only_is_meant_of_all_of_it(description: str, women: bool) -> None:
    assert (seen("Advice", description).gender(Gender.MALE) is Answer.NO) is women


def test_a_line_called_after_boys_that_is_for_children_and_parents_shuts_out_nobody() -> None:
    rules = seen("Boys Town Hotline", "A crisis line for children and parents.")
    assert rules.gender(Gender.FEMALE) is not Answer.NO


@pytest.mark.parametrize(
    ("audience", "shut_out"),
    [
        (("Women/Girls", "Homeless"), True),
        (("Pregnant",), True),
        (("Pregnant", "Families With Children", "Parents"), False),
        (("Families", "Women/Girls"), False),
        (("Transgender Women", "Immigrants"), False),
        (("Men/Boys", "Women/Girls"), False),
        (("Families", "Only women of the town may come"), True),
    ],
)
def test_a_gender_picked_beside_families_or_the_other_shuts_out_nobody(audience: tuple[str, ...], shut_out: bool) -> None:
    assert (read_rules(Service("s", "Service", audience=audience)).gender(Gender.MALE) is Answer.NO) is shut_out


def test_help_early_for_the_elderly_and_a_day_care_of_seniors_are_not_for_the_young_nor_a_senior_high_for_the_old() -> None:
    for name in ("Elderly Early Intervention", "Senior Day Care Center"):
        assert seen(name).seems_for(AT_78, None)
        assert not seen(name).seems_for((10, 10), None)
    assert seen("Kittersea Senior High School").seems_for((16, 16), None)
    assert not seen("Kittersea Senior High School").seems_for(AT_78, None)


@pytest.mark.parametrize(
    ("description", "answer"),
    [
        ("If an adult you know is mistreated, we can help.", Answer.UNKNOWN),
        ("Meals for older adults.", Answer.NO),
        ("A day for adults with dementia.", Answer.NO),
        ("Rides to the doctor.", Answer.NO),
    ],
)
def test_a_category_of_the_old_yields_to_a_first_sentence_on_any_adult(description: str, answer: Answer) -> None:
    assert read_rules(Service("s", "Service", description=description, audience=("Seniors (55+)",))).age(AT_30) is answer


@pytest.mark.parametrize(
    ("first", "seems"),
    [
        ("Works with coalitions in the town to prevent falls.", True),
        ("Delivers meals to various agencies and charities.", True),
        ("Offers training for service providers.", True),
        ("Gives advice to agencies about sight loss, and counselling for blind persons.", False),
        ("Works with schools and families.", False),
        ("Works with people who have debts.", False),
        ("Offers training to parents and professionals.", False),
    ],
)
def test_what_begins_with_those_who_help_others_is_worth_less_to_a_person_and_stays(first: str, seems: bool) -> None:
    rules = read_rules(Service("s", "Service", description=f"{first} A course helps people who smoke."))
    assert (rules.for_people, rules.purpose is Purpose.FOR_HELPERS) == (True, seems)
    worth = ease(Search(needs=(), now=date(2026, 6, 1)), rules)
    assert worth
    assert (worth.factors["purpose"] < 1) == seems


def test_whom_a_provider_is_there_for_counts_where_a_category_names_them_and_the_record_nobody() -> None:
    provider = Organization(name="Star", description="Provides training for people with disabilities to find work.")
    adults = Term("", "YJ-8750", "Adults With Disabilities/Health Conditions")

    def training(description: str = "Skills that are needed to keep a job.", terms: tuple[Term, ...] = (adults,)) -> Rules:
        return read_rules(Service("s", "Skills Training", organization=provider, description=description, terms=terms))

    assert training().seeming_chance(Known()) < 1.0 == training().seeming_chance(known_of(("disability",)))
    assert training(terms=()).seeming_chance(Known()) == 1.0
    assert training("A shop that is open to the public.").seeming_chance(Known()) == 1.0


def test_most_who_care_do_not_care_for_somebody_who_was_hurt() -> None:
    carer = known_of(("carer",))
    hurt = read_rules(Service("s", "Non-Offending Caregiver Group"))
    disabled = read_rules(Service("s", "Respite", eligibility_description="People with disabilities"))
    assert hurt.chance(carer, 0.4) < disabled.chance(carer, 0.4) == 0.4
    assert hurt.chance(known_of(("carer", "crime_victim")), 0.4) == 1.0


@pytest.mark.parametrize(
    ("sentence", "circumstance"),
    [
        ("Families exiting shelters", "homeless"),
        ("Families who are leaving a shelter", "homeless"),
        ("Veterans, or families facing eviction", "near_homeless"),
        ("Youth aging out of foster care", "foster_youth"),
        ("Care leavers", "foster_youth"),
        ("People coming home from prison", "ex_offender"),
        ("Men returning from jail", "ex_offender"),
        ("Individuals exiting incarceration", "ex_offender"),
        ("Women leaving abusive relationships", "domestic_violence"),
    ],
)
def test_what_somebody_comes_out_of_is_asked_of_them(sentence: str, circumstance: str) -> None:
    assert any(circumstance in one.any_of for one in read_asked(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Patients discharged from hospital",
        "People leaving care homes",
        "Adults leaving work early",
        "Parents returning from a holiday",
        "Families and friends",
        "Families leaving the area",
    ],
)
def test_what_the_list_does_not_hold_is_asked_of_nobody(sentence: str) -> None:
    asked = {one for asked in read_asked(sentence) for one in asked.any_of}
    assert asked <= {"has_children", "relative_of_one", "close_to_one"}


@pytest.mark.parametrize(
    ("description", "circumstance"),
    [
        ("Gives soup to the homeless.", "homeless"),
        ("Support for the seriously mentally ill and their families.", "serious_mental_illness"),
        ("Care at home for the terminally ill and their families.", "terminal_illness"),
        ("Finds rooms for the homeless, disabled and veteran populations.", "homeless"),
    ],
)
def test_those_who_are_named_by_what_they_are_are_people(description: str, circumstance: str) -> None:
    asked = read_rules(Service("s", "Service", description=description))
    assert any(circumstance in one for one in (*asked.seeming_asked, *asked.asked))


def test_a_population_is_its_people() -> None:
    assert ("low_income",) in read_rules(
        Service("s", "Law", description="Gives advice to the indigent population.")
    ).seeming_asked
    animals = Service(
        "s", "Cats", description="Promotes kindness to cats through adoption, education, population control and law."
    )
    assert not read_rules(animals).asked
    becoming = Service("s", "Court", description="Helps the young people of Marsh to become responsible citizens.")
    assert not read_rules(becoming).seeming_asked
    moods = Service("s", "Evenings", description="A group for people with mood disorders.")
    assert ("mental_illness",) in read_rules(moods).seeming_asked
