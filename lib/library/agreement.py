"""Whether the genre that a file's tags name contradicts the one that was heard."""

from __future__ import annotations

from collections.abc import Sequence

from lib.genres import plain, words

# Names in common use for genres that models call otherwise.
_ALSO_CALLED = {
    "hiphop": ("rap", "triphop"),
    "classical": ("baroque", "opera", "symphony", "chambermusic", "klassik"),
    "electronic": ("electronica", "techno", "house", "trance", "edm"),
    "country": ("bluegrass",),
    "reggae": ("dub", "rocksteady"),
}
_MOST_JOINED = 3


def contradicts(tag: str, heard: str, genres: Sequence[str]) -> bool:
    """Tell whether a tag names genres that a model knows, and the one that was heard is none.

    A tag that names nothing the model knows, such as "Soundtrack", contradicts nothing: the model
    had no way to say so.

    Parameters
    ----------
    tag : str
        As it stands in the file: ``"Hip-Hop/Rap"``, ``"Pop; Rock"``.
    heard : str
        One of the genres.
    genres : sequence of str
        All that the model can name.

    Examples
    --------
    >>> known = ["blues", "hiphop", "metal", "pop", "rock"]
    >>> contradicts("Hip-Hop/Rap", "metal", known), contradicts("Pop/Rock", "rock", known)
    (True, False)
    >>> contradicts("Soundtrack", "metal", known), contradicts("", "metal", known)
    (False, False)
    """
    named = genres_named(tag, genres)
    return bool(named) and heard not in named


def genres_named(tag: str, genres: Sequence[str]) -> frozenset[str]:
    """Return the genres that a tag names, in whole words and however they are spelt.

    Examples
    --------
    >>> sorted(genres_named("Classic Rock & Hip Hop", ["hiphop", "pop", "rock"]))
    ['hiphop', 'rock']
    >>> sorted(genres_named("popular", ["pop"])), sorted(genres_named("Rap", ["hiphop"]))
    ([], ['hiphop'])
    >>> sorted(genres_named("R&B; Drum & Bass", ["blues", "drum_and_bass", "rnb"]))
    ['drum_and_bass', 'rnb']
    """
    said = words(tag)
    # As many as the longest name has, and three at least, for models run words together.
    most = max(_MOST_JOINED, *(len(words(genre)) for genre in genres), 0)
    # Words, and several that stand together, written as one: "hip", "hiphop", "hop".
    spelt = {
        plain(" ".join(said[start : start + count]))
        for start in range(len(said))
        for count in range(1, most + 1)
    }
    return frozenset(
        genre
        for genre in genres
        if not spelt.isdisjoint((plain(genre), *_ALSO_CALLED.get(plain(genre), ())))
    )
