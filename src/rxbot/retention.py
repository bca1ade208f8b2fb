"""Let go of what is past its time, by the days of dialogs/scheme.yaml, a few things in one go and each noted in the audit.

A support past its time is erased as a person's own erasing does it, with its keys; only nothing is said about it. The facts of
the ledger stay.
"""

from datetime import datetime, timedelta

from rxbot.episode.content import Content
from rxbot.episode.effects import DeleteTopic
from rxbot.store import ledger, outbox_rows, past_time
from rxbot.store.erase import erase_episodes
from rxbot.store.unit import Unit

RXBOT = "rxbot"  # who did it, in the audit
TOPICS_APART = timedelta(minutes=1)


def let_go(unit: Unit, content: Content, now: datetime) -> int:
    """Let go of the oldest of each kind; give how much it was, so that whoever asks can ask again until there is nothing."""
    kept = content.scheme.retention

    def before(days: int) -> datetime:
        return now - timedelta(days=days)

    counts = {
        "episodes past their time": _erase_ended(unit, before(kept.ended), now),
        "topics past their time": _delete_topics(unit, content, before(kept.topics), now),
        "clinic messages past their time": past_time.empty_clinic_messages(unit, before(kept.clinic_messages)),
        "links past their time": past_time.forget_links(unit, before(kept.links), now),
        "letters past their time": past_time.drop_letters(unit, before(kept.letters)),
        "codes past their time": past_time.drop_codes(unit, now),
    }
    old = past_time.old_audit(unit, before(kept.audit))
    counts["rows of the audit past their time"] = len(old)
    for kind, count in counts.items():
        if count:
            ledger.note_act(unit, RXBOT, "let_go", f"{count} {kind}", True, now)
    if old:  # only once it is noted: the database measures their age by the newest row
        past_time.drop_audit(unit, old)
    return sum(counts.values())


def _erase_ended(unit: Unit, before: datetime, now: datetime) -> int:
    ended = past_time.ended_episodes(unit, before)
    for episode_id, clinic in ended:
        ledger.record(unit, episode_id, clinic, "erased", {"by": "time"}, now)
    erase_episodes(unit, [episode_id for episode_id, _ in ended], now)
    return len(ended)


def _delete_topics(unit: Unit, content: Content, before: datetime, now: datetime) -> int:
    """Remove topics one by one, each in its own lane: no alarm stands behind them, and no talk has to wait for them."""
    topics = past_time.take_topics(unit, before)
    language, release = content.scheme.team_language, content.release
    for n, topic in enumerate(topics):
        lane, parcel = outbox_rows.handoff_lane(topic.handoff_id), DeleteTopic(topic.thread, str(topic.number))
        at = now + n * TOPICS_APART
        outbox_rows.put(unit, lane, parcel, now, language, release, handoff_id=topic.handoff_id, not_before=at)
    return len(topics)
