"""What was heard in a song: the values that the console prints and the window draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lib.genres import plain
from lib.wording import percent
from lib.youtube import Entry

if TYPE_CHECKING:  # only who asks why waits for numpy
    from lib.explanation import Explanation

_DOUBTS = {
    "unsure": "An answer this unsure is wrong more often than right.",
    "outlier": (
        "The model learned nothing like this; it may be of a genre it does not know, or no music."
    ),
}
SURE_TAG = 0.1
"""From what on a tag is worth a word: most songs have two to five such tags of fifty."""
MOST_TAGS = 5


@dataclass(frozen=True)
class WindowPrediction:
    """What was heard in one stretch of a song.

    Parameters
    ----------
    start, end : float
        Where it lies in the song, in seconds.
    genre : str
        The likeliest genre.
    probabilities : mapping of str to float
        Every genre of the model, likeliest first; they sum to 1.
    unsure : bool
        As of a whole song, see `Prediction.unsure`.
    """

    start: float
    end: float
    genre: str
    probabilities: Mapping[str, float]
    unsure: bool = False


@dataclass(frozen=True)
class Prediction:
    """What was heard in a whole song.

    Parameters
    ----------
    source : str
        A file's path, or a video's link.
    title, artist : str
        From the file's tags; the title falls back to the file's name, the artist to ``""``.  Of a
        video, what YouTube says: the artist is its channel, whoever that belongs to.
    seconds : float
        The song's true length, as it was heard.
    tempo : float
        The median tempo over the windows, in beats per minute.  Of a window in which nothing sets
        in it is what is likeliest beforehand, 117; see `~lib.features.rhythm.estimate_tempo`.
    genre : str
        The likeliest genre.
    confidence : float
        Its probability.
    probabilities : mapping of str to float
        Every genre of the model, likeliest first: the mean over the windows; they sum to 1.
    windows : tuple of WindowPrediction
        In order of time.
    warnings : tuple of str
        What was wrong with the sound, and what of it was left out.
    model : str
        The name of the model that answered.
    tags : mapping of str to float
        What else was heard, where a model hears by the backbone: how surely each of its tags fits,
        0 to 1, surest first.  They are no genres of the model, and don't sum to 1.
    video : Entry or None
        The video that it is the sound of, with YouTube's own words of it; None for a file.
    unsure : bool
        Whether answers of so little confidence are more often wrong than right, or it is below
        `own_limit`.
    outlier : bool
        Whether the song is unlike all that the model learned: it may be of no genre.  Both are
        False of a model that can't tell (see `~lib.model.Confidence`).
    own_limit : float or None
        The confidence below which a person calls an answer unsure; None for the model's own limit.
    why : Explanation or None
        Why the model says so; None where nobody asked.
    """

    source: str
    title: str
    artist: str
    seconds: float
    tempo: float
    genre: str
    confidence: float
    probabilities: Mapping[str, float]
    windows: tuple[WindowPrediction, ...]
    warnings: tuple[str, ...]
    model: str
    tags: Mapping[str, float] = field(default_factory=dict)
    video: Entry | None = None
    unsure: bool = False
    outlier: bool = False
    own_limit: float | None = None
    why: Explanation | None = None

    @property
    def doubt(self) -> str:
        """What to think of the answer, in a word: ``"outlier"``, ``"unsure"``, or ``""``."""
        # Of what is unlike all that was learned, the confidence says nothing.
        return "outlier" if self.outlier else "unsure" if self.unsure else ""

    @property
    def doubts(self) -> str:
        """The same as a sentence; ``""`` where there is none."""
        if self.doubt == "unsure" and self.own_limit is not None:
            # That wrong answers outnumber right ones is known of the model's own limit alone.
            return f"An answer below your limit of {percent(self.own_limit)}."
        return _DOUBTS.get(self.doubt, "")

    @property
    def also_heard(self) -> tuple[str, ...]:
        """The few surest tags, in words: instruments, moods, decades, styles; none is an answer."""
        sure = [tag for tag, share in self.tags.items() if share >= SURE_TAG]
        genre = plain(self.genre)
        return tuple(tag for tag in sure if plain(tag) != genre)[:MOST_TAGS]

    def to_dict(self) -> dict[str, Any]:
        """Return the prediction as plain values, for JSON.

        Probabilities keep six decimals and times three: more would be noise.  Only a video's has
        ``"video"``, only what was heard by the backbone has ``"tags"``, and only where somebody
        asked there is ``"why"``.
        """
        return {
            "source": self.source,
            "title": self.title,
            "artist": self.artist,
            "seconds": round(self.seconds, 3),
            "tempo": round(self.tempo, 2),
            "genre": self.genre,
            "confidence": round(self.confidence, 6),
            "unsure": self.unsure,
            "outlier": self.outlier,
            "probabilities": _rounded(self.probabilities),
            "windows": [
                {
                    "start": round(window.start, 3),
                    "end": round(window.end, 3),
                    "genre": window.genre,
                    "probabilities": _rounded(window.probabilities),
                }
                for window in self.windows
            ],
            "warnings": list(self.warnings),
            "model": self.model,
            **({"tags": _rounded(self.tags)} if self.tags else {}),
            **({"video": video_to_dict(self.video)} if self.video is not None else {}),
            **({"why": self.why.to_dict()} if self.why is not None else {}),
        }


def video_to_dict(video: Entry) -> dict[str, Any]:
    """Return what YouTube says of a video as plain values, for JSON."""
    return {
        "id": video.id,
        "link": video.link,
        "title": video.title,
        "channel": video.channel,
        "seconds": video.seconds,
    }


def _rounded(probabilities: Mapping[str, float]) -> dict[str, float]:
    """Return the probabilities with six decimals, in their order."""
    return {genre: round(p, 6) for genre, p in probabilities.items()}
