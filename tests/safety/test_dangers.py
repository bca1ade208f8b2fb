"""Every class of danger is seen in every language offered, and what sounds like it in everyday talk is let pass."""

from pathlib import Path

import pytest
import yaml

from rxbot.content.load import Release
from rxbot.safety.model import is_red_flag

HERE = Path(__file__).parent
DANGERS: dict[str, dict[str, list[str]]] = yaml.safe_load((HERE / "dangers.yaml").read_text("utf-8"))
HARMLESS: dict[str, dict[str, list[str]]] = yaml.safe_load((HERE / "harmless.yaml").read_text("utf-8"))


def _by_class(sentences: dict[str, dict[str, list[str]]]) -> list[tuple[str, str]]:
    return [(kind, language) for kind, by_language in sentences.items() for language in by_language]


@pytest.mark.parametrize(("kind", "language"), _by_class(DANGERS))
def test_each_class_of_danger_is_seen_in_each_language(release: Release, kind: str, language: str) -> None:
    lexicons = release.content.lexicons.values()
    assert [words for words in DANGERS[kind][language] if not is_red_flag(words, lexicons)] == []


@pytest.mark.parametrize(("kind", "language"), _by_class(HARMLESS))
def test_what_sounds_like_danger_is_let_pass(release: Release, kind: str, language: str) -> None:
    lexicons = release.content.lexicons.values()
    assert [words for words in HARMLESS[kind][language] if is_red_flag(words, lexicons)] == []


def test_no_language_knows_fewer_classes_of_danger_than_another(release: Release) -> None:
    offered = set(release.content.lexicons)
    few = [(kind, lang) for kind, by in DANGERS.items() for lang in offered if len(by.get(lang, ())) < 4]
    few += [(kind, lang) for kind, by in HARMLESS.items() for lang in offered if len(by.get(lang, ())) < 4]
    assert few == []


def test_every_class_of_danger_has_its_look_alikes() -> None:
    assert set(DANGERS) <= set(HARMLESS)
