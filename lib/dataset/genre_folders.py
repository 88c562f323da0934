"""What is found before songs are heard: which genres, and whether these are genres at all.

Any folder is taken for a genre, that of an artist or an album too, which is seen too late once a
night was spent on hearing it.
"""

from __future__ import annotations

from collections import Counter

from lib.dataset.layout import Layout
from lib.dataset.learnable import FEWEST_SONGS
from lib.genres import is_usual, plain
from lib.wording import clean, count

_MOST_NAMED = 20  # genres; more are counted
_MANY = 8  # folders
_FEW = 2  # songs: nobody collects genres of so few
_NAMED = 3
_ALBUM_DEPTH = 3  # parts of Artist/Album/song.mp3


def found_line(layout: Layout) -> str:
    """Return which genres a folder holds, with their songs, those with most songs first."""
    songs = Counter(song.genre for song in layout.songs)
    named = [f"{clean(genre)} ({n:,})" for genre, n in _ranked(songs)]
    if len(named) > _MOST_NAMED:
        named[_MOST_NAMED:] = [f"and {len(named) - _MOST_NAMED:,} more"]
    genres = count(len(songs), "genre")
    return f"{count(songs.total(), 'song')} of {genres}: {', '.join(named)}"


def doubts(layout: Layout) -> tuple[str, ...]:
    """Say, as sentences, why the folders may be no genres; nothing where they look like some."""
    songs = Counter(song.genre for song in layout.songs)
    return tuple(filter(None, (_other_things(songs, layout), _spelt_twice(songs))))


def _other_things(songs: Counter[str], layout: Layout) -> str:
    """Say that the folders look like artists or albums, or hold too little; "" where neither."""
    strange = [genre for genre, _ in _ranked(songs) if not is_usual(genre)]
    small = sum(n <= _FEW for n in songs.values())
    nested = sum(song.relative.count("/") + 1 == _ALBUM_DEPTH for song in layout.songs)
    many = len(songs) >= _MANY
    mostly_small = many and 2 * small > len(songs)
    like_albums = 2 * nested > len(layout.songs) and len(songs) > _NAMED
    hold = f"{small:,} of them hold one or two songs"
    if 2 * len(strange) > len(songs) and (many or like_albums):
        named = ", ".join(f"“{clean(genre)}”" for genre in strange[:_NAMED])
        return (
            f"These {len(songs):,} folders look like artists or albums rather than genres: "
            f"{f'{hold}, and ' if mostly_small else ''}{len(strange):,} are called by no usual "
            f"genre, such as {named}. Each is taken for a genre. If they are none, put them into a "
            f"folder for each genre (GENRE/Artist/song.mp3) and begin anew."
        )
    if mostly_small:
        return (
            f"These {len(songs):,} folders are each taken for a genre, though {hold}, and a "
            f"training needs {FEWEST_SONGS} of each. Put more songs into them, or several folders "
            f"into one for each genre."
        )
    return ""


def _spelt_twice(songs: Counter[str]) -> str:
    """Say which genres only differ in spelling; "" where none do."""
    spelt: dict[str, list[str]] = {}
    for genre in sorted(songs):
        spelt.setdefault(plain(genre), []).append(f"“{clean(genre)}”")
    twice = [" and ".join(names) for names in spelt.values() if len(names) > 1]
    if not twice:
        return ""
    return (
        f"{'; '.join(twice[:_NAMED])} differ in spelling alone and count as genres of their own: "
        f"give them one name."
    )


def _ranked(songs: Counter[str]) -> list[tuple[str, int]]:
    return sorted(songs.items(), key=lambda pair: (-pair[1], pair[0]))
