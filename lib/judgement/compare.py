"""Two models asked for the genre of the same songs, which the new one has not learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from lib.judgement.comparison import Comparison, GenreCompared, Share
from lib.judgement.errors import JudgementError
from lib.judgement.evaluate import song_means
from lib.judgement.learned import learned_songs
from lib.judgement.rows import Rows
from lib.model import Model, measured_by


def compare(
    rows: Rows,
    new: Model,
    present: Model,
    *,
    by: str,
    fingerprint: str = "",
    heard: Rows | None = None,
) -> Comparison:
    """Ask two models for the genre of the same songs.

    Parameters
    ----------
    rows : Rows
        The songs' windows, of which the new model has learned none.
    new : Model
        Knows all their genres.
    present : Model
        May not know all of them.
    by : {"split", "artist", "song"}
        What the songs were chosen by.
    fingerprint : str
        Of the data set that the present model's rows are of.
    heard : Rows or None
        The same songs as the present model hears them, where it hears otherwise than the new one.
        A song that one of the two can't hear has no part in this.

    Raises
    ------
    ModelError
        If a model was trained on features of another number.
    JudgementError
        If no song is left that both can hear.
    """
    rows, theirs = _of_both(rows, rows if heard is None else heard)
    called, called_before = call_songs(rows, new), call_songs(theirs, present)
    songs = dict(zip(rows.track.tolist(), rows.genre.tolist(), strict=True))
    right = {track for track, genre in songs.items() if called[track] == genre}
    right_before = {track for track, genre in songs.items() if called_before[track] == genre}
    shared = {track for track, genre in songs.items() if genre in present.labels}
    learned = learned_songs(present, theirs, fingerprint)
    fresh = set(songs) - (learned or set())
    return Comparison(
        model=present.name,
        by=by,
        new=Share(len(right), len(songs)),
        present=Share(len(right_before), len(songs)),
        shared_new=Share(len(right & shared), len(shared)),
        shared_present=Share(len(right_before & shared), len(shared)),
        learned=None if learned is None else len(learned),
        fresh_new=Share(len(right & fresh), len(fresh)),
        fresh_present=Share(len(right_before & fresh), len(fresh)),
        only_new=len((right - right_before) & fresh),
        only_present=len((right_before - right) & fresh),
        own=_own(present),
        genres=tuple(
            _genre(genre, songs, called, right_before, known=genre in present.labels)
            for genre in sorted(set(songs.values()))
        ),
    )


def _of_both(rows: Rows, others: Rows) -> tuple[Rows, Rows]:
    """Return the rows of the songs that are in both."""
    both = set(rows.track) & set(others.track)
    if not both:
        raise JudgementError("There is no song held out that both models can hear.")
    return rows.of_songs(both), others.of_songs(both)


def call_songs(rows: Rows, model: Model) -> dict[str, str]:
    """Return what a model calls each song of some rows, in the order of the songs."""
    first, means = song_means(rows.track, model.ballots(model.probabilities(rows.X)))
    names: Sequence[str] = rows.track[first].tolist()
    return {name: model.labels[i] for name, i in zip(names, means.argmax(axis=1), strict=True)}


def _own(model: Model) -> Share | None:
    """Return how a model did on the songs held out of its own training, if it says so."""
    accuracy, _, songs = measured_by("validation", model.metrics) or (0.0, None, None)
    return None if songs is None else Share(round(accuracy * songs), songs)


def _genre(
    genre: str,
    songs: Mapping[str, str],
    called: Mapping[str, str],
    right_before: set[str],
    *,
    known: bool,
) -> GenreCompared:
    of_it = [track for track, name in songs.items() if name == genre]
    calls = Counter(called[track] for track in of_it)
    right = calls.pop(genre, 0)
    # By number, then by name: the same songs give the same order.
    others = dict(sorted(calls.items(), key=lambda pair: (-pair[1], pair[0])))
    before = sum(track in right_before for track in of_it) if known else None
    return GenreCompared(genre, len(of_it), right, before, others)
