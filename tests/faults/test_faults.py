"""The short run: a few people, kills and one of each other fault that takes little time. `make faults` is the whole of it."""

import random
from pathlib import Path

import pytest
import strikes
from run import happens


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_whatever_strikes_nothing_is_lost_and_nobody_is_stuck(tmp_path: Path, kind: str) -> None:
    struck = strikes.short(random.Random(7)) if kind == "sqlite" else [strikes.KILL] * 3
    done = await happens(tmp_path, 6, struck, seed=7, work=0.4, uptime=0.4, is_whole=False, thinking=0.4, kind=kind)
    counted = done.counted
    assert sum(counted.given.values()) > 2  # on a busy computer there are few; the other figures hold for however many there are
    assert counted.lost == []
    assert counted.stuck == []
    assert counted.out_of_order == []
    assert counted.twice_without_cause == []
    assert len(counted.set_aside) == counted.alerts == counted.poisoned == 0
