"""`make fuzz`: play many stretches in several processes and print a table. A stretch that failed plays again by its seed."""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from fuzz.stretch import PEOPLE, Result, play

STRETCH = 2500


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--updates", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--seed", type=int, default=1, help="of the first stretch; the next has the next")
    parser.add_argument("--stretch", type=int, default=STRETCH, help="odd updates in one stretch")
    parser.add_argument("--people", type=int, default=PEOPLE, help="in one stretch, beside the link workers")
    parser.add_argument("--quiet", action="store_true", help="only the sums")
    parser.add_argument("--go-on", action="store_true", help="play each stretch to its end, whatever was wrong")
    asked = parser.parse_args()
    began = time.perf_counter()
    results = list(told(stretches(asked), asked.quiet))
    sums(results, time.perf_counter() - began, asked.processes)
    return 1 if any(one.complaints for one in results) else 0


def stretches(asked: argparse.Namespace) -> Iterator[Result]:
    """Play stretches until there were so many updates."""
    many = -(-asked.updates // asked.stretch)
    sizes = [min(asked.stretch, asked.updates - asked.stretch * n) for n in range(many)]
    each = (range(asked.seed, asked.seed + many), sizes, [asked.go_on] * many, [asked.people] * many)
    if asked.processes == 1:
        yield from map(play, *each)
        return
    with ProcessPoolExecutor(asked.processes) as pool:
        yield from pool.map(play, *each)


def told(results: Iterator[Result], quiet: bool) -> Iterator[Result]:
    """Print each stretch as it comes."""
    say("  seed  updates  per core second  letters  walked out  set aside  seconds")
    for one in results:
        if not quiet or one.complaints:
            rate = one.updates / one.core_seconds
            say(
                f"{one.seed:6} {one.updates:8} {rate:16.0f} {one.letters:8} {one.walked_out:11} "
                f"{sum(one.set_aside.values()):10} {one.seconds:8.1f}"
            )
        if one.complaints:
            complain(one)
        yield one


def complain(one: Result) -> None:
    """Say what went wrong, what was done last, and how to see it again."""
    for kind, what in one.complaints.seen.items():
        say(f"    {kind}: {one.complaints.counts[kind]}")
        for line in what:
            say(f"      {line}")
    say("    the last updates:")
    for update in one.transcript:
        say(f"      {update}")
    again = f"UPDATES={one.asked} SEED={one.seed} STRETCH={one.asked} PEOPLE={one.people} PROCESSES=1"
    say(f"    again: make fuzz {again}")


def sums(results: list[Result], seconds: float, processes: int) -> None:
    """Print the sums of all stretches."""
    kinds, states, facts = Counter[str](), Counter[str](), Counter[str]()
    set_aside, complaints = Counter[str](), Counter[str]()
    for one in results:
        kinds.update(one.kinds)
        states.update(one.states)
        facts.update(one.facts)
        set_aside.update(one.set_aside)
        complaints.update(one.complaints.counts)
    done = sum(kinds.values())
    say(f"\nstretches {len(results)}, updates {done}, letters {sum(one.letters for one in results)}, processes {processes}")
    say(f"seconds {seconds:.0f}, updates a second {done / seconds:.0f}")
    say(f"updates a second of one core {done / sum(one.core_seconds for one in results):.0f}")
    say(f"people walked out {sum(one.walked_out for one in results)}, stuck {complaints['stuck']}")
    for head, counted in (
        ("by kind", kinds),
        ("states after a turn", states),
        ("facts", facts),
        ("absurd, set aside", set_aside),
        ("COMPLAINTS", complaints),
    ):
        say(f"{head}: " + (", ".join(f"{name} {count}" for name, count in counted.most_common()) or "none"))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
