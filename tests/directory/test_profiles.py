"""Profiles to match by hand are read as others write them; what cannot be understood is told, and passed over."""

from collections.abc import Mapping

import pytest

from rxbot.directory.model import Need, Place
from rxbot.directory.profiles import Profile, read_profiles
from rxbot.directory.rules.gender import Gender
from rxbot.directory.search import Must, Travel

SOMEWHERE = Place(53.07, 0.42, "Kittersea")


def read(known: Mapping[str, Need], **said: object) -> tuple[Profile, tuple[str, ...]]:
    found = read_profiles([{"id": "1", **said}], known, {"Kittersea": SOMEWHERE}.get)
    return found.read[0], tuple(words for _, words in found.passed_over)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"language": "Spanish"}, {"language": "es"}),
        ({"language": "spa"}, {"language": "es"}),
        ({"language": "es-MX"}, {"language": "es"}),
        ({"languages": ["es", "en"]}, {"language": "es"}),
        ({"language": "BFI"}, {"language": "bfi"}),
        ({"must": ["wheelchair_access", "step free", "wheelchair"]}, {"must": (Must.STEP_FREE,)}),
        ({"must": "home_or_phone; out_of_hours"}, {"must": (Must.WITHOUT_GOING, Must.EVENING)}),
        ({"must": ["low_cost", "cheap", "Free"]}, {"must": (Must.FREE_OR_SLIDING, Must.FREE)}),
        ({"gender": "Non-binary"}, {"gender": Gender.OTHER}),
        ({"sex": "F"}, {"gender": Gender.FEMALE}),
        ({"gender": "prefer not to say"}, {}),
        ({"travel": "public_transport"}, {"travel": Travel.BUS}),
        ({"needs": "food, Housing and homelessness"}, {"needs": ("food", "housing")}),
        ({"focus": "soup, or bread"}, {"focus": ("soup, or bread",)}),
        ({"age": "31", "max_km": "5 km"}, {"age": 31, "max_km": 5.0}),
        ({"location": {"latitude": "53.07", "lng": 0.42, "label": "Kittersea"}}, {"location": SOMEWHERE}),
        ({"location": "Kittersea"}, {"location": SOMEWHERE}),
        (
            {"circumstances": ["older_adult", "limited_mobility", "renter", "on_benefits", "in_danger", "young_person"]},
            {"circumstances": ("limited_mobility", "tenant", "benefit_recipient", "in_danger")},
        ),
        ({"text": "I am hungry.", "acceptable": [], "forbidden": {}}, {}),
        (
            dict.fromkeys(
                ("focus", "age", "gender", "location", "language", "must", "needs", "circumstances", "max_km", "travel")
            ),
            {},
        ),
    ],
)
def test_a_profile_is_read_as_others_write_it(
    needs: Mapping[str, Need], said: Mapping[str, object], meant: Mapping[str, object]
) -> None:
    profile, told = read(needs, **said)
    assert told == ()
    assert profile == Profile("1", **meant)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"language": "xx"}, "We know no language 'xx'. Write its English name or its code: Arabic, ar."),
        ({"must": [3]}, 'must: 3 is no word. Write such as ["free"].'),
        ({"age": -5}, "age: -5 is none that can be. Write the years, such as 31."),
        ({"age": True}, "age: True is none that can be. Write the years, such as 31."),
        ({"max_km": 0}, "max_km: 0 is none that can be. Write the kilometres, such as 5."),
        ({"location": {"lat": 53}}, "location: it has no longitude. Write both."),
        ({"location": "Atlantis"}, "location: we know no place 'Atlantis'."),
        ({"location": [53.07, 0.42]}, "location: [53.07, 0.42] is no place."),
        ({"circumstances": ["purple"]}, "We know no circumstance 'purple'. Write one of those in rules/circumstances.py."),
    ],
)
def test_what_cannot_be_understood_is_told_with_what_can_be_written(
    needs: Mapping[str, Need], said: Mapping[str, object], told: str
) -> None:
    profile, (words,) = read(needs, needs=["food"], **said)
    assert words.startswith(told)
    assert words.endswith(" It was passed over.")
    assert profile == Profile("1", ("food",))
