"""Everything in one table: judged on the same folds, each figure kept the moment it is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from lib.dataset import Dataset, preprocess, read_dataset
from lib.errors import Cancelled, DatasetError
from lib.features import FEATURE_NAMES, FEATURE_SETS
from lib.judgement import Rows, Scorer, judge_over_folds
from lib.progress import Progress, silent
from lib.search import (
    Entry,
    InputsEntry,
    SearchError,
    compare,
    csv_table,
    entries,
    make_lines,
    make_plan,
    markdown_table,
    terminal_table,
)
from lib.search.classic import CLASSIC, ClassicLearner
from lib.search.comparison import Figures, Task, judge_entry
from lib.search.entries import (
    BATCH_SIZES,
    EPOCHS,
    OnColumns,
    SegmentsEntry,
    all_window_rows,
    segment_rows,
    window_rows,
)
from lib.training import NETWORKS, RECIPES
from lib.training.names import EAR
from tests.sound import music, write_song

pytestmark = pytest.mark.slow(20)


@dataclass(frozen=True)
class Nearest:
    """Learns the mean of each genre; takes no time and no library."""

    name: str
    words: str = ""

    def learn(self, training: Rows, *, labels: list[str], progress: Progress) -> Scorer:
        progress("Training", 1.0)
        centres = np.stack([training.X[training.genre == label].mean(axis=0) for label in labels])
        return lambda X: -np.linalg.norm(X[:, None] - centres, axis=2)


@dataclass(frozen=True)
class Deadly(Nearest):
    def learn(self, *_: object, **__: object) -> Scorer:
        raise SystemExit


def soundless(_dataset: Dataset, _progress: Progress) -> Rows:
    raise DatasetError("There is no sound beside these tables.")


def nearest(name: str, learner: type[Nearest] = Nearest) -> Entry:
    return Entry(name, "classic", "to the mean", learner(name), window_rows)


PLAN = make_plan([nearest("one"), nearest("two")], {"random": 3, "artist": 2})


def test_figures_are_kept_and_only_what_changed_is_judged_anew(
    dataset: Dataset, tmp_path: Path
) -> None:
    found = compare(dataset, PLAN, seed=0, kept=tmp_path, jobs=2)
    assert [(f.name, f.protocol, f.folds) for f in found] == [
        ("one", "random", 3), ("one", "artist", 2), ("two", "random", 3), ("two", "artist", 2),
    ]  # fmt: skip
    for figures in found:
        assert figures.songs == 36
        assert figures.low < figures.mean <= figures.high
        assert figures.mean > 0.7
    written = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(written) == 4
    assert compare(dataset, PLAN, seed=0, kept=tmp_path) == found
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == written
    compare(dataset, PLAN[:1], seed=1, kept=tmp_path)
    next(iter(written)).write_text("{broken", encoding="utf-8")
    assert [f.mean for f in compare(dataset, PLAN, seed=0, kept=tmp_path)] == [
        f.mean for f in found
    ]
    assert len(list(tmp_path.iterdir())) == 5


def test_stopped_it_keeps_what_is_known(dataset: Dataset, tmp_path: Path) -> None:
    def stop(_step: str, fraction: float | None, /) -> None:
        if fraction:
            raise Cancelled

    with pytest.raises(Cancelled):
        compare(dataset, PLAN, seed=0, kept=tmp_path, progress=stop)
    assert len(list(tmp_path.iterdir())) == 1


def test_what_the_data_has_not_is_said_and_what_dies_ends_it(
    dataset: Dataset, tmp_path: Path
) -> None:
    silent_one = replace(nearest("cnn"), rows=soundless)
    (found,) = compare(dataset, make_plan([silent_one], {"artist": 2}), seed=0, kept=tmp_path)
    assert (found.songs, found.reason) == (0, "There is no sound beside these tables.")
    assert not list(tmp_path.iterdir())
    plan = make_plan([nearest("deadly", Deadly)], {"artist": 2})
    with pytest.raises(SearchError, match=r"deadly ended its process .* fewer --jobs"):
        compare(dataset, plan, seed=0, kept=tmp_path)


def test_all_that_hear_windows_are_judged_on_the_same_rows(
    dataset: Dataset, make_dataset: Callable[..., Dataset]
) -> None:
    rows = window_rows(dataset, silent)
    assert rows.X.shape == (36, 91)
    np.testing.assert_array_equal(rows.X[:, :85], dataset.X)
    without = make_dataset(extra=False)
    assert window_rows(without, silent).X.shape == (36, 85)
    with pytest.raises(DatasetError, match=r"extra\.csv"):
        all_window_rows(without, silent)


def test_a_learner_is_given_its_columns_alone(dataset: Dataset) -> None:
    rows, names = window_rows(dataset, silent), ("zcr_mean", "mfcc_mean_02")
    scorer = OnColumns(Nearest("x"), names).learn(
        rows, labels=list(dataset.labels), progress=silent
    )
    expected = Nearest("x").learn(
        replace(rows, X=rows.X[:, [85, 1]]), labels=list(dataset.labels), progress=silent
    )
    np.testing.assert_array_equal(scorer(rows.X), expected(rows.X[:, [85, 1]]))


def test_everything_is_there_by_a_name_of_its_own() -> None:
    everything = entries()
    names = [entry.name for entry in everything]
    assert len(set(names)) == len(names)
    inputs = [entry for entry in everything if isinstance(entry, InputsEntry)]
    assert len(inputs) == 7 * len(EPOCHS) * len(BATCH_SIZES)
    assert [entry.features for entry in inputs if entry.is_usual] == list(FEATURE_SETS)
    networks = [entry.name for entry in everything if entry.group == "networks"]
    assert {name.partition(",")[0] for name in networks} == set(NETWORKS) - {EAR}
    assert sum(name.startswith("mlp85, ") for name in networks) == len(RECIPES)
    assert {*CLASSIC, "SVM"} == {e.name for e in everything if e.group == "classic"}
    # The other settings of a set are judged last, and by artist alone.
    plan = make_plan(everything, {"random": 10, "artist": 5})
    assert len(plan) == 2 * len(everything) - 3 * 7
    assert all(protocol == "artist" for _, protocol, _ in plan[-3 * 7 :])
    assert not make_plan(inputs, {"random": 0, "artist": 0})


@pytest.mark.parametrize("name", sorted(CLASSIC))
def test_classic_algorithms_tell_genres_apart(
    name: str, make_dataset: Callable[..., Dataset]
) -> None:
    dataset = make_dataset(songs=30)
    rows = replace(Rows.of(dataset), X=dataset.values(FEATURE_NAMES))
    judged = judge_over_folds(
        rows, [ClassicLearner(name)], labels=("absent", *dataset.labels), protocol="random",
        folds=2, seed=0,
    )[name]  # fmt: skip
    assert judged.pooled.accuracy > 0.8
    np.testing.assert_array_equal(judged.scores[:, 0], 0.0)
    np.testing.assert_allclose(judged.scores.sum(axis=1), 1.0)


def test_a_network_on_more_features_than_85_is_judged(dataset: Dataset) -> None:
    entry = next(
        e for e in entries(["inputs"]) if isinstance(e, InputsEntry) and e.features == "87"
    )
    assert isinstance(entry.learner, OnColumns)
    config = replace(entry.learner.learner.config, epochs=3)  # type: ignore[attr-defined]
    learner = replace(entry.learner, learner=replace(entry.learner.learner, config=config))  # type: ignore[type-var]
    found = judge_entry(Task(dataset, replace(entry, learner=learner), "artist", 2, 0))
    assert (found.reason, found.songs) == ("", 36)
    assert found.seconds > 0


def made(name: str, protocol: str, mean: float, *, reason: str = "") -> Figures:
    low, high = max(mean - 0.04, 0), mean + 0.04
    songs = 0 if reason else 710
    return Figures(name, "classic", "w", protocol, 5, songs, mean, low, high, mean, 1.25, reason)  # type: ignore[arg-type]


def test_the_table_as_text_page_and_spreadsheet() -> None:
    compared = [
        nearest("worse"),
        replace(nearest("cnn"), group="networks"),
        nearest("half"),
        nearest("better"),
        *entries(["inputs"]),
    ]
    figures = [
        *(made("worse", p, m) for p, m in (("random", 0.8), ("artist", 0.5))),
        made("cnn", "artist", 0.0, reason="no sound"),
        made("half", "random", 0.4),
        made("half", "artist", 0.0, reason="one artist"),
        *(made("better", p, m) for p, m in (("random", 0.7), ("artist", 0.6))),
        made("87 features, 100 epochs, batches of 32", "artist", 0.55),
        made("87 features, 50 epochs, batches of 32", "artist", 0.9),
    ]
    lines = make_lines(compared, figures)
    assert [line.name for line in lines] == ["better", "87 features", "worse", "half", "cnn"]
    text = terminal_table(lines).splitlines()
    assert text[0].split() == ["songs", "5", "random", "folds", "5", "artist", "folds", "seconds"]
    assert text[1].split()[:4] == ["better", "710", "70.0", "%"]
    assert "60.0 % (56.0–64.0)" in text[1]
    assert text[4].split()[:7] == ["half", "710", "40.0", "%", "(36.0–44.0)", "–", "1.2"]
    assert text[-2:] == ["half, artist folds: one artist", "cnn: no sound"]
    assert len({len(line) for line in text[:-2]}) == 1
    page = markdown_table(lines).splitlines()
    assert page[2].startswith(
        "| better | classic algorithm: to the mean | 710 | 70.0 % (66.0–74.0)"
    )
    assert "| 87 features | features: 85 and the zero crossing rate | 710 | – |" in page[3]
    rows = list(csv.DictReader(io.StringIO(csv_table(figures))))
    assert len(rows) == 9
    assert (rows[0]["mean"], rows[2]["reason"], rows[0]["seconds"]) == ("0.8", "no sound", "1.25")


def test_segments_are_heard_before_a_process_needs_them(tmp_path: Path) -> None:
    """The processes that judge may start none of their own, which hearing does."""
    songs = tmp_path / "songs"
    for genre, pitch in (("high", 880.0), ("low", 110.0)):
        for number in range(5):
            sound = music(3.5, pitch=pitch, seed=number)
            write_song(songs / genre / f"{genre}{number}.wav", sound, rate=22_050)
    preprocess(songs, tmp_path / "tables")
    dataset = read_dataset(tmp_path / "tables")
    silent_song = dataset.audio(dataset.tracks.index[0])
    assert silent_song is not None
    silent_song.write_text("no sound any more")  # it would be waited for again and again
    rows = partial(segment_rows, "mlp-3s")
    entry = SegmentsEntry("by ear", "networks", "", Nearest("by ear"), rows, "mlp-3s")
    (judged,) = compare(dataset, [(entry, "random", 2)], seed=0, kept=tmp_path / "kept")
    assert judged.reason == ""
    assert judged.songs == 9
