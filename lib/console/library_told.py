"""A library in words: each song as it is heard, and the sum at the end."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lib.console.bar import Bar
from lib.library import Gone, Song, disagreeing, totals
from lib.wording import clean, count, percent

WIDEST_BAR = 24
MOST_TOLD = 20
GONE = "It is not there any more."
_HOW_TO_SEE = "--export heard.csv tells why"


@dataclass(frozen=True)
class Teller:
    """Prints songs as they are heard.

    Parameters
    ----------
    bar : Bar
        Hidden for every line.
    as_json : bool
        One object a line on standard output; else a line of text, and what was set aside on
        standard error.
    """

    bar: Bar
    as_json: bool

    def tell_all(self, songs: Iterable[Song]) -> None:
        """Print songs."""
        for song in songs:
            self.tell(song)

    def tell_gone(self, gone: Gone) -> None:
        """Print that a file has gone: to a program, as what was set aside."""
        self.bar.hide()
        told = {"source": str(gone.path), "error": GONE}
        line = json.dumps(told, ensure_ascii=False) if self.as_json else f"gone  {shown(gone.path)}"
        print(line, flush=True)

    def tell(self, song: Song) -> None:
        """Print a song."""
        self.bar.hide()
        if self.as_json:
            print(json.dumps(song.to_dict(), ensure_ascii=False), flush=True)
        elif song.reason:
            print(f"Earmark: {shown(song.path)}: {song.reason}", file=sys.stderr, flush=True)
        else:
            print("\n".join((_line(song), *(f"  note: {w}" for w in song.warnings))), flush=True)


def _line(song: Song) -> str:
    by = f"{song.artist} – " if song.artist else ""
    doubt = f", {song.doubt}" if song.doubt else ""
    return f"{song.genre} ({percent(song.confidence)}{doubt})  {by}{song.title}  {shown(song.path)}"


def summary_lines(heard: Iterable[Song], *, known: Sequence[Song]) -> list[str]:
    """Return the totals by genre, the songs whose tags disagree, and what was set aside.

    Parameters
    ----------
    heard : iterable of Song
        All of the library, those set aside as well.
    known : sequence of Song
        Those of them that earlier runs heard or set aside, and that nothing was said of now.
    """
    songs = list(heard)
    aside, before = (sum(bool(song.reason) for song in some) for some in (songs, known))
    fresh = len(songs) - aside - (len(known) - before)
    earlier = f" ({before:,} of them in earlier runs: {_HOW_TO_SEE})" if before else ""
    all_songs = count(len(songs), "song")
    lines = ["", f"{all_songs}, {fresh:,} of them heard now, {aside:,} set aside{earlier}"]
    found = totals(songs)
    widest = max((len(total.genre) for total in found), default=0)
    for total in found:
        bar = "█" * max(round(WIDEST_BAR * total.songs / found[0].songs), 1)
        doubtful = f"  ({total.doubtful:,} doubtful)" if total.doubtful else ""
        lines.append(f"  {total.genre:{widest}}  {total.songs:6,}  {bar}{doubtful}")
    strange = disagreeing(songs)
    if strange:
        lines += ["", f"{count(len(strange), 'song')} whose tag confidently disagrees:"]
    lines += [
        f"  {song.tag} → {song.genre} ({percent(song.confidence)})  {shown(song.path)}"
        for song in strange[:MOST_TOLD]
    ]
    if len(strange) > MOST_TOLD:
        lines.append(f"  and {len(strange) - MOST_TOLD:,} more: --export FILE.csv has them all")
    return lines


def shown(path: Path) -> str:
    """Return a path as it may be shown on a line."""
    return clean(str(path), longest=4096)
