"""What is there to sell, lend or let is told from what helps, in sentences as its owners write them."""

from datetime import date

import pytest

from rxbot.directory.ease import ease
from rxbot.directory.model import Organization, Service
from rxbot.directory.rules.purpose import Purpose
from rxbot.directory.rules.record import read_rules
from rxbot.directory.search import Must, Search

SEARCH = Search(needs=(), now=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("name", "description", "is_trade"),
    [
        ("Beds and Sofas", "Buy now, pay later. Delivered tomorrow.", True),
        ("Cookers", "49.9% APR representative.", True),
        ("Rent-to-Own", "Big screens and beds. Weekly payments from $14.99.", True),
        ("Homes", "Lettings and property management, free valuation.", True),
        ("Harbour Recovery", "Ring us about your bill. This is an attempt to collect a debt.", True),
        ("Kittersea Credit Union", "Small loans at 12.7% APR.", False),
        ("Debt Advice", "Help with payday loans from lenders who ring you at night.", False),
        ("Social Lettings", "A social lettings agency of the council for people without a home.", False),
        ("Thrift Shop", "Clothes and beds for sale at low prices.", False),
        ("Licences", "Regulates estate agents and brokers.", False),
        ("Beds", "Beds for families who sleep on the floor.", False),
    ],
)
def test_what_sells_lends_or_lets_says_so_where_it_begins(name: str, description: str, is_trade: bool) -> None:
    assert (read_rules(Service("s", name, description=description)).purpose is Purpose.TRADE) == is_trade


def test_a_charity_that_lends_is_no_shop() -> None:
    charity = Organization("o", "Kittersea Charity for Beds")
    assert read_rules(Service("s", "Beds", charity, description="Buy now, pay later.")).purpose is Purpose.HELP


def test_what_sells_comes_later_and_is_nothing_for_whoever_must_have_it_free() -> None:
    shop = read_rules(Service("s", "Beds", description="Buy now, pay later."))
    eased = ease(SEARCH, shop)
    assert eased
    assert eased.factors["purpose"] < 1
    assert ease(Search(needs=(), now=SEARCH.now, must=frozenset({Must.FREE_OR_SLIDING})), shop) is None
