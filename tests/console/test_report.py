"""What comes of each song, as text for a person and as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.console import report
from lib.errors import AudioError
from lib.prediction import Event, Found, Outcome, Prediction
from lib.youtube import Entry, Kind, Listing, Refusal

VIDEO = Entry("a" * 11, "A song", "A channel", 245.0)


class Hidden:
    """Counts how often the bar made way."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, _step: str, _fraction: float | None, /) -> None:
        raise AssertionError

    def hide(self) -> None:
        self.times += 1


def told(
    capsys: pytest.CaptureFixture[str], *events: Event, as_json: bool = False
) -> tuple[int, list[str], list[str]]:
    """Return the status and the lines on both channels."""
    bar = Hidden()
    status = report(iter(events), bar, genres=("blues", "jazz", "rock"), as_json=as_json)
    assert bar.times == len(events)
    printed = capsys.readouterr()
    return status, printed.out.splitlines(), printed.err.splitlines()


def test_words_say_what_they_were_taken_for(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = told(capsys, Found("a song", VIDEO))
    assert (status, out) == (0, [])
    link = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    assert err == [f"Found for “a song”: A song by A channel (4:05), {link}"]
    bare = Found("a song", Entry("a" * 11, "A song", "", None))
    assert told(capsys, bare)[2] == [f"Found for “a song”: A song, {link}"]
    assert told(capsys, bare, as_json=True) == (0, [], [])


def test_a_file_that_fails(capsys: pytest.CaptureFixture[str]) -> None:
    event = Outcome("a.mp3", AudioError("a.mp3", "It is empty."))
    assert told(capsys, event) == (1, [], ["Earmark: a.mp3: It is empty."])
    status, out, err = told(capsys, event, as_json=True)
    assert (status, err) == (1, [])
    assert json.loads(out[0]) == {"source": "a.mp3", "error": "a.mp3: It is empty."}


def test_each_of_several_names_its_file(
    tmp_path: Path, predict: Callable[..., Prediction], capsys: pytest.CaptureFixture[str]
) -> None:
    heard = predict()
    both = f"A band – A song (1:01)  {heard.source}"
    event = Outcome(heard.source, heard)
    for sources, line in (
        (["a.mp3", "b.mp3"], both), ([str(tmp_path)], both), (["a.mp3"], "A band – A song (1:01)"),
    ):  # fmt: skip
        report([event], Hidden(), genres=("blues",), as_json=False, sources=sources)
        assert capsys.readouterr().out.splitlines()[0] == line


def test_a_playlist_is_a_table_and_its_failures_have_advice(
    capsys: pytest.CaptureFixture[str],
    listing: Listing,
    predict: Callable[..., Prediction],
    song: Callable[..., Outcome],
) -> None:
    private = Refusal(Kind.PRIVATE, listing.entries[1].link)
    status, out, err = told(capsys, listing, song(1, predict()), song(2, private))
    assert status == 1
    assert out[0] == "Mixed (3 songs)  https://www.youtube.com/playlist?list=PLxxxxxxxxxx"
    assert [line.split()[0] for line in out[1:]] == ["title", "A", "夜に駆ける"]
    assert err == [f"Earmark: {private}"]
    lines = told(capsys, listing, song(1, predict()), song(2, private), as_json=True)[1]
    assert [json.loads(line)["playlist"]["number"] for line in lines] == [1, 2]


def test_a_playlist_that_youtube_stops_says_so(
    capsys: pytest.CaptureFixture[str], listing: Listing, song: Callable[..., Outcome]
) -> None:
    stop = Refusal(Kind.RATE_LIMIT, "link")
    _, out, err = told(capsys, listing, song(1, stop))
    assert out[-1].endswith("rate limit")
    assert len(err) == 2
    assert "Wait an hour" in err[0]
    assert err[1].startswith("Earmark: the playlist stops here; 2 more songs were not asked for.")
    assert "1 more song was" in told(capsys, listing, song(2, stop))[2][1]
    assert len(told(capsys, listing, song(3, stop))[2]) == 1  # it was the last


def test_a_verdict_after_a_playlist_is_no_row_of_it(
    capsys: pytest.CaptureFixture[str], listing: Listing, predict: Callable[..., Prediction]
) -> None:
    _, out, _ = told(capsys, listing, Outcome("song.mp3", predict()))
    assert out[2] == "A band – A song (1:01)"
