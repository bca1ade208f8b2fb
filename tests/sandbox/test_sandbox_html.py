"""HTML to text and entities, in UTF-16 units, and refusals in Telegram's words."""

import re
from html import escape, unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rxbot.sandbox import html
from rxbot.sandbox.refusals import Declined


def spans(text: str, entities: list[dict[str, Any]]) -> list[tuple[str, str]]:
    raw = text.encode("utf-16-le")
    return [(e["type"], raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")) for e in entities]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("plain &lt;&amp;&gt; &quot;q&quot; &#39; &#x1F600; &LT; &nbsp;", 'plain <&> "q" \' 😀 &LT; &nbsp;', []),
        ("😀<b>مرحبا</b>", "😀مرحبا", [("bold", "مرحبا")]),
        ("<b>a <i>b <u>c</u></i></b>", "a b c", [("bold", "a b c"), ("italic", "b c"), ("underline", "c")]),
        ("<S>x</S> <strike>y</strike> <del>z</del>", "x y z", [("strikethrough", c) for c in "xyz"]),
        ("<span class='tg-spoiler'>x</span><tg-spoiler>y</tg-spoiler>", "xy", [("spoiler", "x"), ("spoiler", "y")]),
        ("<blockquote expandable>long</blockquote>", "long", [("expandable_blockquote", "long")]),
        ("<code>/not_a_command</code>", "/not_a_command", [("code", "/not_a_command")]),
        ("<b></b>x", "x", []),
        ("  <b> x </b>  ", "x", [("bold", "x")]),
        ("<b>x</>", "x", [("bold", "x")]),
        ("see https://example.org/a?b=1.", "see https://example.org/a?b=1.", [("url", "https://example.org/a?b=1")]),
        ("write to a.b@example.org", "write to a.b@example.org", [("email", "a.b@example.org")]),
        ("/start now, or 1/2", "/start now, or 1/2", [("bot_command", "/start")]),
        (
            "<b>https://example.org/x</b>",
            "https://example.org/x",
            [("bold", "https://example.org/x"), ("url", "https://example.org/x")],
        ),
        ("<a href='javascript:alert(1)'>x</a>", "x", []),
    ],
)
def test_tags_become_entities(source: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert html.parse(source)[0] == text
    assert spans(*html.parse(source)) == expected


def test_links_and_languages_keep_their_argument() -> None:
    assert html.parse('<a href="https://example.org">x</a>')[1][0]["url"] == "https://example.org/"
    assert html.parse("<a>example.org/x</a>")[1][0]["url"] == "http://example.org/x"
    assert html.parse('<a href="https://example.org/?a=1&amp;b=2">x</a>')[1][0]["url"] == "https://example.org/?a=1&b=2"
    [code] = html.parse('<pre><code class="language-python">x</code></pre>')[1]
    assert code == {"type": "pre", "offset": 0, "length": 1, "language": "python"}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("مرحبا <div>x</div>", 'Unsupported start tag "div" at byte offset 11'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<a ='x'>z</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x<i>y</i>", 'Can\'t find end tag corresponding to start tag "b"'),
    ],
)
def test_bad_html_is_refused_in_telegrams_words(source: str, why: str) -> None:
    with pytest.raises(Declined) as declined:
        html.parse(source)
    assert declined.value.refusal.description == f"Bad Request: can't parse entities: {why}"


def test_tags_the_sandbox_cannot_show_are_refused_by_name() -> None:
    with pytest.raises(Declined, match="tag tg-emoji is not supported by the sandbox"):
        html.parse('<tg-emoji emoji-id="1">x</tg-emoji>')


def test_what_is_shown_is_safe() -> None:
    text, entities = html.parse('<b>&lt;script&gt;</b> <a href="https://e.org/?&quot;onclick=1">"</a> 😀 a@b.org')
    assert html.render(text, entities) == (
        "<b>&lt;script&gt;</b> "
        '<a href="https://e.org/?&quot;onclick=1" target="_blank" rel="noreferrer">&quot;</a> '
        '😀 <a href="mailto:a@b.org" target="_blank" rel="noreferrer">a@b.org</a>'
    )


@settings(deadline=None)
@given(st.text(alphabet="a<>/&;'\"= \nbiu😀ن:.@", max_size=60))
def test_any_text_is_parsed_and_shown_or_refused(source: str) -> None:
    try:
        text, entities = html.parse(source)
    except Declined:
        return
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= html.units(text) for e in entities)
    shown = html.render(text, entities)
    assert unescape(re.sub(r"<[^>]*>", "", shown)) == text


@settings(deadline=None)
@given(st.text(alphabet="aن😀 <>&", min_size=1).filter(str.strip))
def test_escaped_words_come_through_unchanged(words: str) -> None:
    assert html.parse(escape(words))[0] == words.strip()
