"""Where a run's songs are decided on, in the order of the playlist."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from lib.audio import SAMPLE_RATE
from lib.collecting.candidate import UNWANTED, Candidate, artist_of
from lib.collecting.entries import Decision
from lib.collecting.events import Event, Listener, State, track_of
from lib.collecting.excerpts import Sound, keep_excerpts
from lib.collecting.fingerprint import SAME, likeness
from lib.collecting.listing import Source, Verdict
from lib.collecting.store import Store
from lib.collecting.tables import excerpt_paths, kept_excerpts, new_row, update_tables
from lib.dataset.assembly import place
from lib.dataset.cells import digits
from lib.dataset.tables import Row
from lib.errors import DatasetError
from lib.wording import clean
from lib.youtube import Entry

# The tables follow a run at this distance, and take a twentieth of its time at most.
_SECONDS_BETWEEN_WRITES = 1.0
_SHARE_OF_WRITING = 1 / 20
_LONGEST_WARNINGS = 1_000  # characters


class Desk:
    """Decides on songs, puts them down, tells of them, and keeps the tables up to date.

    Parameters
    ----------
    folder : Path
        Of the data set.
    store : Store
    source : Source
        What the songs come from.
    genre : str
        What they are to be.
    keep_audio, again : bool
        As in `~lib.collecting.Options`.
    on_event : callable
        Is told of every song's every state.
    """

    def __init__(
        self,
        folder: Path,
        store: Store,
        source: Source,
        genre: str,
        *,
        keep_audio: bool,
        again: bool,
        on_event: Listener,
    ) -> None:
        self.folder = folder
        self.settled: Counter[State] = Counter()
        self._store = store
        self._source = source
        self._genre = genre
        self._keep_audio = keep_audio
        self._on_event = on_event
        ids = [entry.id for entry in source.entries]
        # First of all, for it takes note of the rows that a person has deleted.
        self._rows = update_tables(folder, store).tracks
        if again:
            for video_id in ids:
                store.readmit(video_id)
        decisions = store.register(source.link, genre, ids)
        self.candidates = [
            Candidate(i, entry, decisions[entry.id]) for i, entry in enumerate(source.entries, 1)
        ]
        self._outdated = {song.id for song in store.songs() if not song.current}
        self._fingerprints = store.fingerprints()
        self._dirty = False
        self._next_write = 0.0

    def tell(
        self,
        candidate: Candidate,
        state: State,
        *,
        entry: Entry | None = None,
        fraction: float | None = None,
        reason: str = "",
        rival: str = "",
    ) -> None:
        """Tell that a song has come to a state; `entry` is what is known of it by now."""
        entry = entry or candidate.entry
        self._on_event(
            Event(
                candidate.place,
                len(self.candidates),
                entry.id,
                clean(entry.title),
                artist_of(entry.channel),
                entry.seconds,
                state,
                fraction,
                reason,
                track_of(rival) if rival else "",
            )
        )

    def is_unwanted(self, candidate: Candidate) -> bool:
        """Tell whether a person wants none of a song; that may change while it is on its way."""
        return self._store.is_removed(candidate.entry.id)

    def known_verdict(self, candidate: Candidate) -> Verdict | None:
        """Return what is to be said of a song without asking anybody, or None."""
        video_id, before = candidate.entry.id, candidate.before
        row = self._rows.get(track_of(video_id))
        if row is not None:
            return self._verdict_on_present(candidate, row)
        if self.is_unwanted(candidate):
            return UNWANTED
        if before.state is State.DUPLICATE and self._store.has(before.rival):
            return Verdict(State.DUPLICATE, before.reason, before.rival)
        return None

    def settle(self, candidate: Candidate, entry: Entry, finding: Verdict | Sound) -> None:
        """Decide on a song, once all before it are decided on.

        Raises
        ------
        DatasetError
            Where the disk is full or the set can't be written.
        """
        if isinstance(finding, Sound):
            finding = self._admit(candidate, entry, finding)
        decision = Decision(candidate.before.number, finding.state, finding.reason, finding.rival)
        if finding.told and decision != candidate.before:
            self._store.decide(decision)
            self._dirty = True
        self.settled[finding.state] += 1
        self.tell(candidate, finding.state, entry=entry, reason=finding.reason, rival=finding.rival)

    def write_if_due(self) -> None:
        """Write the tables if there is something new and the last time is long enough ago.

        Where that can't be done just now (a spreadsheet holds them), it is tried again later.
        """
        if not self._dirty or time.monotonic() < self._next_write:
            return
        start = time.monotonic()
        with suppress(DatasetError):
            self.write()
        taken = time.monotonic() - start
        self._next_write = start + max(_SECONDS_BETWEEN_WRITES, taken / _SHARE_OF_WRITING)

    def write(self) -> None:
        """Write the tables.

        Raises
        ------
        DatasetError
            Where that can't be done; what was collected is kept all the same.
        """
        if self._dirty:
            self._rows = update_tables(self.folder, self._store).tracks
            self._dirty = False

    def _verdict_on_present(self, candidate: Candidate, row: Row) -> Verdict | None:
        """Return what is to be said of a video that is in the set."""
        video_id, before = candidate.entry.id, candidate.before
        if video_id in self._outdated:
            return None  # it is heard anew
        if row["genre"] == self._genre or before.state in {State.ADDED, State.KNOWN}:
            return Verdict(State.KNOWN, told=before.state is not State.ADDED)
        return Verdict(State.DUPLICATE, f"It is in the set already, as {row['genre']}.", video_id)

    def _admit(self, candidate: Candidate, entry: Entry, sound: Sound) -> Verdict:
        """Add a song, unless its recording is in the set already."""
        rival = self._find_double(entry.id, sound)
        if rival:
            row = self._rows.get(track_of(rival), {})
            title = f"“{row.get('title', '')}” ({track_of(rival)}, {row.get('genre', '')})"
            told = f"It is the same recording as {title}, which is in the set."
            return Verdict(State.DUPLICATE, told, rival)
        paths = excerpt_paths(self.folder, entry.id, len(sound.excerpts))
        try:
            for path in kept_excerpts(self.folder, entry.id):
                if not self._keep_audio or path not in paths:
                    path.unlink(missing_ok=True)
            if self._keep_audio:
                keep_excerpts(paths, sound.excerpts)
        except OSError as error:
            reason = error.strerror or error
            raise DatasetError(
                f"{paths[0]}: the excerpt can't be kept ({reason}).  Make room, or keep no "
                f"excerpts; the next run goes on from there."
            ) from error
        cells = self._row(entry, sound, paths[0] if self._keep_audio else None)
        number, features = candidate.before.number, sound.features
        if not self._store.add(number, entry.id, cells, features, sound.fingerprint):
            for path in paths:
                path.unlink(missing_ok=True)
            return UNWANTED
        self._fingerprints[entry.id] = sound.fingerprint
        self._rows[cells["track"]] = cells
        self._outdated.discard(entry.id)
        self._dirty = True
        return Verdict(State.ADDED)

    def _find_double(self, video_id: str, sound: Sound) -> str:
        """Return the video in the set that has the same recording, or ""."""
        for other, known in self._fingerprints.items():
            if other == video_id or likeness(known, sound.fingerprint) < SAME:
                continue
            if self._store.has(other):  # a person may have taken it out meanwhile
                return other
        return ""

    def _row(self, entry: Entry, sound: Sound, audio: Path | None) -> Row:
        return new_row(
            track=track_of(entry.id),
            genre=self._genre,
            artist=artist_of(entry.channel),
            title=clean(entry.title),
            audio=place(audio, self.folder) if audio else "",
            seconds=digits(round(sum(map(len, sound.excerpts)) / SAMPLE_RATE, 3)),
            warnings=clean("; ".join(sound.warnings), longest=_LONGEST_WARNINGS),
            source=entry.link,
            playlist=self._source.link if self._source.is_list else "",
            excerpt_starts=" ".join(digits(round(start, 3)) for start in sound.starts),
        )
