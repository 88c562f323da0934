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
# What nearly every genre has one of in its name, by itself or at its end ("darkwave").
_NAMES = """
acapella afro afrobeat alternative ambient americana arabic audiobook baroque beat beats bebop
bhangra bluegrass blues bolero boogie bossa brass breakbeat cabaret celtic chamber chanson
chansons chant childrens chill chillout choir choral christian christmas cinematic classic
classical comedy core country cumbia dance dancehall disco doowop downtempo drumandbass dub
dubstep easy ebm edm electro electronic electronica emo enka ethnic experimental fado film
flamenco folk folklor folklore funk fusion garage glam goa gospel goth gothic grime grunge
hardcore hardstyle hiphop historic holiday house idm indie industrial instrumental international
jazz jazzfunk jpop jungle klassik kpop krautrock latin lofi lounge mambo march medieval
meditation metal minimal motown music musical musicals musik newage newwave noise oldies oldtime
oper opera orchestral phonk polka pop psychedelic punk qawwali ragga ragtime randb rap reggae
reggaeton relax religious renaissance rock rockabilly rockandroll romantic roots rumba salsa
samba schlager score singersongwriter ska soul soundtrack soundtracks speech spoken step surf
swing symphonic symphony synth tango techno trad traditional trance trap triphop tropical urban
vaporwave vocal volksmusik waltz wave world worldmusic zouk
"""
_OFTEN = frozenset(_NAMES.split())
_ENDS = ("beat", "core", "folk", "funk", "house", "jazz", "metal", "pop", "punk", "rock", "step",
         "wave")  # fmt: skip
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


def is_usual(name: str) -> bool:
    """Tell whether a name looks like a genre's, not like that of an artist or an album.

    Examples
    --------
    >>> [is_usual(name) for name in ("Hip Hop", "deep_house", "darkwave", "Old-Time / Historic")]
    [True, True, True, True]
    >>> [is_usual(name) for name in ("Abba", "1999", "The Dark Side of the Moon", "Metallica")]
    [False, False, False, False]
    """
    said = words(name)
    joined = {plain(" ".join(said[i:j])) for i in range(len(said)) for j in range(i + 1, i + 4)}
    return not joined.isdisjoint(_OFTEN) or plain(name).endswith(_ENDS)


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
