"""Names of genres: how people write them, and which two only differ by how they are written.

Models name genres as the folders of their songs were called, "hiphop"; libraries say "Hip-Hop".
"""

from __future__ import annotations

import re
from functools import lru_cache

# What a capital on each word would not make of a name, by its letters.
_WRITTEN = {
    "hiphop": "Hip-Hop",
    "triphop": "Trip-Hop",
    "randb": "R&B",
    "drumandbass": "Drum & Bass",
    "rockandroll": "Rock & Roll",
    "singersongwriter": "Singer-Songwriter",
    "kpop": "K-Pop",
    "jpop": "J-Pop",
    "lofi": "Lo-Fi",
}
_CAPITALS = frozenset({"asmr", "dj", "ebm", "edm", "idm", "ost", "uk", "us", "usa"})
_SMALL = frozenset({"a", "and", "for", "from", "in", "n", "of", "on", "or", "the", "to"})
# Other spellings, by their letters.
_SAME = {
    "rb": "randb",
    "rnb": "randb",
    "rhythmandblues": "randb",
    "dnb": "drumandbass",
    "dandb": "drumandbass",
    "drumbass": "drumandbass",
    "drumnbass": "drumandbass",
    "rocknroll": "rockandroll",
}
_AND = re.compile(r"&|['’]n['’]")
_WORDS = re.compile(r"[^\W_]+")
_LOWER_WORDS = re.compile(r"[^\W_]['’\w]*")


def written(genre: str) -> str:
    """Return how people write a genre, for the tags of their songs.

    Parameters
    ----------
    genre : str
        As a model calls it.  One with a capital is somebody's own spelling, which stays.

    Examples
    --------
    >>> [written(genre) for genre in ("hiphop", "rnb", "drum_and_bass", "IDM", "uk funky")]
    ['Hip-Hop', 'R&B', 'Drum & Bass', 'IDM', 'UK Funky']
    >>> [written(genre) for genre in ("music of the 80s", "children's music", "soul/rnb")]
    ['Music of the 80s', "Children's Music", 'Soul/R&B']
    """
    if genre != genre.lower():
        return genre
    name = " ".join(genre.replace("_", " ").split())
    whole = _WRITTEN.get(plain(name))
    return whole or _LOWER_WORDS.sub(_capital, name) or genre


@lru_cache(maxsize=4096)  # a library of thousands of songs has a few dozen genres
def plain(name: str) -> str:
    """Return a genre without what spelling differs in: two that are the same are one genre.

    Examples
    --------
    >>> plain("Hip-Hop") == plain("hiphop"), plain("R&B") == plain("RnB"), plain("Pop/Rock")
    (True, True, 'poprock')
    """
    letters = "".join(words(name))
    return _SAME.get(letters, letters) or name


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name, or of several, in small letters.

    Examples
    --------
    >>> words("Classic Rock; R&B")
    ('classic', 'rock', 'r', 'and', 'b')
    """
    return tuple(_WORDS.findall(_AND.sub(" and ", name.casefold())))


def _capital(found: re.Match[str]) -> str:
    word = found[0]
    if word in _CAPITALS:
        return word.upper()
    if word in _SMALL and found.start() > 0:
        return word
    return _WRITTEN.get(_SAME.get(word, word)) or word[:1].upper() + word[1:]
