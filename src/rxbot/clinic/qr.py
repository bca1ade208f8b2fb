"""A link as a square for a phone's camera: drawn for a page, or printed in a terminal."""

import io

import segno

QUIET = 4  # empty modules around the square; cameras need them


def svg(link: str) -> str:
    """Draw the square as SVG that takes the size its page gives it. Its background is white on a dark page too."""
    return str(segno.make_qr(link, error="m").svg_inline(omitsize=True, border=QUIET, dark="#000", light="#fff", svgclass="qr"))


def terminal(link: str) -> str:
    """Draw the square in half blocks, for a dark terminal."""
    drawn = io.StringIO()
    segno.make_qr(link, error="m").terminal(drawn, border=QUIET, compact=True)
    return drawn.getvalue()
