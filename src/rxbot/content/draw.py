"""Draw a lifecycle as Mermaid, which a README shows as a picture. The transitions library knows how; we only ask."""

from transitions.extensions import GraphMachine

from rxbot.episode.lifecycle import EPISODE
from rxbot.episode.survey import SURVEY
from rxbot.handoff.lifecycle import HANDOFF
from rxbot.lifecycle import Lifecycle
from rxbot.referral.lifecycle import REFERRAL

LIFECYCLES = {one.name: one for one in (EPISODE, SURVEY, HANDOFF, REFERRAL)}


class _Somebody:
    """The library draws a machine only for a model."""

    state = ""


def draw(lifecycle: Lifecycle) -> str:
    """Give the drawing: every row that goes somewhere. The many that stay where they are would hide the way."""
    machine = GraphMachine(
        model=_Somebody(),
        graph_engine="mermaid",
        show_conditions=True,
        states=list(lifecycle.states),
        initial=lifecycle.states[0],
        auto_transitions=False,
        transitions=[
            {"trigger": line.on, "source": list(line.states), "dest": line.to, "conditions": list(line.when)}
            for line in lifecycle.rows
            if line.to != "="
        ],
    )
    drawn = str(machine.get_combined_graph().source)  # type: ignore[attr-defined]
    head, *lines = [line for line in drawn.splitlines() if "-->" in line or line.startswith("stateDiagram")]
    lines.sort(key=lambda line: "[*]" not in line)  # the beginning first
    return "\n".join((head, *lines)) + "\n"
