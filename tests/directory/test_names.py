"""Which service a worker means by a name."""

from rxbot.directory.model import Organization, Service
from rxbot.directory.names import MOST, by_name


def named(name: str, by: str = "", key: str = "") -> Service:
    return Service(name, name, Organization("o", by), key=key or f"{name} by {by}")


CHOIR, BIG = named("Harbour Choir", "Town & Sea"), named("Choir for Everybody at the Harbour")
CLINIC = named("Stop Smoking Clinic", "Harbour Health")


def test_every_word_has_to_be_in_the_name_or_the_organizations() -> None:
    assert by_name("choirs", (BIG, CHOIR, CLINIC)) == (CHOIR, BIG)
    assert by_name("harbour clinic", (BIG, CHOIR, CLINIC)) == (CLINIC,)
    assert by_name("harbour chess", (BIG, CHOIR, CLINIC)) == ()


def test_one_that_is_called_exactly_so_stands_alone() -> None:
    assert by_name("the harbour choir", (BIG, CHOIR, CLINIC)) == (CHOIR,)
    assert by_name("Harbour Choir", (CHOIR, other := named("Harbour Choir", "Another"))) == (CHOIR, other)


def test_no_word_finds_nothing_and_a_common_word_not_too_much() -> None:
    assert by_name("the", (BIG, CHOIR)) == ()
    many = tuple(named("Harbour Group", f"{n}") for n in range(20))
    assert len(by_name("harbour", many)) == MOST
    assert by_name("choir", (CHOIR, CHOIR)) == (CHOIR,), "a service at two places is one"
