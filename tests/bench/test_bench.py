"""The measuring itself: figures that are right, what got worse by name, a run from end to end."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from tests.bench import library, measure
from tests.bench.__main__ import main
from tests.bench.contenders import CONTENDERS, EARMARK, ORACLE
from tests.bench.figures import Figure, figures, from_json, got_worse, to_json
from tests.bench.measure import Measured

KEPT = {ORACLE: Figure(200, 1, 1, 1, 290), EARMARK: Figure(20, 10, 9.5, 10.5, 80)}


def test_a_ratio_is_of_the_same_clip_and_not_of_the_same_hour() -> None:
    slow = np.linspace(1, 5, 30)  # the machine is busier from clip to clip
    measured = {
        ORACLE: Measured(list(0.2 * slow), 290.0),
        EARMARK: Measured(list(0.02 * slow), 80.0),
    }
    found = figures(measured)[EARMARK]
    assert (found.times, found.low, found.high) == (10, 10, 10)
    assert found.ms == pytest.approx(60)
    assert from_json(json.loads(json.dumps(to_json(KEPT)))) == KEPT


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"times": 9.0, "low": 8.4, "high": 9.4}, []),  # the intervals nearly meet
        ({"times": 8.0, "low": 7.6, "high": 8.4}, ["Earmark: 8.00 times less CPU"]),
        ({"times": 12.0, "low": 11.6, "high": 12.4}, []),  # better
        ({"peak": 86.0}, []),
        ({"peak": 100.0}, ["Earmark: 100 MB at its peak; it was 80 MB"]),
    ],
)
def test_what_got_worse_by_more_than_noise_is_named(
    changes: dict[str, float], said: list[str]
) -> None:
    now = KEPT | {EARMARK: dataclasses.replace(KEPT[EARMARK], **changes)}
    told = got_worse(now, KEPT)
    assert len(told) == len(said)
    assert all(sentence.startswith(start) for sentence, start in zip(told, said, strict=True))


def test_from_end_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    two = {name: CONTENDERS[name] for name in (EARMARK, ORACLE)}
    monkeypatch.setattr(measure, "CONTENDERS", two)
    # 1 where this machine, which is busy, made it worse
    assert main(["--clips", "1", "--rounds", "2", "--json", str(tmp_path / "b.json")]) in {0, 1}
    assert EARMARK in capsys.readouterr().out
    told = json.loads((tmp_path / "b.json").read_text())
    assert told["figures"][EARMARK]["times"] > 2
    assert told["figures"][EARMARK]["peak"] < told["figures"][ORACLE]["peak"]


def test_a_library_is_timed_on_the_console_and_in_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "DIFFERENT", 2)
    point = library.console(tmp_path, "mlp85", 30, 3, 2)
    assert point["songs_a_minute"] == pytest.approx(180 / point["wall"], rel=0.01)
    assert point["memory"] > 40
    found = library.window(tmp_path, 15)
    assert found["songs"] == 15
    assert 0 <= found["median_ms"] <= found["p99_ms"] <= found["worst_ms"][0] + 0.5
