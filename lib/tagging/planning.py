"""What would change: the genre of each file before and after, before anything is touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import MappingProxyType
from typing import BinaryIO, cast

from lib.progress import Progress, silent
from lib.tagging.answers import Answer, Rules, same_genres
from lib.tagging.errors import FileRefused, TaggingError
from lib.tagging.guard import check_writable
from lib.tagging.present import open_present
from lib.tagging.tagfile import change_genres

AS_SAID = "as you said"
"""What is told beside a genre that a person said, in place of what was heard."""
_IN_MEMORY = 1 << 26  # bytes; of a longer file the copy to try is made on the disk


@dataclass(frozen=True)
class Change:
    """What is to become of a file's genre, or what has.

    Parameters
    ----------
    path : Path
        The file, without symbolic links.
    before, after : tuple of str
        The genres it names, and those it is to name; where it is left alone, `after` is empty.
    stays : str
        Why the person's rules leave it alone, in a few words.
    trouble : str
        Why it can't be written, as a sentence.
    note : str
        What else is to be known of it, in a few words; ``""`` mostly.
    written : bool
        Whether it was done.
    replaced : tuple of int or None
        Of the file whose place the new one took: its size in bytes, and when it was changed last,
        in ns.  None where none did.
    """

    path: Path
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    stays: str = ""
    trouble: str = ""
    note: str = ""
    written: bool = False
    replaced: tuple[int, int] | None = None

    @property
    def due(self) -> bool:
        """Whether it is still to be made."""
        return bool(self.after) and not (self.trouble or self.written)

    def failed(self, reason: str) -> Change:
        """Return the change as one that came to nothing."""
        return replace(self, trouble=reason, written=False)


Tell = Callable[[Change], None]


def plan(
    answers: Sequence[Answer],
    rules: Rules,
    *,
    said: Callable[[Path], str] = lambda _path: "",
    tried: Mapping[Path, Change] = MappingProxyType({}),
    tell: Tell = lambda _change: None,
    progress: Progress = silent,
) -> list[Change]:
    """Say what would become of each file, tried on copies; none is touched.

    Parameters
    ----------
    answers : sequence of Answer
        Of a file that comes twice, also by a symbolic link, the last one counts.
    rules : Rules
    said : callable
        Returns the genre that a person said a file is, which counts in place of what was heard;
        ``""`` of one that nobody corrected (see `lib.collecting.corrections.said_of`).
    tried : mapping of Path to Change
        What was planned shortly before, by file: the same change is not tried again.
    tell : callable
        Given each change in the moment it is known.
    progress : Progress

    Returns
    -------
    list of Change
        In the order of the answers.

    Raises
    ------
    TaggingError
        Where `rules` names a genre that no answer knows.
    """
    if answers:
        check_names(rules, {genre for answer in answers for genre in answer.probabilities})
    latest = {_real(answer.path): answer for answer in answers}
    changes = []
    for number, (path, answer) in enumerate(latest.items()):
        progress("Reading tags", number / len(latest))
        as_said = replace(answer, said=said(path))
        changes.append(_planned(path, as_said, rules, tried.get(path)))
        tell(changes[-1])
    return changes


def check_names(rules: Rules, genres: Collection[str]) -> None:
    """Refuse a name for a genre that nothing knows: it is mistyped.

    Parameters
    ----------
    rules : Rules
    genres : collection of str
        Those of the model.

    Raises
    ------
    TaggingError
        Where `rules` names another.
    """
    if strangers := sorted(rules.names.keys() - set(genres)):
        there = ", ".join(sorted(genres))
        raise TaggingError(f"No genre of the model is called {strangers[0]!r}; it knows {there}.")


def _planned(path: Path, answer: Answer, rules: Rules, tried: Change | None) -> Change:
    try:
        tags = open_present(path)
    except FileRefused as refused:
        return Change(path, trouble=refused.reason)
    before = tags.genres
    if why := rules.why_not(answer, before):
        return Change(path, before, stays=why)
    after = rules.genres(answer)
    if not after:
        return Change(path, before, stays="never written, by your names")
    # A name of one's own is wanted as it is spelt.
    own = not set(after).isdisjoint(rules.names.values())
    if before == after if own else same_genres(before, after):
        return Change(path, before, stays="already so")
    try:
        check_writable(path)
        if tried is None or not tried.due or (tried.before, tried.after) != (before, after):
            _try(path, after)
    except FileRefused as refused:
        return Change(path, before, trouble=refused.reason)
    note = "; ".join(filter(None, (AS_SAID if answer.said else "", tags.note)))
    return Change(path, before, after, note=note)


def _try(path: Path, genres: Sequence[str]) -> None:
    """Change the genres of a copy that is thrown away: what is promised can be kept.

    Raises
    ------
    FileRefused
        Where writing them would be refused; the sound, slower to read, is compared then alone.
    """
    tags = open_present(path)
    try:
        with path.open("rb") as file, SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
            shutil.copyfileobj(file, copy)
            change_genres(tags, genres, cast("BinaryIO", copy), path.suffix)
    except OSError as error:
        raise FileRefused(f"The system says: {error.strerror or error}.") from error


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # links in a circle
        return path.absolute()
