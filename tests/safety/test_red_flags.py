"""Words that mean danger: whole words only, in every language at once, rather once too often than once too seldom."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rxbot.content.lexicons import spelled_out
from rxbot.content.load import Release
from rxbot.dialog.understand import Lexicon
from rxbot.safety.model import is_red_flag

DANGER = [
    "I want to die",
    "i dont want to live",
    "I can’t go on like this",
    "I can´t go on like this",
    "SUICIDE",
    "he hits me when he drinks",
    "I've thought about killing myself, honestly",
    "my partner threatened me!",
    "I was raped",
    "I have nowhere to sleep tonight",
    "quiero morirme",
    "ya no quiero vivir",
    "mi marido me pega",
    "أريد أن أموت",
    "تعبت وأريد ان اموت",
    "زوجي يضربني كل يوم",
    "زوجي یضربنی كل يوم",
    "بيضربني",
    "yedrabni",
]
NO_DANGER = [
    "grapes and oranges",
    "my therapist is kind",
    "I could kill for a coffee",
    "dying of laughter",
    "this diet is killing it",
    "he hit the road",
    "suicidally spicy",
    "me muero de risa",
    "matar el tiempo",
    "muerto de hambre",
    "أحب العنب",
    "الموت قطعة من الأدب",
    "ضربة شمس",
]


@pytest.mark.parametrize("words", DANGER)
def test_danger_is_seen(release: Release, words: str) -> None:
    assert is_red_flag(words, release.content.lexicons.values())


@pytest.mark.parametrize("words", NO_DANGER)
def test_what_only_sounds_alike_is_let_pass(release: Release, words: str) -> None:
    assert not is_red_flag(words, release.content.lexicons.values())


@pytest.mark.parametrize("words", ["I do not want to die", "nobody hits me", "لا أريد أن أموت"])
def test_a_no_before_it_still_counts(release: Release, words: str) -> None:
    """A false alarm costs a tap."""
    assert is_red_flag(words, release.content.lexicons.values())


ONE = (Lexicon(red_flags=frozenset({"hits me"})),)


@given(st.text(alphabet="abc é-\n.,'\u200f", max_size=20), st.text(alphabet="abc é-\n.,\u200f", max_size=20))
def test_a_phrase_is_seen_wherever_it_stands(before: str, after: str) -> None:
    assert is_red_flag(f"{before} hits  ME {after}", ONE)


@given(st.text(alphabet="abcé", min_size=1, max_size=5))
def test_a_phrase_inside_longer_words_is_none(letters: str) -> None:
    assert not is_red_flag(f"{letters}hits me", ONE)
    assert not is_red_flag(f"hits me{letters}", ONE)


def test_every_phrase_fires_by_itself(release: Release) -> None:
    lexicons = release.content.lexicons.values()
    assert [phrase for lexicon in lexicons for phrase in lexicon.red_flags if not is_red_flag(phrase, lexicons)] == []


def test_no_button_and_no_word_of_the_lexicon_raises_an_alarm_by_itself(release: Release) -> None:
    content = release.content
    labels = {o.label for d in content.dialogs.values() for q in d.questions for o in q.options if not o.flag}
    shown = [words[label] for words in content.wording.values() for label in labels]
    typed = [w for lexicon in content.lexicons.values() for words in lexicon.options.values() for w in words]
    assert [words for words in (*shown, *typed) if is_red_flag(words, content.lexicons.values())] == []


@pytest.mark.parametrize(
    ("phrase", "spellings"),
    [
        ("want to die", ("want to die",)),
        ("(son | daughter) (went | has gone) missing", ("son went missing", "son has gone missing", "daughter went missing",
                                                        "daughter has gone missing")),
        ("i (| really | just) want to die", ("i want to die", "i really want to die", "i just want to die")),
        ("hit(s | ting) me", ("hits me", "hitting me")),
        ("(hit(s | ting) me | my (son | mum))", ("hits me", "my son", "hitting me", "my mum")),
        ("(Él | él) me pegó", ("el me pego",)),
        ("(and)", ("and",)),
    ],
)  # fmt: skip
def test_a_phrase_is_spelled_out(phrase: str, spellings: tuple[str, ...]) -> None:
    assert set(spelled_out(phrase)) == set(spellings)


@pytest.mark.parametrize("phrase", ["(a", "a)", ")a(", "a | b", "(a | b) | c", "((a)", "(a | )", "...", "(a | b)" * 30])
def test_a_phrase_that_cannot_be_spelled_out_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"has|stands|may"):
        spelled_out(phrase)


@given(st.text(alphabet="ab()| ", max_size=12))
def test_whatever_an_author_writes_is_spelled_out_or_refused(phrase: str) -> None:
    with suppress(ValueError):
        assert all(set(one) <= set("ab ") and one for one in spelled_out(phrase))
