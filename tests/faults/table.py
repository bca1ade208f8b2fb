"""The figures of a run as a table of Markdown."""

import os
import platform
from datetime import UTC, datetime

from run import Run


def table(run: Run, seconds: float) -> str:
    """Print date, machine, and figures for each fault and over all."""
    counted = run.counted
    kind = "PostgreSQL" if run.one.environment["RXBOT_DATABASE_URL"].startswith("postgresql") else "SQLite"
    machine = f"{kind}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    names = [*run.struck, *(["nothing"] if counted.given["nothing"] else [])]
    rows = [f"| {name} | {run.struck[name] or ''} | {counted.given[name]} | {counted.lost_during[name]} |" for name in names]
    aside = f"{len(counted.set_aside)}, {counted.alerts} told; {counted.poisoned} could not be read"
    totals = {
        "answers given": f"{sum(counted.given.values())} by {len(run.walkers)} people in {run.days} days",
        "supports that came to their end, after 84 days": str(counted.finished),
        "answers lost": str(len(counted.lost)),
        "answers to a question that another answer took away": str(counted.taken_away),
        "taps on a question that was past, and who tapped was told so": str(len(counted.told_late)),
        "taps thrown away by Telegram in an outage, and asked for again": str(sum(counted.expired.values())),
        "people stuck": str(len(counted.stuck)),
        "people with nothing on their screen until the next reminder": str(len(counted.reminded)),
        "letters out of order": str(len(counted.out_of_order)),
        "letters on their way at a kill": str(len(counted.leased_rows)),
        "sends of which nobody could know the outcome": str(counted.unknown),
        "messages that came twice, for one of these two reasons": str(counted.twice - len(counted.twice_without_cause)),
        "messages that came twice without a reason, or changed": str(len(counted.twice_without_cause)),
        "updates set aside, each with its sender told": aside,
    }
    beyond = counted.set_aside if len(counted.set_aside) > counted.poisoned else []
    wrong = [
        *(f"set aside: {error}" for error in beyond),
        *counted.lost,
        *counted.stuck,
        *counted.out_of_order,
        *counted.twice_without_cause,
    ]
    return "\n".join(
        [
            f"{datetime.now(UTC):%d %B %Y}, {machine}, {seconds / 60:.0f} minutes",
            "",
            "| What struck | Times | Answers given then | Lost |",
            "|---|---|---|---|",
            *rows,
            "",
            "| Over all | |",
            "|---|---|",
            *(f"| {name} | {figure} |" for name, figure in totals.items()),
            "",
            *wrong[:50],
            "",
        ]
    )
