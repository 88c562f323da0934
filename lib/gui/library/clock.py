"""How long it will still take to hear a library."""

from __future__ import annotations

import time

# Before that, what is left is anybody's guess.
GUESSING_SECONDS = 3.0


class Clock:
    """Tells how long a run will still take, by how long it has taken without its pauses."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._paused: float | None = None

    def pause(self) -> None:
        """Stop counting."""
        self._paused = time.monotonic()

    def go_on(self) -> None:
        """Count on."""
        if self._paused is not None:
            self._begun += time.monotonic() - self._paused
            self._paused = None

    def left(self, fraction: float | None) -> float | None:
        """Return the seconds that are left; None while nobody can know."""
        passed = time.monotonic() - self._begun
        if not fraction or passed < GUESSING_SECONDS or self._paused is not None:
            return None
        return passed * (1 - fraction) / fraction
