from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lib.errors import Cancelled
from lib.judgement import FoldsBy, JudgementError, LeakError, Rows, judge_over_folds
from lib.progress import silent
from tests.judgement.nearest import Nearest

LABELS = ("jazz", "rock")


@pytest.fixture
def rows(make_rows: Callable[..., Rows]) -> Rows:
    """Return 40 songs by ten artists, each artist a place of his own, two windows in some."""
    made = make_rows(
        list(LABELS) * 20,
        [f"artist {i % 10}" for i in range(40)],
        windows=[1, 2, 1, 1] * 10,
        splits=["train", "train", "valid", "valid", "test", "excluded", "train", "train"] * 5,
    )
    for row, artist in enumerate(made.artist):
        made.X[row] += 100 * int(artist[-1])
    return made


def judge(rows: Rows, *learners: Nearest, protocol: FoldsBy) -> None:
    judge_over_folds(rows, learners, labels=LABELS, protocol=protocol, folds=5, seed=0)


@pytest.mark.parametrize("protocol", ["artist", "random"])
def test_every_song_but_those_of_the_test_split_is_judged_once(
    rows: Rows, protocol: FoldsBy
) -> None:
    learners = Nearest(), Nearest("again")
    found = judge_over_folds(
        rows, learners, labels=LABELS, protocol=protocol, folds=4, seed=0, progress=silent
    )
    assert list(found) == ["nearest", "again"]
    scores = found["nearest"]
    assert sorted(scores.judged) == np.flatnonzero(rows.split != "test").tolist()
    assert scores.pooled.n == 35
    assert len(scores.accuracies) == len(scores.seconds) == 4
    assert scores.mean == pytest.approx(np.mean(scores.accuracies))
    assert scores.scores.shape == (len(scores.judged), 2)
    assert Counter(scores.fold.tolist()).keys() == {0, 1, 2, 3}
    for one, other in zip(learners[0].seen, learners[1].seen, strict=True):
        assert one.track.tolist() == other.track.tolist()  # the very same folds


def test_scores_are_those_of_what_had_not_learned_the_row(rows: Rows) -> None:
    learner = Nearest()
    found = judge_over_folds(rows, [learner], labels=LABELS, protocol="artist", folds=4, seed=1)
    scores = found["nearest"]
    for number, training in enumerate(list(learner.seen)):
        judged = scores.judged[scores.fold == number]
        assert not set(rows.artist[judged]) & set(training.artist)
        again = learner.learn(training, labels=LABELS, progress=silent)(rows.X[judged])
        np.testing.assert_array_equal(again, scores.scores[scores.fold == number])


def test_artists_are_recognised_by_random_folds_alone(rows: Rows) -> None:
    def mean(protocol: FoldsBy) -> float:
        made = judge_over_folds(
            rows, [Nearest()], labels=LABELS, protocol=protocol, folds=5, seed=0
        )
        return made["nearest"].mean

    assert mean("random") == 1
    assert mean("artist") < 0.8  # a neighbouring artist's genre is the other one


def test_the_tables_own_split_is_one_fold(rows: Rows) -> None:
    learner = Nearest()
    found = judge_over_folds(rows, [learner], labels=LABELS, protocol="split", folds=9, seed=0)
    assert set(learner.seen[0].split) == {"train", "valid"}
    assert set(rows.split[found["nearest"].judged]) == {"test"}
    assert len(found["nearest"].accuracies) == 1
    untested = rows.at(np.flatnonzero(rows.split != "test"))
    found = judge_over_folds(untested, [learner], labels=LABELS, protocol="split", folds=0, seed=0)
    assert set(learner.seen[1].split) == {"train"}
    assert set(untested.split[found["nearest"].judged]) == {"valid"}


def test_what_the_split_leaves_on_both_sides_is_refused(rows: Rows) -> None:
    rows.X[rows.split == "test"] = rows.X[rows.split == "train"][0]
    with pytest.raises(LeakError, match="Replicas"):
        judge(rows, Nearest(), protocol="split")


@pytest.mark.parametrize(
    ("splits", "match"),
    [
        (["", ""], "names no songs to learn from"),
        (["train", "train"], "none to judge"),
        (["valid", "valid"], "names no songs to learn from"),
        (["train", "valid"], "leaves no song of rock to learn from"),
    ],
)
def test_a_split_that_leaves_a_side_empty_is_refused(
    rows: Rows, splits: list[str], match: str
) -> None:
    split = np.array([splits[LABELS.index(genre)] for genre in rows.genre], dtype=object)
    with pytest.raises(JudgementError, match=match):
        judge(replace(rows, split=split), Nearest(), protocol="split")


def test_progress_runs_over_all_and_can_cancel(rows: Rows) -> None:
    told: list[tuple[str, float | None]] = []

    def watch(step: str, fraction: float | None, /) -> None:
        told.append((step, fraction))
        if fraction == 0.5:
            raise Cancelled

    learners = Nearest(), Nearest("again")
    with pytest.raises(Cancelled):
        judge_over_folds(
            rows, learners, labels=LABELS, protocol="random", folds=4, seed=0, progress=watch
        )
    assert [fraction for _, fraction in told] == pytest.approx([k / 16 for k in range(1, 9)])
    assert told[2][0] == "Judging again by random folds"
