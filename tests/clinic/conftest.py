"""A house with two clinics and two languages, a team that is ready, and a clock that moves when told to."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from clinic_acts import Clock

from rxbot.clinic.pages import House
from rxbot.clinic.phrases import LINK_SAY, LINK_SCAN, LINK_TEXT, LINK_UNTIL
from rxbot.content.load import Release, load
from rxbot.directory.model import Place
from rxbot.episode.content import Clinic
from rxbot.store import staff
from rxbot.store.keys import Keys, new_master_key
from rxbot.store.schema import prepare
from rxbot.store.unit import Store
from rxbot.words import Catalog, Words

ROOT = Path(__file__).resolve().parents[2]
HERE = Place(53.07, 0.42, "Marrow Bay")
CLINICS = {id: Clinic(id, name, HERE) for id, name in (("harbour", "Harbour Street Surgery"), ("hillside", "Hillside Practice"))}
ARABIC = {
    LINK_TEXT.id: "أعدّت لك {clinic} هذا الرابط. يفتح محادثة في تيليجرام عمّا يهمك. خذ وقتك. يمكنك التوقف متى شئت.",
    LINK_SAY.id: "أودّ أن تتعرف على منسّقي الدعم لدينا. هم يجدون قربك ما قد يساعدك. هذا الرابط يفتح محادثة على هاتفك "
    "فيها أسئلة قصيرة. هل نفتحها معًا الآن؟",
    LINK_SCAN.id: "وجّه كاميرا هاتفك إلى هذا المربع. سيفتح تيليجرام، وهو تطبيق مجاني. ثم اضغط «ابدأ».",
    LINK_UNTIL.id: "هذا الرابط لك وحدك. يعمل حتى {day}.",
}


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """What ships in English, with only our own four sentences in Arabic, for two clinics of our own."""
    folder = tmp_path_factory.mktemp("content")
    shutil.copytree(ROOT / "dialogs", folder / "dialogs")
    page = folder / "dialogs" / "scheme.yaml"
    page.write_text(re.sub(r"(?m)^languages: .*$", "languages: [en]", page.read_text("utf-8")), "utf-8")
    english = load(folder, date(2026, 3, 2))
    content = english.content
    texts = dict(content.wording["en"])
    words = Words({"en": Catalog(texts, reviewed=True), "ar": Catalog(texts | ARABIC)}, "GB")
    return Release(
        replace(
            content,
            scheme=replace(content.scheme, languages=("en", "ar"), clinics=CLINICS, invitation_days=30),
            wording={code: words.wording(code) for code in ("en", "ar")},
        ),
        words,
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path}/data.db", Keys(f"sqlite:///{tmp_path}/keys.db", new_master_key()))
    prepare(store)
    yield store
    store.close()


@pytest.fixture
def team(store: Store, clock: Clock) -> None:
    """A team whose group has acknowledged its test alert."""
    with store.begin() as unit:
        staff.acknowledge(unit, staff.bind(unit, "-100", clock()), clock())


@pytest.fixture
def house(store: Store, release: Release, clock: Clock) -> House:
    return House(store, release, clock, lambda: "marrow_bay_bot", "http://clinic.test")
