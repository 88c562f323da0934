"""Two models on the same songs, counted by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from lib.features import FEATURE_NAMES, FEATURES_VERSION
from lib.judgement import Comparison, JudgementError, Rows, compare
from lib.model import Layer, Model, Network, Scaler, Song, Songs


def pointing(labels: tuple[str, ...], name: str = "old", **story: object) -> Model:
    """Return a model that names the genre whose number, from 0, is the largest of the features."""
    kernel = np.zeros((85, len(labels)), dtype=np.float32)
    kernel[: len(labels)] = np.eye(len(labels))
    return Model(
        name=name,
        labels=labels,
        feature_names=FEATURE_NAMES,
        features_version=FEATURES_VERSION,
        scaler=Scaler(np.zeros(85), np.ones(85)),
        network=Network("pointing", 85, (Layer(len(labels), "softmax"),)),
        weights=((kernel, np.zeros(len(labels), dtype=np.float32)),),
        **story,
    )


def table(songs: list[tuple[str, int]]) -> Rows:
    """Return rows that name a genre's number each; a song that is named twice has two windows."""
    X = np.zeros((len(songs), 85))
    for row, (_, number) in enumerate(songs):
        X[row, number] = 1 + row / 10
    tracks = [name for name, _ in songs]
    genres = [name.split(".")[0] for name in tracks]
    unknown = [""] * len(songs)
    columns = [np.array(each, dtype=object) for each in (tracks, genres, unknown, unknown)]
    track, genre, artist, split = columns
    return Rows(track=track, genre=genre, artist=artist, X=X, split=split)


NEW = pointing(("blues", "jazz", "ska"), "new")
OLD = pointing(("blues", "jazz"))  # the third number of the features means nothing to it

SONGS = [
    ("blues.1", 0),  # both are right
    ("blues.2", 1),  # both take it for jazz
    ("jazz.1", 1),  # both are right
    ("jazz.2", 2),  # new: ska; old: all features it looks at are equal, so blues, the first
    ("ska.1", 2),  # only the new one can be right
    ("ska.2", 2),
    ("ska.2", 0),  # its second window weighs more for blues: both wrong
]


def test_every_figure_is_what_the_songs_say() -> None:
    found = compare(table(SONGS), NEW, OLD, by="artist")
    assert (found.model, found.by, found.learned) == ("old", "artist", None)
    assert (found.new.right, found.new.songs) == (3, 6)
    assert (found.present.right, found.present.songs) == (2, 6)
    assert (found.shared_new.right, found.shared_new.songs) == (2, 4)
    assert (found.shared_present.right, found.shared_present.songs) == (2, 4)
    assert (found.only_new, found.only_present) == (1, 0)
    assert found.chance == 1.0
    blues, jazz, ska = found.genres
    assert (blues.songs, blues.new, blues.present, blues.taken_for) == (2, 1, 1, {"jazz": 1})
    assert (jazz.songs, jazz.new, jazz.present, jazz.taken_for) == (2, 1, 1, {"ska": 1})
    assert (ska.songs, ska.new, ska.present, ska.taken_for) == (2, 1, None, {"blues": 1})
    assert found.new_genres == (ska,)


def test_most_frequent_confusion_comes_first() -> None:
    songs = [("jazz.1", 0), ("jazz.2", 2), ("jazz.3", 2), ("jazz.4", 1)]
    (jazz,) = compare(table(songs), NEW, OLD, by="song").genres
    assert list(jazz.taken_for.items()) == [("ska", 2), ("blues", 1)]


@pytest.mark.parametrize(
    ("only_new", "only_present", "chance"),
    [(0, 0, 1.0), (1, 1, 1.0), (0, 6, 2 / 64), (8, 2, 2 * (1 + 10 + 45) / 1024)],
)
def test_chance_is_the_sign_test(only_new: int, only_present: int, chance: float) -> None:
    found = compare(table(SONGS), NEW, OLD, by="artist").to_dict()
    found |= {"only_new": only_new, "only_present": only_present}
    assert Comparison.from_dict(found).chance == pytest.approx(chance)


def test_the_data_it_learned_from_are_recognised() -> None:
    rows = table(SONGS)
    refit = pointing(
        ("blues", "jazz"), data={"fingerprint": "f"}, training={"config": {"refit": True}}
    )
    found = compare(rows, NEW, refit, by="artist", fingerprint="f")
    assert (found.learned, found.fresh_new.songs, found.only_new) == (6, 0, 0)
    assert "old has learned from 6 of these songs, the new model from none: " in "".join(
        found.sentences()
    )
    assert compare(rows, NEW, refit, by="artist", fingerprint="g").learned is None
    assert compare(rows, NEW, OLD, by="artist", fingerprint="f").learned is None


def test_the_songs_it_carries_are_recognised_and_do_not_decide() -> None:
    rows = table(SONGS)
    known = [0, 3]  # blues.1, which both name rightly, and jazz.2, which neither does
    carried = Songs(
        tuple(Song(rows.track[i], "", "", rows.genre[i]) for i in known),
        np.arange(2, dtype=np.int32),
        rows.X[known].astype(np.float16),  # its scaler changes nothing
    )
    found = compare(rows, NEW, pointing(("blues", "jazz"), songs=carried), by="artist")
    assert found.learned == 2
    assert (found.new.right, found.present.right) == (3, 2)
    assert (found.fresh_new.right, found.fresh_new.songs) == (2, 4)
    assert (found.fresh_present.right, found.fresh_present.songs) == (1, 4)
    told = "\n".join(found.sentences())
    assert "old has learned from 2 of these songs, the new model from none: that flatters" in told
    assert "On the 4 others the new model is right for 50.0 %, old for 25.0 %." in told


def test_what_is_no_figure_is_not_told_of_it() -> None:
    spoilt = pointing(("blues", "jazz"), metrics={"validation": {"accuracy": "good", "songs": 30}})
    assert compare(table(SONGS), NEW, spoilt, by="artist").own is None


def test_it_goes_through_json_unchanged() -> None:
    found = compare(table(SONGS), NEW, OLD, by="artist")
    content = json.loads(json.dumps(found.to_dict()))
    assert Comparison.from_dict(content) == found
    assert content["new"]["accuracy"] == 0.5
    assert content["new"]["interval"] == pytest.approx([0.188, 0.812], abs=0.001)


def test_it_is_told_in_sentences() -> None:
    own = pointing(("blues", "jazz"), metrics={"validation": {"accuracy": 2 / 3, "songs": 30}})
    assert list(compare(table(SONGS), NEW, own, by="artist").sentences()) == [
        "On the 6 songs held out the new model is right for 50.0 %, old for 33.3 %.",
        "On the 4 of genres that both know it is right for 50.0 %, old for 50.0 %.",
        "ska is new: 1 of 2 songs recognised, the others taken for blues (1).",
        "Whether old has learned from some of these songs can't be told; if so, it flatters old.",
        "Only the new one is right on 1 of 6 songs, only old on 0.",
        "On the 30 songs held out of its own training old was right for 66.7 %.",
    ]


def test_a_model_that_hears_otherwise_is_given_the_songs_as_it_hears_them() -> None:
    """Of those alone that both can hear; ``blues.1`` stands for a song whose audio is gone."""
    theirs = table([("blues.2", 0), ("jazz.1", 0), ("jazz.2", 1), ("ska.1", 0), ("ska.9", 0)])
    found = compare(table(SONGS), NEW, OLD, by="artist", heard=theirs)
    assert (found.new.right, found.new.songs) == (2, 4)
    assert (found.present.right, found.present.songs) == (2, 4)
    assert (found.shared_new.right, found.shared_present.right) == (1, 2)
    assert (found.only_new, found.only_present) == (2, 2)
    with pytest.raises(JudgementError, match="no song held out that both models can hear"):
        compare(table(SONGS), NEW, OLD, by="artist", heard=table([("ska.9", 0)]))
