"""A playlist run: one song after the other is fetched, while those before it are heard."""

from __future__ import annotations

import math
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lib.collecting.candidate import UNWANTED, Candidate
from lib.collecting.desk import Desk
from lib.collecting.events import State
from lib.collecting.excerpts import Sound, Task, hear_excerpts
from lib.collecting.listing import (
    BROKEN,
    Verdict,
    length_verdict,
    listed_verdict,
    refused_verdict,
)
from lib.collecting.options import Options
from lib.dataset import Unheard
from lib.progress import Progress
from lib.workers import Lost, Workers
from lib.youtube import Entry, Fetched, Refusal, YouTube

POLL_SECONDS = 0.1
BROKEN_IN_A_ROW = 3
"""Downloads that fail in the same way one after the other; the next would, too."""


class _UnwantedError(Exception):
    """A person wants none of the song that is being downloaded."""


@dataclass
class _Case:
    """A song on its way: being heard while `fetched` is held, then found to be something."""

    candidate: Candidate
    entry: Entry
    finding: Verdict | Sound | None = None
    fetched: Fetched | None = None


class Run:
    """Fetches and hears the songs of a desk; its `work` is done in one thread, the caller's.

    Songs are decided on in the order of the playlist, so that a run that is stopped and goes on
    refuses the same doubles as one that is not.

    Parameters
    ----------
    desk : Desk
    youtube : YouTube
    options : Options
    paused : callable
        Asked ten times a second between songs; no song is begun while it says so.
    chance : random.Random
        Draws the pauses.
    progress : Progress
        Called ten times a second; may raise `Cancelled`.
    """

    def __init__(
        self,
        desk: Desk,
        youtube: YouTube,
        options: Options,
        *,
        paused: Callable[[], bool],
        chance: random.Random,
        progress: Progress,
    ) -> None:
        self._desk = desk
        self._youtube = youtube
        self._options = options
        self._paused = paused
        self._chance = chance
        self._progress = progress
        self._workers: Workers[Task, Sound | Unheard] = Workers(
            hear_excerpts, count=options.workers
        )
        self._cases: deque[_Case] = deque()
        self._hearing: dict[Path, _Case] = {}
        self._not_before = 0.0
        self._broken = 0

    def work(self) -> None:
        """Take all songs.

        Raises
        ------
        Refusal
            Of a kind that the next song would meet, too; what was downloaded has been heard.
        DatasetError
            Where the set can't be written.
        Cancelled
            From `progress`.
        """
        with self._workers:
            try:
                for candidate in self._desk.candidates:
                    self._rest()
                    self._take(candidate)
            except Refusal:
                self._hear_out()
                raise
            self._hear_out()

    def _take(self, candidate: Candidate) -> None:
        """Refuse a song, or fetch it and have it heard."""
        verdict = self._verdict_beforehand(candidate)
        if verdict is not None:
            self._cases.append(_Case(candidate, candidate.entry, verdict))
            return
        try:
            fetched = self._fetch(candidate)
        except _UnwantedError:
            self._cases.append(_Case(candidate, candidate.entry, UNWANTED))
            return
        except Refusal as refusal:
            if refusal.kind.stops_a_run:
                raise
            self._cases.append(_Case(candidate, candidate.entry, refused_verdict(refusal)))
            self._broken = self._broken + 1 if refusal.kind in BROKEN else 0
            if self._broken == BROKEN_IN_A_ROW:
                raise
            return
        self._broken = 0
        case = _Case(candidate, fetched.entry, self._length_verdict(fetched.entry), fetched)
        self._cases.append(case)
        if case.finding is not None:
            fetched.close()
            return
        self._desk.tell(candidate, State.HEARING, entry=fetched.entry)
        self._hearing[fetched.path] = case
        self._workers.add(Task(fetched.path, self._options.excerpts, self._options.shortest))

    def _verdict_beforehand(self, candidate: Candidate) -> Verdict | None:
        """Return what can be said of a song before anything of it is asked for."""
        cookies = self._youtube.network.cookies_from_browser is not None
        return (
            self._desk.known_verdict(candidate)
            or listed_verdict(candidate.entry, cookies=cookies)
            or self._length_verdict(candidate.entry)
        )

    def _length_verdict(self, entry: Entry) -> Verdict | None:
        longest = self._youtube.limits.longest
        return length_verdict(entry, shortest=self._options.shortest, longest=longest)

    def _fetch(self, candidate: Candidate) -> Fetched:
        """Fetch a song: from the cache, or from YouTube after a polite pause."""
        self._workers.prepare()  # it takes as long to start as a song to come
        # One song may wait to be heard; more would only keep files from being dropped.
        while self._workers.unfinished > self._options.workers:
            self._gather(candidate, "waiting for the songs before it", POLL_SECONDS)
        found = self._youtube.cached(candidate.entry.id)
        if found is not None:
            return found
        while (left := self._not_before - time.monotonic()) > 0:
            self._gather(candidate, f"next download in {math.ceil(left)} s", POLL_SECONDS)
        self._rest()
        told: float | None = -1.0

        def watch(step: str, fraction: float | None) -> None:
            nonlocal told
            if self._desk.is_unwanted(candidate):
                raise _UnwantedError
            if fraction != told:
                told = fraction
                self._desk.tell(candidate, State.DOWNLOADING, fraction=fraction)
            self._gather(candidate, step, 0.0)

        try:
            return self._youtube.fetch(candidate.entry.id, progress=watch)
        finally:
            self._not_before = time.monotonic() + self._options.draw_pause(self._chance)

    def _rest(self) -> None:
        """Wait for as long as a person wants the run to pause."""
        while self._paused():
            self._gather(None, "paused", POLL_SECONDS)

    def _hear_out(self) -> None:
        """Wait until all that was fetched is heard and decided on."""
        self._gather(None, "hearing the last songs", 0.0)
        while self._cases:
            self._gather(None, "hearing the last songs", POLL_SECONDS)

    def _gather(self, candidate: Candidate | None, step: str, seconds: float) -> None:
        """Take what was heard meanwhile, decide on it, and tell how far the run is."""
        busy = self._workers.unfinished > 0
        for task, found in self._workers.listen(seconds if busy else 0.0):
            case = self._hearing.pop(task.path)
            case.finding = found if isinstance(found, Sound) else _unheard(found)
            if case.fetched is not None:
                case.fetched.close()
        while self._cases and self._cases[0].finding is not None:
            case = self._cases.popleft()
            if case.finding is not None:
                self._desk.settle(case.candidate, case.entry, case.finding)
        self._desk.write_if_due()
        if seconds and not busy:
            time.sleep(seconds)
        count = len(self._desk.candidates)
        which = f"song {candidate.place} of {count}" if candidate else f"{count} songs"
        self._progress(f"Collecting {which}: {step}", self._desk.settled.total() / count)


def _unheard(found: Unheard | Lost) -> Verdict:
    """Return what becomes of a song that could not be heard."""
    if isinstance(found, Unheard):
        return Verdict(State.FAILED, found.reason)
    told = f"Hearing it ended its process ({found.how}): the file may be damaged."
    return Verdict(State.FAILED, told)
