"""01_hyperparam.py as a person runs it."""

from __future__ import annotations

import json
import runpy
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lib.dataset import write_dataset
from lib.model import load_model
from lib.search import winner as winner_module
from lib.training import RECIPES
from tests.search.conftest import make_toy

pytestmark = pytest.mark.slow(60)

# Few and short, but whole: networks are learned, judged, and drawn.
QUICK = ("--folds", "2", "--epochs", "1", "--members", "1")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "toy"
    folder.mkdir()
    dataset = make_toy()
    write_dataset(type(dataset)(folder, dataset.tracks, dataset.features, dataset.extra))
    return folder


def run(root: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "01_hyperparam.py", *map(str, arguments)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def main(root: Path) -> Callable[[list[str]], int]:
    main: Callable[[list[str]], int] = runpy.run_path(str(root / "01_hyperparam.py"))["main"]
    return main


def test_it_compares(
    main: Callable[[list[str]], int],
    table: Path,
    root: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = ("--compare", "classic", "--folds", 2, "--random-folds", 0, "--output", tmp_path)
    done = run(root, table, *options)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "comparison" / "toy"
    names = {path.name for path in folder.iterdir()}
    assert names == {"judged", "table.csv", "table.md", "everything.png"}
    assert "logistic regression" in done.stdout
    assert done.stdout.splitlines()[-1] == f"Table and charts: {folder}"
    assert (folder / "table.md").read_text(encoding="utf-8").count("classic algorithm: ") == 5
    assert main([*map(str, (table, *options)), "--json", "--quiet"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["folder"] == str(folder)
    assert {found["protocol"] for found in told["figures"]} == {"artist"}
    assert len(told["figures"]) == 5


def test_interrupted_it_goes_on_and_hands_the_winner_to_training(
    main: Callable[[list[str]], int],
    table: Path,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = [table, "--output", tmp_path, *QUICK]
    command = [sys.executable, "01_hyperparam.py", *map(str, options)]
    store = tmp_path / "search" / "toy" / "search.sqlite"
    with subprocess.Popen(command, cwd=root, text=True, stderr=subprocess.PIPE) as process:
        end = time.monotonic() + 300
        while not judged_folds(store):
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130
    assert stderr == "Earmark: stopped; what was finished is kept.\n"
    assert (tmp_path / "search" / "toy" / "trials.csv").is_file()

    # As shipped, the recipes that are judged beside the winner learn for minutes.
    short = {n: replace(recipe, epochs=2, hidden=(16,)) for n, recipe in RECIPES.items()}
    # By one process from here on: each loads TensorFlow.
    goes_on = [*map(str, options), "--jobs", "1", "--trials", "2"]
    with monkeypatch.context() as patch:
        patch.setattr(winner_module, "RECIPES", short)
        assert main(goes_on) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "On the songs that the search never saw:" in said.out
    winner = tmp_path / "search" / "toy" / "winner.json"
    told = json.loads(winner.read_text(encoding="utf-8"))
    assert set(told["kept_out"]) == {"by", "songs", "looks", "winner", "plain", "robust"}
    pictures = {path.name for path in winner.parent.glob("*.png")}
    assert pictures == {"history.png", "parallel_coordinates.png"}
    assert main([*goes_on, "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["winner"] == told
    assert again["complete"] + again["pruned"] == 2

    train = runpy.run_path(str(root / "02_train.py"))["main"]
    taken = ["--from", winner, "--name", "won", "--output", tmp_path, "--members", 1]
    assert train([str(table), "--no-corrections", *map(str, taken)]) == 0
    model = load_model(tmp_path / "won")
    hidden = [layer.units for layer in model.network.layers[:-1]]
    assert hidden == told["config"]["hidden"]
    assert (
        "--from winner.json --no-corrections --name won"
        in (tmp_path / "won" / "README.md").read_text()
    )


def judged_folds(store: Path) -> int:
    """Return how many folds a search has judged so far."""
    if not store.is_file():
        return 0
    connection = sqlite3.connect(store, timeout=60)
    try:
        found = connection.execute("SELECT COUNT(*) FROM trial_intermediate_values").fetchone()
    except sqlite3.OperationalError:  # its tables are being made
        return 0
    finally:
        connection.close()
    return int(found[0])


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ([], "the following arguments are required: DATA"),
        (["a", "--compare", "songs"], "invalid choice: 'songs'"),
        (["a", "--trials", "0"], "'0' is no whole number from 1 on"),
        (["a", "--jobs", "two"], "'two' is no whole number from 1 on"),
        (["a", "--name", "../x"], "can't be a folder's name"),
        (["a", "--folds", "1"], "1 fold leaves nothing to learn from"),
        (["a", "--folds", "0"], "a search judges by folds"),
        (["a", "--compare", "--folds", "0", "--random-folds", "0"], "nothing is judged"),
        (["a", "--timeout", "nan"], "'nan' is no number"),
        (["a", "--timeout", "-1"], "not more than nothing"),
        (["a", "--seed", "4294967296"], "no whole number from 0 to 4294967295"),
        (["a", "--storage", "nowhere"], "'nowhere' is no address of a database"),
    ],
)
def test_wrong_calls_end_with_2(
    main: Callable[[list[str]], int],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    match: str,
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert match in capsys.readouterr().err


def test_failures_end_with_1_and_a_sentence(
    main: Callable[[list[str]], int],
    table: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def told(*arguments: object) -> str:
        assert main([*map(str, arguments), "--quiet", "--output", str(tmp_path)]) == 1
        stderr = capsys.readouterr().err
        assert stderr.startswith("Earmark: ")
        assert stderr.count("\n") == 1
        return stderr

    assert "tracks.csv: there is no such table" in told(tmp_path / "nowhere")
    assert "too few" in told(table, "--folds", 40)
    assert "The storage no://where can't be used" in told(table, "--storage", "no://where")


def test_help_loads_nothing_heavy(root: Path) -> None:
    script = (
        "import runpy, sys\n"
        "try: runpy.run_path('01_hyperparam.py')['main'](['--help'])\n"
        "except SystemExit as end: print('exit', end.code)\n"
        "print(sorted({'tensorflow', 'keras', 'sklearn', 'pandas', 'matplotlib', 'optuna'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert "--storage" in done.stdout
    assert done.stdout.splitlines()[-2:] == ["exit 0", "[]"]
