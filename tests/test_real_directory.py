"""A real directory, and a person who lives near one of its places."""

from pathlib import Path

from stage import Stage, stage

from rxbot.directory.grid import km_between
from rxbot.directory.hsds import read_services
from rxbot.directory.model import Place, Service
from rxbot.directory.rules.answers import Answer
from rxbot.directory.rules.area import area_rule
from rxbot.feeds import open_feed
from rxbot.store.directory_rows import save_feed, service_of

REDWOOD_CITY = Place(37.4852, -122.2364)


async def walk(one: Stage, *replies: str) -> None:
    tom = one.telegram.person("Tom")
    for reply in replies:
        tom.types(reply)
        await one.settles()


async def test_somebody_in_redwood_city_is_shown_food_that_is_near_and_theirs(shared: Path, tmp_path: Path) -> None:
    services, _ = read_services(open_feed(shared / "directories" / "san-mateo-cip" / "services.ndjson"))
    async with stage(tmp_path, town=False) as one:
        await one.app.ask(lambda unit: save_feed(unit, "San Mateo County", services, one.app.now()))
        tom = one.telegram.person("Tom")
        tom.opens_link(await one.invites())
        await one.settles()
        await walk(
            one,
            "English",
            "yes",
            "yes",
            "yes",
            "70",
            "no, for somebody else",
            "food, company",
            "yes",
            "yes please",
            "meals with other people",
            "often",
            "yes",
            "in a group",
            "none of these",
            "skip",
            "Redwood City",
            "any time of day",
            "skip",
            "yes",
            "by bus or train",
        )
        held = await one.held(tom)
        assert held is not None
        assert held.episode.state == "choosing_services"
        assert len(held.episode.offers) == 6
        shown = [await one.app.ask(lambda unit, key=offer.service: service_of(unit, key)) for offer in held.episode.offers]
        for service in shown:
            assert isinstance(service, Service)
            places = [location.place for location in service.locations if location.place]
            near = any(km_between(REDWOOD_CITY, place) < 10 for place in places)
            comes_here = area_rule(service, REDWOOD_CITY).value is Answer.YES
            assert near or comes_here or not places, service.name
            assert not service.maximum_age or service.maximum_age >= 70
        food = " ".join(f"{s.name} {s.description} {s.keywords}" for s in shown[:3] if s).lower()
        assert "meal" in food or "food" in food
        screens = [message.text for message in tom.screen if "these may help you" in message.text]
        assert len(screens) == 2
        for line in ("Distance:", "Fits what you chose:"):
            assert any(line in screen for screen in screens)
        for line in ("Cost:", "Languages:", "Phone:"):
            assert all(line in screen for screen in screens)
        assert all(any(light in screen for light in "🟢🟠🔴⚪") for screen in screens)
