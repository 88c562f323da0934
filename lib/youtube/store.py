"""The folder of fetched songs: named by video id, whole or not there, bounded in size.

Of each song it holds the sound (``ID.m4a``), what is known of it (``ID.json``), perhaps its picture
(``ID.jpg``) and what was downloaded of it so far (``ID.….part``).  Two locks a song, in ``locks``,
keep it right between threads and processes: ``ID.get`` is held by the one who downloads it,
``ID.use`` is shared by all who use it, and who wants to drop it has to take both.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from lib.files import replacing, write_text
from lib.youtube.entry import Entry, Fetched
from lib.youtube.locks import Hold, try_hold

OURS = re.compile(r"([A-Za-z0-9_-]{11})\.[A-Za-z0-9_.-]+")
SUFFIX = re.compile(r"\.[a-z0-9]{2,5}")


@dataclass
class Group:
    """All files of one song."""

    files: list[Path] = field(default_factory=list)
    size: int = 0
    used: float = 0.0  # when last, in seconds since 1970


class Store:
    """A folder of songs.

    Parameters
    ----------
    folder : Path
        Made when the first song comes.  Files that are not of the form above are left alone.
    bound : int
        Bytes that all songs may take together.
    """

    def __init__(self, folder: Path, bound: int) -> None:
        self.folder = folder
        self.bound = bound

    def find(self, video_id: str, *, downloaded: bool = False) -> Fetched | None:
        """Return a song that is whole, held against being dropped; None where it isn't here."""
        if not (self.folder / f"{video_id}.json").is_file():
            return None
        hold = self._lock(video_id, "use", shared=True)
        if hold is None:
            return None
        found = self._read(video_id)
        if found is None:
            hold.close()
            return None
        path, entry = found
        # The file's own times tell the order of use, so that all processes agree on it.
        os.utime(path)
        return Fetched(path, entry, downloaded, hold)

    def reserve(self, video_id: str) -> Hold | None:
        """Take the right to download a song, or None while another has it."""
        return self._lock(video_id, "get", shared=False)

    def release(self, video_id: str, hold: Hold) -> None:
        """Give the right to download a song back, and leave no lock file of it behind."""
        with suppress(PermissionError):  # Windows deletes no open file
            self._lock_path(video_id, "get").unlink(missing_ok=True)
        hold.close()

    def keep(self, file: Path, entry: Entry) -> None:
        """Take a complete download in; the caller holds the right to it.

        Raises
        ------
        ValueError
            If its suffix is none of a sound.
        OSError
            If the disk refuses.
        """
        if not SUFFIX.fullmatch(file.suffix):
            raise ValueError(f"{file}: no suffix of a sound")
        details = {
            "id": entry.id,
            "title": entry.title,
            "channel": entry.channel,
            "seconds": entry.seconds,
            "file": entry.id + file.suffix,
            "bytes": file.stat().st_size,
        }
        write_text(self.folder / f"{entry.id}.json", json.dumps(details, ensure_ascii=False))
        file.replace(self.folder / (entry.id + file.suffix))
        # Whatever else there is of it is of another format or another length.
        kept = {entry.id + suffix for suffix in (file.suffix, ".json", ".jpg")}
        for left in self.folder.glob(f"{entry.id}.*"):
            if left.name not in kept:
                left.unlink(missing_ok=True)

    def picture(self, video_id: str) -> bytes | None:
        """Return a song's picture, where it is here."""
        try:
            return (self.folder / f"{video_id}.jpg").read_bytes()
        except FileNotFoundError:
            return None

    def keep_picture(self, video_id: str, picture: bytes) -> None:
        """Take a song's picture in."""
        with replacing(self.folder / f"{video_id}.jpg") as temporary:
            temporary.write_bytes(picture)

    def trim(self, *, room: int = 0) -> None:
        """Drop the songs that were least recently used until the rest fits the bound.

        Parameters
        ----------
        room : int
            Bytes that are about to come.
        """
        groups = self._groups()
        total = sum(group.size for group in groups.values()) + room
        for video_id, group in sorted(groups.items(), key=lambda item: item[1].used):
            if total <= self.bound:
                return
            if self._drop(video_id, group):
                total -= group.size

    def _drop(self, video_id: str, group: Group) -> bool:
        """Delete a song's files; False where it is being downloaded or used."""
        with ExitStack() as holds:
            for name in ("get", "use"):
                hold = self._lock(video_id, name, shared=False)
                if hold is None:
                    return False
                holds.callback(hold.close)
            # What is known of it goes first: without it, the rest is not taken for a song.
            files = sorted(group.files, key=lambda path: path.suffix != ".json")
            locks = [self._lock_path(video_id, name) for name in ("get", "use")]
            with suppress(PermissionError):  # Windows deletes no open file
                for path in (*files, *locks):
                    path.unlink(missing_ok=True)
        return True

    def _groups(self) -> dict[str, Group]:
        """Return all songs, whole or in part."""
        groups: defaultdict[str, Group] = defaultdict(Group)
        if not self.folder.is_dir():
            return groups
        for file in os.scandir(self.folder):
            name = OURS.fullmatch(file.name)
            if name is None:
                continue
            try:
                status = file.stat(follow_symlinks=False)
            except FileNotFoundError:  # another process has just dropped it
                continue
            group = groups[name[1]]
            group.files.append(Path(file.path))
            group.size += status.st_size
            group.used = max(group.used, status.st_mtime)
        return groups

    def _read(self, video_id: str) -> tuple[Path, Entry] | None:
        """Read what is known of a song; None where it doesn't fit what lies beside it."""
        try:
            details = json.loads((self.folder / f"{video_id}.json").read_text(encoding="utf-8"))
            entry = Entry.from_info({**details, "duration": details["seconds"]})
            path = self.folder / details["file"]
            whole = path.stat().st_size == details["bytes"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        # On a disk that takes "a" for "A", two ids may share a name.
        named = (
            entry is not None and entry.id == video_id == path.stem and path.parent == self.folder
        )
        return (path, entry) if entry is not None and named and whole else None

    def _lock(self, video_id: str, name: str, *, shared: bool) -> Hold | None:
        return try_hold(self._lock_path(video_id, name), shared=shared)

    def _lock_path(self, video_id: str, name: str) -> Path:
        return self.folder / "locks" / f"{video_id}.{name}"
