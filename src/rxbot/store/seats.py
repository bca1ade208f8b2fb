"""Seats: who does what only one process may do at a time. Where there is no other process, every seat is free."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import Connection

from rxbot.errors import SeatLost, StoreAway, StoreBusy
from rxbot.store import postgres
from rxbot.store.unit import Store, Unit, noticing

R = TypeVar("R")


def seat(store: Store, name: str) -> "Seat":
    """Give a seat, to be taken."""
    return SharedSeat(store, name) if store.shared else Seat(store)


class Seat:
    """The right to do what only one process may do at a time: to send, to fetch, to keep the time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def take(self) -> Future[bool]:
        """Take it, unless another process has it; say whether it is ours."""
        return self._store.submit(lambda: True)

    def unit_of(self, work: Callable[[Unit], R]) -> Future[R]:
        """Run this in a unit of its own, as long as the seat is ours. Raises SeatLost when it is not any more."""
        return self._store.unit_of(work)

    def leave(self) -> None:
        """Let another process have it."""


class SharedSeat(Seat):
    """A seat that other processes wait for. It belongs to one connection, and what is done on it is done on no other: whoever
    is cut off from the database has lost the seat, and whatever they had begun.
    """

    def __init__(self, store: Store, name: str) -> None:
        super().__init__(store)
        self._engine = postgres.engine_for_one(store.engine)
        self._hand = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._connection: Connection | None = None
        self._name = name

    def take(self) -> Future[bool]:
        return self._hand.submit(self._take)

    def unit_of(self, work: Callable[[Unit], R]) -> Future[R]:
        return self._hand.submit(self._do, work)

    def leave(self) -> None:
        self._hand.submit(self._let_go)
        self._hand.shutdown()
        self._engine.dispose()

    def _take(self) -> bool:
        try:
            with noticing():
                self._connection = self._connection or self._engine.connect()
                with self._connection.begin():
                    return postgres.take_seat(self._connection, self._name)
        except StoreAway:
            self._let_go()
            raise

    def _do(self, work: Callable[[Unit], R]) -> R:
        if self._connection is None:
            raise SeatLost
        try:
            with noticing(), self._connection.begin():
                unit = Unit(self._connection, self._store.keys, shared=True)
                done = work(unit)
                unit.close()
                return done
        except StoreBusy:
            raise
        except StoreAway as away:
            self._let_go()
            raise SeatLost from away

    def _let_go(self) -> None:
        """The end of the connection is the end of the seat."""
        connection, self._connection = self._connection, None
        if connection:
            connection.close()
