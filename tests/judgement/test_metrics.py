from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from lib.judgement import JudgementError, judge, wilson_interval

LABELS = ("blues", "jazz", "pop", "rock")


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        # R. G. Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0000),
    ],
)
def test_wilson_against_published_values(right: int, n: int, low: float, high: float) -> None:
    assert wilson_interval(right, n) == pytest.approx((low, high), abs=5e-5)


@given(data=st.data(), n=st.integers(1, 2000))
def test_interval_holds_the_proportion_and_is_symmetric(data: st.DataObject, n: int) -> None:
    right = data.draw(st.integers(0, n))
    low, high = wilson_interval(right, n)
    assert 0 <= low <= right / n <= high <= 1
    mirrored = wilson_interval(n - right, n)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_judgement_of_290_songs_is_uncertain_by_nearly_six_points() -> None:
    low, high = wilson_interval(157, 290)
    assert (high - low) / 2 == pytest.approx(0.057, abs=0.0005)


@pytest.mark.parametrize("seed", range(5))
def test_judgement_equals_scikit_learn(seed: int) -> None:
    rng = np.random.default_rng(seed)
    # In the last run no song is pop, and in the one before none is called rock.
    genres = [label for label in LABELS if seed != 4 or label != "pop"]
    called = [label for label in LABELS if seed != 3 or label != "rock"]
    true = rng.choice(genres, size=60).tolist()
    predicted = np.where(rng.random(60) < 0.5, true, rng.choice(called, size=60)).tolist()
    if seed == 3:
        predicted = ["pop" if genre == "rock" else genre for genre in predicted]
    judgement = judge(true, predicted, LABELS)

    assert judgement.n == 60
    assert judgement.accuracy == pytest.approx(metrics.accuracy_score(true, predicted))
    np.testing.assert_array_equal(
        judgement.confusion, metrics.confusion_matrix(true, predicted, labels=LABELS)
    )
    ours = [(s.precision, s.recall, s.f1, s.support) for s in (judgement.genres[g] for g in LABELS)]
    theirs = metrics.precision_recall_fscore_support(
        true, predicted, labels=LABELS, zero_division=0
    )
    np.testing.assert_allclose(np.transpose(ours), theirs)
    present = {"labels": genres, "average": "macro", "zero_division": 0}
    assert judgement.macro_recall == pytest.approx(metrics.recall_score(true, predicted, **present))
    assert judgement.macro_f1 == pytest.approx(metrics.f1_score(true, predicted, **present))


def test_json_form_is_the_documented_one() -> None:
    form = json.loads(json.dumps(judge(["jazz", "rock"], ["jazz", "jazz"], LABELS).to_dict()))
    assert form["accuracy"] == 0.5
    assert form["interval"] == pytest.approx([0.0945, 0.9055], abs=1e-4)
    assert form["macro_recall"] == 0.5
    assert form["genres"]["jazz"] == {
        "precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3), "support": 1,
    }  # fmt: skip
    assert list(form["genres"]) == form["labels"] == list(LABELS)
    assert form["confusion"] == [[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0]]
    assert form["songs"] == 2


@pytest.mark.parametrize(
    ("true", "predicted", "match"),
    [
        ([], [], "no songs to judge"),
        (["jazz"], [], "1 songs, but 0 predictions"),
        (["polka"], ["jazz"], "not among the labels: polka; the labels are blues, jazz"),
        (["jazz"], ["polka"], "not among the labels: polka"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    true: list[str], predicted: list[str], match: str
) -> None:
    with pytest.raises(JudgementError, match=match):
        judge(true, predicted, LABELS)
