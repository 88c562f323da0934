"""Reports of several songs, beside each other in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.console import open_reports
from lib.errors import AudioError, CallError
from lib.prediction import Outcome, Prediction
from lib.progress import silent
from lib.report import Material, ReportError
from tests.models import small_model


def heard(title: str) -> Outcome:
    prediction = Prediction(
        source="song.mp3", title=title, artist="", seconds=5.0, tempo=0.0, genre="rock",
        confidence=1.0, probabilities={"rock": 1.0}, windows=(), warnings=(), model="small",
    )  # fmt: skip
    return Outcome("song.mp3", prediction)


def test_every_song_gets_a_page_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    def write(path: Path, material: Material, **_: object) -> None:
        if material.prediction.title == "Full":
            raise ReportError("there is no room")
        written.append(path.name)

    monkeypatch.setattr("lib.report.write_report", write)
    reports = open_reports(tmp_path / "pages", ["a", "b"], small_model(), silent)
    assert reports is not None
    gone = Outcome("gone.mp3", AudioError(Path("gone.mp3"), "It is gone."))
    events = [heard("A"), heard("A"), gone, heard("A"), heard("B/C"), heard("Full")]
    told = list(reports.of(events))
    assert written == ["A.html", "A (2).html", "A (3).html", "B-C.html"]
    assert told[:-1] == events  # and then why the last has no page
    assert str(told[-1].result) == "there is no room"
    assert reports.told() == f"4 reports written to {tmp_path / 'pages'}"


def test_no_report_is_asked_for() -> None:
    assert open_reports(None, ["song.mp3"], small_model(), silent) is None


def test_a_report_is_a_page_or_lies_in_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"r\.pdf: a report is a web page.*ends in \.html"):
        open_reports(tmp_path / "r.pdf", ["song.mp3"], small_model(), silent)
    (tmp_path / "of 2.0").mkdir()
    for name in ("r.html", "pages", "of 2.0"):
        assert open_reports(tmp_path / name, ["a song"], small_model(), silent)


def test_no_report_makes_the_folders_above_it(tmp_path: Path) -> None:
    for name in ("of mine/r.html", "of mine/pages"):
        with pytest.raises(CallError, match=r"there is no folder .*/of mine\. Make it, or name"):
            open_reports(tmp_path / name, ["a song"], small_model(), silent)
    assert list(tmp_path.iterdir()) == []
