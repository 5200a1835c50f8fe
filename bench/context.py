"""What every measurement gets: the modes at work, how thorough to be, and a way to say what goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from modes import Mode
from session import Session

BEGAN = time.monotonic()


def say(text: str) -> None:
    """A line about what is being done, with the seconds since the start."""
    print(f"[{time.monotonic() - BEGAN:6.1f} s] {text}", flush=True)


@dataclass
class Context:
    """The bench while it runs."""

    modes: list[Mode]
    rounds: int
    quick: bool
    say: Callable[[str], None] = say
    #: The modes' sessions, opened by the first measurement that needs them.
    sessions: dict[str, Session] = field(default_factory=dict)

    @property
    def peers(self) -> list[Mode]:
        """The modes that are neither ours nor without anything."""
        return [mode for mode in self.modes if mode.lock is not None]

    def has(self, name: str) -> bool:
        """Whether a mode takes part."""
        return any(mode.name == name for mode in self.modes)

    def start(self) -> dict[str, Session]:
        """All modes with their notebooks open and their JVMs up."""
        for mode in self.modes:
            self.session(mode.name)
        return self.sessions

    def session(self, name: str) -> Session:
        """One mode with its notebook open and its JVM up."""
        if name not in self.sessions:
            mode = next(mode for mode in self.modes if mode.name == name)
            self.say(f"Starting {mode.title}")
            self.sessions[name] = Session(mode)
            self.sessions[name].open()
        return self.sessions[name]

    def stop(self) -> None:
        """End every session."""
        for session in self.sessions.values():
            session.close()
        self.sessions.clear()

    def in_turn(self, round_number: int) -> list[Mode]:
        """The modes in the order of a round: every other round the other way round, each round beginning with another."""
        shift = round_number % len(self.modes)
        order = self.modes[shift:] + self.modes[:shift]
        return order[::-1] if round_number % 2 else order
