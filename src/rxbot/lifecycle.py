"""A lifecycle is a table: on this event, in these states, go there, if this, then do that. Rows are tried from the top.

One shared machine per table; what moves is handed in, and is never registered with it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from transitions import Machine, MachineError

Guard = Callable[[Any], bool]
Move = Callable[[Any], None]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    on: str
    states: tuple[str, ...]
    to: str
    when: tuple[Guard, ...]
    then: tuple[Move, ...]


def row(
    on: str, states: str | Iterable[str], to: str, when: Guard | Iterable[Guard] = (), then: Move | Iterable[Move] = ()
) -> Row:
    """Write a line: several states share it when given together; "=" stays where it is."""
    return Row(
        on,
        (states,) if isinstance(states, str) else tuple(states),
        to,
        (when,) if callable(when) else tuple(when),
        (then,) if callable(then) else tuple(then),
    )


class Lifecycle:
    """A table of rows and the silences: pairs of state and event where nothing should happen, each with its reason."""

    def __init__(
        self,
        name: str,
        states: tuple[str, ...],
        rows: tuple[Row, ...],
        silences: Mapping[str, tuple[tuple[str, ...], str]],
    ) -> None:
        self.name = name
        self.states = states
        self.rows = rows
        self.silences = silences
        self._machine = Machine(
            model=None,
            states=list(states),
            initial=states[0],
            auto_transitions=False,
            transitions=[
                {
                    "trigger": line.on,
                    "source": list(line.states),
                    "dest": line.to,
                    "conditions": list(line.when),
                    "after": list(line.then),
                }
                for line in rows
            ],
        )

    @property
    def events(self) -> tuple[str, ...]:
        """Name every event of the table, in the order written."""
        return tuple(dict.fromkeys(line.on for line in self.rows))

    def fire(self, event: str, turn: Any) -> bool:
        """Take the first row that fits and do its moves; say whether one was taken. `turn` has a `state` to read and set."""
        if event not in self._machine.events:
            return False
        try:
            return bool(self._machine.events[event].trigger(turn, turn))
        except MachineError:
            return False
