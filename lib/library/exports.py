"""A library as files for other programs: CSV, JSON, and a playlist for each genre."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from lib.files import replacing
from lib.library.errors import LibraryError
from lib.library.song import Song
from lib.wording import clean, file_name

COLUMNS = (
    "path", "title", "artist", "seconds", "tag", "genre", "confidence", "unsure", "outlier",
    "disagrees", "warnings", "error",
)  # fmt: skip

# A spreadsheet takes a cell that starts like this for a formula, whatever quotes are around it.
# Source: OWASP, "CSV Injection".
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def export(songs: Sequence[Song], path: Path) -> None:
    """Write a library as one file, whole or not at all.

    Parameters
    ----------
    songs : sequence of Song
    path : Path
        Ends in .csv for a table with a row a song and, last, a column a genre with its
        probability, or in .json for an array of what `Song.to_dict` gives.  A name's bytes that
        are no text stand in the CSV as they are, and in the JSON as Python's ``surrogateescape``
        writes them.

    Raises
    ------
    LibraryError
        Where the name ends otherwise, or the file can't be written.
    """
    check_suffix(path)
    writer = _write_csv if path.suffix.lower() == ".csv" else _write_json
    errors = "surrogateescape" if writer is _write_csv else "backslashreplace"
    try:
        with (
            replacing(path) as temporary,
            temporary.open("w", encoding="utf-8", errors=errors, newline="") as file,
        ):
            writer(songs, file)
    except OSError as error:
        raise _unwritable(path, error) from error


def check_suffix(path: Path) -> None:
    """Refuse a file that `export` has no format for.

    Raises
    ------
    LibraryError
    """
    if path.suffix.lower() not in {".csv", ".json"}:
        raise LibraryError(f"{path}: name a file that ends in .csv or .json.")


def write_playlists(songs: Iterable[Song], folder: Path) -> list[Path]:
    """Write a playlist for each genre that was heard, surest songs first.

    Songs unlike all that the model learned (`Song.outlier`) are left out: they may be no music.

    Parameters
    ----------
    songs : iterable of Song
    folder : Path
        Made where it is missing; ``GENRE.m3u8`` is replaced, other files stay.

    Returns
    -------
    list of Path
        What was written, in the order of the names.

    Raises
    ------
    LibraryError
        Where a file can't be written.
    """
    by_genre: dict[str, list[Song]] = {}
    for song in songs:
        if song.genre and not song.outlier:
            by_genre.setdefault(song.genre, []).append(song)
    written = []
    for genre, members in sorted(by_genre.items()):
        path = folder / f"{file_name(genre)}.m3u8"
        members.sort(key=lambda song: (-song.confidence, song.path))
        try:
            with (
                replacing(path) as temporary,
                temporary.open(
                    "w", encoding="utf-8", errors="surrogateescape", newline="\n"
                ) as file,
            ):
                file.write("#EXTM3U\n")
                file.writelines(map(_playlist_entry, members))
        except OSError as error:
            raise _unwritable(path, error) from error
        written.append(path)
    return written


def _write_csv(songs: Sequence[Song], file: IO[str]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    genres = sorted({genre for song in songs for genre in song.probabilities})
    writer.writerow((*COLUMNS, *(f"p({genre})" for genre in genres)))
    for song in songs:
        writer.writerow((*_cells(song), *(_number(song.probabilities.get(g)) for g in genres)))


def _cells(song: Song) -> Iterator[object]:
    """Give what stands in `COLUMNS`; of a song that was set aside, its names and the reason."""
    heard = bool(song.genre)
    yield song.path
    yield from map(_guarded, (song.title, song.artist))
    yield f"{song.seconds:.3f}" if heard else ""
    yield from map(_guarded, (song.tag, song.genre))
    yield _number(song.confidence if heard else None)
    for flag in (song.unsure, song.outlier, song.disagrees):
        yield ("yes" if flag else "no") if heard else ""
    yield " ".join(song.warnings)
    yield song.reason


def _write_json(songs: Iterable[Song], file: IO[str]) -> None:
    told: list[dict[str, Any]] = [song.to_dict() for song in songs]
    json.dump(told, file, ensure_ascii=False, indent=1)
    file.write("\n")


def _playlist_entry(song: Song) -> str:
    by = f"{song.artist} – " if song.artist else ""
    path = str(song.path)
    # A line can't hold a line break, nor begin like a comment: such a name stands as a link.
    if clean(path, longest=len(path)) != path or path.startswith("#"):
        path = song.path.as_uri()
    return f"#EXTINF:{round(song.seconds)},{clean(by + song.title)}\n{path}\n"


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _number(probability: float | None) -> str:
    return "" if probability is None else f"{probability:.6f}"


def _unwritable(path: Path, error: OSError) -> LibraryError:
    return LibraryError(f"{path}: it can't be written ({error.strerror or error}).")
