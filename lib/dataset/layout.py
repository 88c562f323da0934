"""Which songs a folder holds, and what its layout says about them.

Three layouts are known, and the first that fits a file counts:

- FMA's: ``000/000002.mp3``, with the genres in ``fma_metadata/tracks.csv``;
- GTZAN's: ``blues/blues.00000.au``, often below ``genres`` or Kaggle's ``Data/genres_original``;
- anybody's: ``GENRE/song.any`` or deeper, such as ``GENRE/Artist/Album/song.any``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path, PurePosixPath

from lib.audio import AUDIO_SUFFIXES
from lib.dataset.cells import one_line
from lib.dataset.fma import FmaTrack, find_metadata, read_metadata
from lib.dataset.remote import Address, Place, find_files
from lib.errors import DatasetError

# Folders that archives put around the genres; none of them is a genre.
_WRAPPERS = frozenset({"audio", "data", "genres", "genres_original"})
_GTZAN = re.compile(r"(?P<genre>.+)\.\d{5}")
_FMA = re.compile(r"(?:.*/)?\d{3}/\d{6}\.\w+")


@dataclass(frozen=True)
class Song:
    """A file to be heard.

    Parameters
    ----------
    path : Path or Address
    relative : str
        The path below the data set's folder, with ``/``.
    track : str
        Its name in the tables: unique, and the same however many files are added.
    genre : str
    artist, title : str
        Where the layout knows them; else empty, and the file's tags may tell.
    folder_artist : str
        The folder that stands for the artist where neither layout nor tags do, or empty.
    split : str
        ``train``, ``valid``, ``test``, or empty where the layout knows none.
    """

    path: Place
    relative: str
    track: str
    genre: str
    artist: str = ""
    title: str = ""
    folder_artist: str = ""
    split: str = ""


@dataclass(frozen=True)
class Refusal:
    """A file that gives no row, and why."""

    path: Place
    reason: str
    genre: str = ""


@dataclass(frozen=True)
class Layout:
    """What a folder holds: songs sorted by their relative path, and files that can't be used."""

    folder: Place
    songs: tuple[Song, ...]
    refused: tuple[Refusal, ...]


def read_layout(folder: Place, *, without: Path | None = None) -> Layout:
    """Find the songs of a folder and what its layout says about them.

    Parameters
    ----------
    folder : Path or Address
        Hidden files and whatever is no audio by its suffix are passed over.  Links are followed,
        each folder once.
    without : Path or None
        Where the tables go; such a folder inside `folder` is not looked into.

    Raises
    ------
    DatasetError
        Where there is no such folder, no song in it, no genre folder, or FMA's songs without
        FMA's metadata.
    """
    if isinstance(folder, Path) and not folder.is_dir():
        raise DatasetError(
            f"{folder}: there is no such folder; give the one with the genres in it."
        )
    files, refused = _find(folder, without=without)
    if not files:
        raise DatasetError(
            f"{folder}: there is no song in it (a file ending in "
            f"{', '.join(sorted(AUDIO_SUFFIXES))}); songs go into one folder a genre."
        )
    # Of songs from elsewhere, FMA's metadata is looked for where the tables go.
    beside = folder if isinstance(folder, Path) else without
    described = _fma_songs(folder, beside, files) or list(_genre_songs(files))
    songs: dict[str, Song] = {}
    for item in described:
        if isinstance(item, Refusal):
            refused.append(item)
        elif item.track in songs:
            reason = f"It is the same track as {songs[item.track].relative}: take one away."
            refused.append(Refusal(item.path, reason, item.genre))
        else:
            songs[item.track] = item
    if not songs:
        reason = refused[-1].reason
        raise DatasetError(f"{folder}: none of its {len(files)} songs can be used.  {reason}")
    return Layout(folder, tuple(songs.values()), tuple(refused))


def _walk(folder: Place, *, without: Path | None) -> Iterator[tuple[str, Place] | Refusal]:
    """Find audio files, real folders before links, so that a link never takes a folder's place."""
    if isinstance(folder, Address):
        yield from (found for found in find_files(folder) if _is_audio(found[1]))
        return
    seen: set[tuple[int, int]] = set()
    folders, links = [folder], list[Path]()
    while folders or links:
        here = folders.pop() if folders else links.pop(0)
        try:
            status = here.stat()
            if (status.st_dev, status.st_ino) in seen or here == without != folder:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = [(path, path.is_dir()) for path in here.iterdir() if not _hidden(path)]
        except OSError as error:
            yield Refusal(here, f"This folder can't be read ({error.strerror}).")
            continue
        for path, is_folder in sorted(entries, reverse=True):
            if is_folder:
                (links if path.is_symlink() else folders).append(path)
            elif _is_audio(path):
                yield path.relative_to(folder).as_posix(), path


def _is_audio(place: Place) -> bool:
    return place.suffix.lower() in AUDIO_SUFFIXES


def _hidden(path: Path) -> bool:
    """Tell what a person doesn't see: dot files, macOS' ``._song.mp3`` among them."""
    return path.name.startswith(".") or path.name == "__MACOSX"


def _find(folder: Place, *, without: Path | None) -> tuple[list[tuple[str, Place]], list[Refusal]]:
    """Return the audio files sorted by relative path, and what can't be used at all."""
    files, refused = [], []
    for found in _walk(folder, without=without):
        if isinstance(found, Refusal):
            refused.append(found)
        elif found[0].encode(errors="replace").decode() != found[0]:
            # Bytes that are no UTF-8 come as lone surrogates, which no table can hold.
            refused.append(Refusal(found[1], "Its name is no valid UTF-8: rename it."))
        else:
            files.append(found)
    return sorted(files, key=itemgetter(0)), sorted(refused, key=lambda refusal: str(refusal.path))


def _fma_songs(
    folder: Place, beside: Path | None, files: Sequence[tuple[str, Place]]
) -> list[Song | Refusal]:
    """Describe FMA's songs; nothing where the folder is none of FMA's."""
    ours = [_FMA.fullmatch(relative) is not None for relative, _ in files]
    metadata = find_metadata(beside) if beside is not None else None
    if not any(ours) or (metadata is None and not all(ours)):
        return []
    if metadata is None:
        raise DatasetError(
            f"{folder}: these are FMA's songs, whose genres stand in fma_metadata/tracks.csv; "
            f"unpack fma_metadata.zip beside them, or run 00_preprocess.py --download fma_small."
        )
    known = read_metadata(metadata, {path.stem for _, path in files})
    return [_fma_song(relative, path, known.get(path.stem), metadata) for relative, path in files]


def _fma_song(relative: str, path: Place, known: FmaTrack | None, metadata: Path) -> Song | Refusal:
    if known is None:
        return Refusal(path, f"{metadata} does not know it.")
    if not known.genre:
        return Refusal(path, f"{metadata} gives it no top genre (track.genre_top).")
    return Song(
        path, relative, path.stem, known.genre, known.artist, known.title, split=known.split
    )


def _genre_songs(files: Sequence[tuple[str, Place]]) -> Iterator[Song | Refusal]:
    """Describe songs whose first folder, below those that only wrap, is their genre."""
    depth = _wrapping([PurePosixPath(relative).parts for relative, _ in files])
    for relative, path in files:
        parts = PurePosixPath(relative).parts[depth:]
        genre = one_line(parts[0]) if len(parts) > 1 else ""
        if not genre:
            yield Refusal(path, "It lies in no genre's folder: move it into one.")
            continue
        song = Song(path, relative, relative, genre)
        gtzan = _GTZAN.fullmatch(path.stem)
        if gtzan and gtzan["genre"].casefold() == genre.casefold():
            song = replace(song, track=path.stem)
        if len(parts) > 3:
            song = replace(song, folder_artist=one_line(parts[1]))
        yield song


def _wrapping(paths: Sequence[tuple[str, ...]]) -> int:
    """Count the folders around the genres: a lone folder of a known name with folders in it."""
    depth = 0
    while True:
        names = {parts[depth].casefold() for parts in paths if len(parts) > depth + 1}
        deep = any(len(parts) > depth + 2 for parts in paths)
        if not deep or len(names) > 1 or not names <= _WRAPPERS:
            return depth
        depth += 1
