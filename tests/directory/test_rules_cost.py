"""Prices in prose: what is free, what is free in part only, and what it costs."""

import pytest
from records import read, table

from rxbot.directory.model import CostOption, Service
from rxbot.directory.musts import MUSTS
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.cost import amounts_of, cost_of, is_never_free
from rxbot.directory.rules.costs import Cost, Money
from rxbot.directory.rules.fees import read_cost
from rxbot.directory.rules.record import read_rules
from rxbot.directory.search import Must


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("None", Cost.FREE),
        ("None to the public", Cost.FREE),
        ("None. Cash and cheques accepted", Cost.FREE),
        ("No charge", Cost.FREE),
        ("£0", Cost.FREE),
        ("Cost: $0.00", Cost.FREE),
        ("$0 per class", Cost.FREE),
        ("£0.50", Cost.FIXED),
        ("£0 for members, £5 for others", Cost.FIXED),
        ("Free of charge", Cost.FREE),
        ("All services are free", Cost.FREE),
        ("There is no fee", Cost.FREE),
        ("No dues or fees", Cost.FREE),
        ("None or vary according to service", Cost.UNKNOWN),
        ("None, but donations welcome", Cost.DONATION),
        ("$3 suggested donation for lunch. Cash accepted", Cost.DONATION),
        ("Pay what you can", Cost.DONATION),
        ("Vary according to income", Cost.SLIDING),
        ("Vary according to family size and income, $5-$80", Cost.SLIDING),
        ("Rent is 30% of gross monthly income", Cost.SLIDING),
        ("Free if your income is low, otherwise £90 a term.", Cost.SLIDING),
        ("€1 or nothing", Cost.SLIDING),
        ("£3 a night from benefits if you have them, otherwise nothing", Cost.SLIDING),
        ("€20 a family, students free", Cost.UNKNOWN),
        ("Fees apply. Nobody is turned away for lack of funds", Cost.SLIDING),
        ("Free for families on a low income, otherwise £12 a day", Cost.SLIDING),
        ("$12 a class. Cash accepted", Cost.FIXED),
        ("£3.50", Cost.FIXED),
        ("4 pounds a session", Cost.FIXED),
        ("$10 registration. Other fees vary", Cost.FIXED),
        ("$20 for members; $35 for others", Cost.FIXED),
        ("$200 plus $50 donation for each season", Cost.FIXED),
        ("$9 adult, children under 4 are free", Cost.FIXED),
        ("Yearly dues start at $25", Cost.MEMBERSHIP),
        ("Membership. Cards accepted", Cost.MEMBERSHIP),
        ("$22 a year. Checks accepted", Cost.MEMBERSHIP),
        ("£60 annually", Cost.MEMBERSHIP),
        ("$300 a year", Cost.FIXED),
        ("$30 a month", Cost.FIXED),
        ("Suggested donation of $4 for seniors 60 or over. Charge of $2 for others, ages 18-59", Cost.UNKNOWN),
        ("Suggested donation of $4. Charge of $20 a trip", Cost.FIXED),
        ("Medicaid and private insurance accepted", Cost.INSURANCE),
        ("Vary according to service. Cash, Medicare accepted", Cost.INSURANCE),
    ],
)
def test_the_kind_of_price_is_read(text: str, cost: Cost) -> None:
    assert cost_of(Service("s", "Service", fees_description=text)).value is cost


@pytest.mark.parametrize(
    "text",
    [
        "Free for members",
        "First visit free",
        "Small fee",
        "Free parking",
        "Free on Mondays",
        "Some classes are free",
        "None for most services",
        "None except for late books",
        "None for advice. Fees vary for letters",
        "None. Membership $20",
        "No fee if you live in Kittersea",
        "Admission is free, nominal fee for classes. Donations accepted",
        "Vary according to service. Cash accepted",
        "Cash and cards accepted",
        "Ring to ask",
        "El servicio es gratis, no fees para los niños de la ciudad",
        "Услуга no charge для всех жителей",
        "",
    ],
)
def test_what_is_free_in_part_or_not_understood_is_left_open(text: str) -> None:
    assert cost_of(Service("s", "Service", fees_description=text)).value is Cost.UNKNOWN


@pytest.mark.parametrize(
    ("description", "cost"),
    [
        ("Provides free legal advice to tenants.", Cost.FREE),
        ("A free weekly club.", Cost.FREE),
        ("It is a free walking group. Dogs are welcome.", Cost.FREE),
        ("Meals brought to your door at no cost.", Cost.FREE),
        ("Offers free and low-cost dental care.", Cost.UNKNOWN),
        ("Meals at little or no cost.", Cost.UNKNOWN),
        ("Free snacks and lunch.", Cost.UNKNOWN),
        ("Offers swimming. Free parking.", Cost.UNKNOWN),
        ("A drug free home.", Cost.UNKNOWN),
        ("Ring our toll free line.", Cost.UNKNOWN),
        ("A gym. Pools. There is also a class that is free of charge.", Cost.UNKNOWN),
        ("A clinic. It is small. All services are free and confidential.", Cost.FREE),
        ("A clinic. It is small. All of our services are free.", Cost.FREE),
        ("A clinic. It is small. All services are free or low-cost.", Cost.UNKNOWN),
        ("A clinic. Ring us. Care is given regardless of their ability to pay.", Cost.SLIDING),
        ("Counselling on a sliding fee scale.", Cost.SLIDING),
        ("A clinic. Nobody is turned away for lack of funds.", Cost.SLIDING),
        ("We give away free coats on Fridays until 1:00 pm.", Cost.FREE),
        ("We give away free coats to members.", Cost.UNKNOWN),
        ("A hall with sliding doors.", Cost.UNKNOWN),
    ],
)
def test_a_description_tells_of_what_is_free_where_nothing_is_said_of_fees(description: str, cost: Cost) -> None:
    assert cost_of(Service("s", "Service", description=description)).value is cost
    assert cost_of(Service("s", "Service", description=description, fees_description="$4")).value is Cost.FIXED


@pytest.mark.parametrize(
    ("description", "cost"),
    [
        ("Knitting and a chat. Free.", Cost.FREE),
        ("Tea and talk on Mondays, no charge.", Cost.FREE),
        ("Free and confidential, 12 to 25.", Cost.FREE),
        ("An hour with a guidance counsellor, free, any adult.", Cost.FREE),
        ("The group is free. Come along.", Cost.FREE),
        ("No charge, donations only.", Cost.DONATION),
        ("Free for students.", Cost.UNKNOWN),
        ("First visit free.", Cost.UNKNOWN),
        ("After a first chat with us you may take home a coat, free of charge.", Cost.UNKNOWN),
        ("After a chat with us you may take home a coat, free of charge.", Cost.FREE),
        ("Free; tools are lent at cost.", Cost.UNKNOWN),
        ("Free, if you are a member.", Cost.UNKNOWN),
        ("Large print, free parking, lift.", Cost.UNKNOWN),
        ("Free. The bus is £2.", Cost.UNKNOWN),
    ],
)
def test_a_description_says_by_the_way_that_nothing_is_taken(description: str, cost: Cost) -> None:
    """Where it names a price as well, or says it of some, it stays open."""
    assert cost_of(Service("1", "A group", description=description)).value is cost


@pytest.mark.parametrize(
    ("description", "cost"),
    [
        ("A summer camp. The weekly fee takes in all trips.", Cost.FIXED),
        ("A fee is charged at the beginning of each session.", Cost.FIXED),
        ("All treatment is fee for service.", Cost.FIXED),
        ("The first consultation is $100.", Cost.FIXED),
        ("There is a small charge for tea.", Cost.FIXED),
        ("Help with application fees and monthly fees.", Cost.UNKNOWN),
        ("Scholarships: there is no fee.", Cost.UNKNOWN),
        ("We pay summer camp fees for children whose families cannot.", Cost.UNKNOWN),
        ("A grant of up to $500 a month.", Cost.UNKNOWN),
    ],
)
def test_a_description_tells_of_a_price_and_not_of_help_with_one(description: str, cost: Cost) -> None:
    assert cost_of(Service("s", "Service", description=description)).value is cost


def test_the_sentence_is_kept() -> None:
    advice = Service("s", "Service", description="Advice for tenants. We provide free legal help. Ring us.")
    assert cost_of(advice).sentence == "We provide free legal help."
    assert cost_of(Service("s", "Service", fees_description="No charge")).sentence == "No charge"


def test_a_price_in_the_fields_counts_where_the_prose_is_silent_or_says_free_in_part() -> None:
    four = (CostOption(amount=4, currency="GBP"),)
    assert cost_of(Service("s", "Service", costs=four)).value is Cost.FIXED
    assert cost_of(Service("s", "Service", costs=(CostOption(amount=0),))).value is Cost.FREE
    assert cost_of(Service("s", "Service", costs=four, fees_description="Free on Mondays")).value is Cost.FIXED
    assert cost_of(Service("s", "Service", costs=four, fees_description="Free for everyone")).value is Cost.FREE


def test_amounts_keep_their_currency() -> None:
    service = Service("s", "Service", fees_description="$1,200 a year or £3.50; 4 euros", costs=(CostOption("", 2.0, "GBP"),))
    assert amounts_of(service) == (Money(2, "GBP"), Money(1200, "USD"), Money(3.5, "GBP"), Money(4, "EUR"))
    assert amounts_of(Service("s", "Service", fees_description="None")) == ()
    assert amounts_of(Service("s", "Service", fees_description="45p a mile")) == (Money(0.45, "GBP"),)


def test_the_prices_of_a_real_directory_are_mostly_understood() -> None:
    texts = [service.fees_description for service in read("san-mateo-cip") if service.fees_description]
    found = [read_cost(text) for text in texts]
    assert len(texts) == 1561
    assert found.count(Cost.UNKNOWN) <= 360
    assert sum(text.strip(" .") == "None" for text in texts) <= found.count(Cost.FREE) <= 420


def test_few_descriptions_of_a_directory_without_fees_say_that_all_is_free() -> None:
    rows = table("miami-open211/data/services.csv")
    free = sum(cost_of(Service("s", "S", description=row["description"])).value is Cost.FREE for row in rows)
    assert 40 <= free <= 120


def priced(fees: str = "", eligibility: str = "") -> Service:
    return Service("s", "Service", fees_description=fees, eligibility_description=eligibility)


@pytest.mark.parametrize(
    ("fees", "eligibility"),
    [
        ("Vary according to income ($5-$90)", ""),
        ("By income, from £4 to £20", ""),
        ("", "Pay and Play"),
        ("", "Pay and Play; Registered Membership use"),
        ("", "Access: Registered Membership use."),
        ("$55 per year membership dues. Classes have fees", ""),
        ("Dues are £12 a year", ""),
        ("$30 annually", ""),
    ],
)
def test_what_everybody_pays_something_for_is_not_free(fees: str, eligibility: str) -> None:
    assert is_never_free(priced(fees, eligibility))
    assert MUSTS[Must.FREE](read_rules(priced(fees, eligibility))) is Answer.NO


@pytest.mark.parametrize(
    ("fees", "eligibility"),
    [
        ("Vary according to income ($0-$90)", ""),
        ("$5-$90 by income. No one is turned away", ""),
        ("$5-$90 by income, Medicaid accepted", ""),
        ("Vary according to income", ""),
        ("", "Pay and Play; Free Public Access"),
        ("None", "Pay and Play"),
        ("No admission. Membership begins at $35", ""),
        ("$35 per year membership dues, complimentary for people with an illness", ""),
        ("$10 membership dues. Financial assistance available", ""),
        ("", ""),
    ],
)
def test_what_some_may_have_for_nothing_may_be_free(fees: str, eligibility: str) -> None:
    assert not is_never_free(priced(fees, eligibility))
    assert MUSTS[Must.FREE](read_rules(priced(fees, eligibility))) is not Answer.NO


def test_what_is_paid_by_means_will_do_for_who_can_pay_a_little() -> None:
    assert MUSTS[Must.FREE_OR_SLIDING](read_rules(priced("Vary according to income ($5-$90)"))) is Answer.YES
    assert MUSTS[Must.FREE_OR_SLIDING](read_rules(priced("", "Pay and Play"))) is Answer.NO


def test_dues_may_do_for_who_can_pay_a_little() -> None:
    assert MUSTS[Must.FREE_OR_SLIDING](read_rules(priced("Dues are $10 a year"))) is Answer.UNKNOWN


def test_a_park_that_is_open_to_all_is_free() -> None:
    assert cost_of(priced("", "Free Public Access")).value is Cost.FREE
    assert cost_of(priced("", "Free Public Access; Pay and Play")).value is Cost.UNKNOWN
    assert cost_of(priced("$4", "Free Public Access")).value is Cost.FIXED


@pytest.mark.parametrize(
    ("description", "cost"),
    [
        ("Therapy for worry. $150 per 50-minute session. We do not bill insurance.", Cost.FIXED),
        ("Three-course lunch and quiz. £7.50, over 55s.", Cost.FIXED),
        ("Rides to doctors. Passengers pay $36 an hour.", Cost.FIXED),
        ("Internet at home for only $9.95 a month.", Cost.FIXED),
        ("Talks and cake. Membership £48, visitors £4.", Cost.FIXED),
        ("Classes. Free if you are on Universal Credit or a low wage; otherwise £290 per term.", Cost.SLIDING),
        ("Classes with pay-what-you-can seats. $95 a course.", Cost.SLIDING),
        ("Counseling with a sliding fee down to $5 a session.", Cost.SLIDING),
        ("Help with bills of up to $600 per season.", Cost.UNKNOWN),
        ("Interns receive a stipend of $1300 a month.", Cost.UNKNOWN),
        ("For families with an income under $34,000 per year.", Cost.UNKNOWN),
        ("Housing grants. We raised $40,000 a year.", Cost.UNKNOWN),
        ("The first visit is free, then £5 a session.", Cost.UNKNOWN),
        ("Works on gardens. Grants of $500 per item.", Cost.UNKNOWN),
    ],
)
def test_an_amount_in_a_description_is_a_price_where_it_is_written_as_one(description: str, cost: Cost) -> None:
    assert cost_of(Service("s", "Service", description=description)).value is cost
