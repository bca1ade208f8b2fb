"""Places that nobody of this project wrote of: more fits than plain full text finds, and fewer rules are broken."""

from collections.abc import Mapping

import pytest
from relevance import INVENTED, Sheet, by_full_text, by_rank, judge, open_directory

from rxbot.directory.model import Need

FLOORS = {"invented: England": 0.75, "invented: Midwest": 0.7, "invented: Australia": 0.72}
"""Of precision: a little below what is reached (see docs/matching.md), to notice a loss."""


@pytest.mark.parametrize("sheet", INVENTED, ids=[sheet.name for sheet in INVENTED])
def test_in_a_strange_directory_more_fits_and_less_breaks_a_rule_than_by_plain_full_text(
    sheet: Sheet, needs: Mapping[str, Need]
) -> None:
    directory = open_directory(sheet.directory)
    ours, plain = (list(judge(sheet, directory, needs, find)) for find in (by_rank, by_full_text))
    assert all(one.shown for one in ours)
    assert sum(one.precision for one in ours) > sum(one.precision for one in plain)
    assert sum(one.precision for one in ours) / len(ours) >= FLOORS[sheet.name]
    assert sum(one.ndcg for one in ours) > sum(one.ndcg for one in plain)
    assert 1.5 * sum(len(one.broken) for one in ours) < sum(len(one.broken) for one in plain)
