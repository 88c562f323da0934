"""Which songs a link names, and what is known of each before anything is asked of YouTube."""

from __future__ import annotations

from dataclasses import dataclass

from lib.collecting.events import State
from lib.errors import DatasetError
from lib.progress import Progress
from lib.wording import clock
from lib.youtube import Entry, Kind, Playlist, Refusal, Words, YouTube, read_entry

# What went wrong on the way, and may go right another time; the rest is the video's own fault.
BROKEN = frozenset({Kind.FORBIDDEN, Kind.OUTDATED, Kind.FOREIGN_HOST})
# What the cookies of a person who is signed in may open.
_CLOSED = frozenset({Kind.PRIVATE, Kind.MEMBERS_ONLY, Kind.PAYMENT})
# YouTube gives lengths in whole seconds.
_ROUNDING = 1.0


@dataclass(frozen=True)
class Source:
    """What a link leads to.

    Parameters
    ----------
    link : str
        In the one form that is shown and kept.
    is_list : bool
        False where it is a single video.
    title : str
    entries : tuple of Entry
        At least one.
    """

    link: str
    is_list: bool
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Verdict:
    """Why a song is not added: what `~lib.collecting.events.Event` says of it.

    Parameters
    ----------
    state : State
        A final one.
    reason : str
    rival : str
        The id of the video that it is a duplicate of; else empty.
    told : bool
        Whether failed.csv tells of it.
    """

    state: State
    reason: str = ""
    rival: str = ""
    told: bool = True


def list_songs(link: str, youtube: YouTube, *, limit: int | None, progress: Progress) -> Source:
    """Find out which songs a person means.

    Parameters
    ----------
    link : str
        As typed: of a playlist, or of one video.
    youtube : YouTube
    limit : int or None
        How many entries of a playlist, from its first.
    progress : Progress

    Raises
    ------
    Refusal
        Where it is no such link, there is no such playlist, or YouTube or the network refuse.
    DatasetError
        Where the playlist is empty.
    """
    wanted = read_entry(link)
    if isinstance(wanted, Words):
        told = "this is no link; copy that of a playlist or a video."
        raise Refusal(Kind.LINK, wanted.text, told)
    if not isinstance(wanted, Playlist):
        return Source(wanted.link, False, "", (Entry(wanted.id, "", "", None),))
    listing = youtube.playlist(wanted.id, limit=limit, progress=progress)
    entries = listing.entries[:limit]
    if not entries:
        raise DatasetError(f"{wanted.link}: there is no video in this playlist; give another one.")
    return Source(wanted.link, True, listing.title, entries)


def listed_verdict(entry: Entry, *, cookies: bool) -> Verdict | None:
    """Return why a list's entry can't be fetched, or None where nothing speaks against it.

    Parameters
    ----------
    entry : Entry
    cookies : bool
        Whether a person's cookies are sent, which may open what is closed to others.
    """
    problem = entry.problem
    if problem is None or (cookies and problem in _CLOSED):
        return None
    return Verdict(State.SKIPPED, _sentence(problem.sentence))


def length_verdict(entry: Entry, *, shortest: float, longest: float) -> Verdict | None:
    """Return why a song of a known length is not taken, or None."""
    seconds = entry.seconds
    if seconds is None:
        return None
    if seconds + _ROUNDING <= shortest:
        told = f"It is too short: {seconds:.0f} s, and a song of the set {shortest:g} s or longer."
        return Verdict(State.SKIPPED, told)
    if seconds > longest:
        told = f"It is too long: {clock(seconds)}, and the limit is {clock(longest)}."
        return Verdict(State.SKIPPED, told)
    return None


def refused_verdict(refusal: Refusal) -> Verdict:
    """Return what becomes of a song that YouTube refused."""
    state = State.FAILED if refusal.kind in BROKEN else State.SKIPPED
    return Verdict(state, _sentence(refusal.reason))


def _sentence(reason: str) -> str:
    """Begin a sentence that stands alone."""
    return reason[:1].upper() + reason[1:]
