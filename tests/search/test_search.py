"""A search: kept whatever happens, never over rows that judge it, and what it hands on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import optuna
import pytest

import lib.search.search
from lib.dataset import Dataset
from lib.errors import Cancelled, TrainingError
from lib.search import (
    Search,
    SearchError,
    SearchSettings,
    history_csv,
    judge_winner,
    read_history,
    sqlite_url,
    write_winner,
)
from lib.search.search import finished
from lib.search.storage import ask, explained, open_study
from lib.search.work import FoldTask, Judged, try_fold
from lib.training import read_recipe
from tests.search import jobs

pytestmark = pytest.mark.slow(20)

SETTINGS = SearchSettings(trials=10, folds=2)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return sqlite_url(tmp_path / "some" / "search.sqlite")


def make(
    dataset: Dataset, url: str, settings: SearchSettings = SETTINGS, **options: object
) -> Search:
    given = {"name": "toy", "job": jobs.judge_at_once, **options}
    return Search(dataset, settings, storage=url, **given)  # type: ignore[arg-type]


def states(search: Search) -> list[str]:
    return [trial.state.name for trial in search.study.get_trials(deepcopy=False)]


def test_it_ends_with_as_many_trials_as_were_asked_for_and_goes_on_for_more(
    dataset: Dataset, url: str
) -> None:
    told: list[tuple[str, float | None]] = []
    search = make(dataset, url, replace(SETTINGS, jobs=2))
    search.run(lambda step, fraction, /: told.append((step, fraction)))
    assert len(states(search)) == finished(search.study) == 10
    assert "PRUNED" in states(search)  # rates are that different
    fractions = [fraction for _, fraction in told if fraction is not None]
    assert fractions[-1] == 1.0
    assert told[-1][0].startswith("Searching (best ")
    search.run()  # there is nothing left to do
    assert len(states(search)) == 10
    more = make(dataset, url, replace(SETTINGS, trials=11))
    more.run()
    assert finished(more.study) == 11
    # It draws something else than at first.
    rates = [trial.params["rate"] for trial in more.study.get_trials(deepcopy=False)]
    assert len(set(rates)) == 11


def test_what_was_under_way_when_it_was_stopped_is_tried_first(dataset: Dataset, url: str) -> None:
    search, calls = make(dataset, url), 0

    def stop(_step: str, _fraction: float | None, /) -> None:
        nonlocal calls
        calls += 1
        if finished(search.study) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        search.run(stop)
    assert states(search)[:3].count("FAIL") == 0
    begun = [t for t in search.study.get_trials(deepcopy=False) if t.state.name == "FAIL"]
    again = make(dataset, url)
    again.run()
    assert finished(again.study) == 10
    tried = again.study.get_trials(deepcopy=False)
    for trial in begun:
        same = [t for t in tried if t.params == trial.params and t.state.is_finished()]
        assert {t.state.name for t in same} > {"FAIL"}


def test_a_trial_of_a_process_that_was_killed_is_tried_again(dataset: Dataset, url: str) -> None:
    search = make(dataset, url)
    trial = ask(search.study)
    trial.set_user_attr("worker", str(trial.user_attrs["worker"]).rpartition(" ")[0] + " 4194303")
    elsewhere = ask(search.study)
    elsewhere.set_user_attr("worker", "another-machine 1")
    again = make(dataset, url)
    assert states(again) == ["FAIL", "RUNNING", "WAITING"]
    assert ask(again.study).params == trial.params


def test_hopeless_trials_are_given_up_and_the_search_goes_on(dataset: Dataset, url: str) -> None:
    search = make(dataset, url, job=jobs.give_up_half)
    search.run()
    for trial in search.study.get_trials(deepcopy=False):
        if trial.params["activation"] == "relu":
            assert trial.state is optuna.trial.TrialState.PRUNED
            assert trial.intermediate_values == {1: 0.0}


def test_processes_that_keep_dying_end_it(
    dataset: Dataset, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lib.search.search, "_MOST_DEATHS", 1)
    search = make(dataset, url, job=jobs.die)
    with pytest.raises(SearchError, match=r"keep ending \(signal 9\).*fewer --jobs"):
        search.run()


def test_without_time_nothing_is_begun(dataset: Dataset, url: str) -> None:
    search = make(dataset, url, replace(SETTINGS, timeout=1e-9))
    search.run()
    assert states(search) == []
    assert judge_winner(search, read_history(search.study)) is None


def test_another_search_under_the_same_name_is_refused(
    dataset: Dataset, make_dataset: Callable[..., Dataset], url: str
) -> None:
    make(dataset, url)
    for other, settings, what in (
        (make_dataset(songs=13), SETTINGS, "data"),
        (dataset, replace(SETTINGS, folds=3), r"folds \(2, not 3\)"),
        (dataset, replace(SETTINGS, epochs=61), "epochs"),
    ):
        with pytest.raises(SearchError, match=f"toy was begun with another {what}.*by --name"):
            make(other, url, settings)
    assert make(dataset, url, replace(SETTINGS, folds=3), name="other").study.study_name == "other"


@pytest.mark.parametrize(
    ("url", "match"),
    [
        ("nonsense", r"The storage 'nonsense' can't be used"),
        ("postgresql://me:secret@127.0.0.1:1/x", r"postgresql://me:\*\*\*@127\.0\.0\.1:1/x can't"),
        ("sqlite:////dev/null/search.sqlite", "unable to open database file"),
        ("oracle://here/x", "can't be used"),
    ],
)
def test_a_storage_that_is_none(dataset: Dataset, url: str, match: str) -> None:
    with pytest.raises(SearchError, match=match) as caught:
        make(dataset, url)
    assert "secret" not in str(caught.value)


def test_genres_with_too_few_songs_are_named(
    make_dataset: Callable[..., Dataset], url: str
) -> None:
    with pytest.raises(TrainingError, match="Genres with too few songs"):
        make(make_dataset(songs=4), url)


def test_the_winner_is_judged_once_on_songs_that_no_trial_saw(
    dataset: Dataset, url: str, tmp_path: Path
) -> None:
    search = make(dataset, url)
    search.run()
    seen = set(search.rows.track[search.divided.seen])
    kept = set(search.rows.track[search.divided.kept])
    assert not seen & kept
    history = read_history(search.study)
    assert history.best is not None
    winner = judge_winner(search, history)
    assert winner is not None
    assert winner.looks == 1
    assert list(winner.verdicts) == ["winner", "plain", "robust"]
    assert {verdict.songs for verdict in winner.verdicts.values()} == {len(kept)}
    # What was judged stays: nobody can look until he likes what he sees.
    search.job = jobs.die
    again = judge_winner(search, history)
    assert again is not None
    assert again.verdicts == winner.verdicts
    write_winner(tmp_path / "winner.json", winner, search)
    assert read_recipe(tmp_path / "winner.json") == winner.config
    told = json.loads((tmp_path / "winner.json").read_text(encoding="utf-8"))
    assert told["kept_out"]["songs"] == len(kept)
    assert told["search"]["trial"] == history.best.number


@pytest.mark.parametrize("name", ["what?", "50 %41", "späß #1 & more"])
def test_any_folder_can_hold_a_search(tmp_path: Path, name: str) -> None:
    study = open_study(sqlite_url(tmp_path / name / "search.sqlite"), "toy", {}, seed=0)
    assert study.study_name == "toy"
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert [path.name for path in (tmp_path / name).iterdir()] == ["search.sqlite"]


def test_a_storage_that_says_nothing_is_named_all_the_same() -> None:
    with pytest.raises(SearchError, match=r"can't be used \(ImportError\)"), explained("sqlite://"):
        raise ImportError


def test_the_history_is_a_table_of_all_trials(dataset: Dataset, url: str) -> None:
    search = make(dataset, url)
    search.run()
    history = read_history(search.study)
    header, *lines = history_csv(history).splitlines()
    assert header.startswith("number,state,accuracy,folds,seconds,depth,first width,")
    assert len(lines) == 10
    best = max(history.complete, key=lambda tried: tried.accuracy or 0)
    assert lines[best.number].split(",")[1:4] == ["complete", f"{best.accuracy:.4f}", "2"]
    assert best.seconds == 0.5


def test_a_fold_is_learned_and_judged(dataset: Dataset) -> None:
    """The job itself, with a real network."""
    from lib.judgement import Rows, artist_folds
    from lib.search.space import config_of, space

    rows = Rows.of(dataset)
    fold = artist_folds(rows, folds=2, seed=0)[0]
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    choices = study.ask(space()).params | {"depth": 1, "rate": 1e-2, "optimizer": "adam"}
    choices |= {"batch": 16, "dropout": 0.0, "noise": 0.1}
    config = config_of(choices, epochs=15, members=1, seed=0)
    judged = try_fold(FoldTask(0, config, rows, fold, True, dataset.labels))
    assert isinstance(judged, Judged)
    assert judged.accuracy > 0.6
    assert judged.scores.shape == (len(fold.judged), 3)
    assert judged.seconds > 0
