"""A playlist of sixty over three pages with five bad entries: undisturbed, and killed ten times."""

from __future__ import annotations

import csv
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from lib.collecting import Event, Options, Outcome, State, collect
from lib.dataset import read_dataset
from lib.features import FEATURE_NAMES
from lib.youtube import YouTube
from tests.collecting.conftest import SHORT, table_bytes
from tests.collecting.jobs import start
from tests.collecting.songs import LINK, LIST, add_playlist, ids
from tests.youtube import videos
from tests.youtube.fake_youtube import FakeYouTube

pytestmark = pytest.mark.slow(50)

BAD = {
    7: ({"listed_as": "private"}, "This video is private."),
    24: ({"listed_as": "live"}, "This is a live stream that is still going on."),
    30: ({"seconds": 1}, "It is too short: 1 s, and a song of the set 3 s or longer."),
    41: ({"playability": videos.REMOVED}, "This video is no longer on YouTube, or never was."),
    59: (
        {"playability": videos.MEMBERS_ONLY},
        "This video is for the paying members of its channel.",
    ),
}
KILLS = 10


@dataclass(frozen=True)
class Done:
    """A playlist, and what an undisturbed run made of it."""

    fake: FakeYouTube
    folder: Path
    outcome: Outcome
    events: list[Event]
    meanwhile: list[int]  # how many songs stood in the tables


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """Return the playlist and the undisturbed run."""
    folder, events, meanwhile = tmp_path_factory.mktemp("sixty"), list[Event](), list[int]()

    def look(step: str, fraction: float | None) -> None:
        if len(events) > 60 and (fraction or 0.0) * 10 > len(meanwhile):
            meanwhile.append(len(read_dataset(folder / "set").tracks))

    with FakeYouTube() as fake:
        add_playlist(fake, 60, bad={number: change for number, (change, _) in BAD.items()})
        with YouTube(folder / "cache", network=fake.network(), log=folder / "log") as youtube:
            options = Options(pause=0.0, shortest=SHORT)
            outcome = collect(
                LINK,
                "blues",
                folder / "set",
                youtube=youtube,
                options=options,
                on_event=events.append,
                progress=look,
            )
        yield Done(fake, folder / "set", outcome, events, meanwhile)
        assert fake.refused == []


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_fifty_five_songs_and_five_reasons(sixty: Done) -> None:
    counts = (sixty.outcome.added, sixty.outcome.skipped, sixty.outcome.failed)
    assert counts == (55, 5, 0)
    assert sixty.outcome.playlist == "Some blues"
    good = [video_id for number, video_id in enumerate(ids(60)) if number not in BAD]
    tracks = rows(sixty.folder / "tracks.csv")
    assert [row["track"] for row in tracks] == [f"youtube/{video_id}" for video_id in good]
    assert tracks[8] == {
        "track": "youtube/song-000009",
        "genre": "blues",
        "artist": "Band 2",
        "title": "Song 9",
        "split": "",
        "tempo_true": "",
        "audio": "audio/youtube/song-000009.flac",
        "seconds": "4",
        "warnings": "",
        "source": "https://www.youtube.com/watch?v=song-000009",
        "playlist": LINK,
        "excerpt_starts": "0",
    }
    failed = {row["audio"][-11:]: row["reason"] for row in rows(sixty.folder / "failed.csv")}
    assert failed == {f"song-{number:06}": reason for number, (_, reason) in BAD.items()}
    assert list(rows(sixty.folder / "features.csv")[0]) == ["track", *FEATURE_NAMES]
    assert read_dataset(sixty.folder).X.shape == (55, 85)
    assert len(list((sixty.folder / "audio" / "youtube").iterdir())) == 55


def test_every_song_tells_its_states_in_order(sixty: Done) -> None:
    events = sixty.events
    assert [event.state for event in events[:60]] == [State.WAITING] * 60
    assert [event.place for event in events[:60]] == list(range(1, 61))
    assert [event.place for event in events if event.state.final] == list(range(1, 61))
    for number, video_id in enumerate(ids(60)):
        states = [event.state for event in events if event.id == video_id]
        known = list(dict.fromkeys(states))
        if number in BAD:
            assert known[-1] is State.SKIPPED
        else:
            assert known == [State.WAITING, State.DOWNLOADING, State.HEARING, State.ADDED]
    assert {event.reason for event in events if event.state is State.SKIPPED} == {
        reason for _, reason in BAD.values()
    }


def test_the_tables_follow_while_it_goes_on(sixty: Done) -> None:
    assert sixty.meanwhile == sorted(sixty.meanwhile)
    assert len(set(sixty.meanwhile)) > 3


def test_bad_entries_that_the_list_tells_of_cost_no_request(sixty: Done) -> None:
    asked = Counter(sixty.fake.about("/watch"))
    unasked = {number for number in BAD if not asked[f"song-{number:06}"]}
    assert unasked == {7, 24, 30}


@pytest.mark.skipif(os.name != "posix", reason="nothing is forked there")
def test_killed_ten_times_it_comes_to_the_same(sixty: Done, tmp_path: Path) -> None:
    chance = random.Random(20)
    target, fake = tmp_path / "set", sixty.fake
    before = len(fake.asked)
    what = (LINK, "blues", target, tmp_path / "cache", fake.proxy)
    added = []
    for _ in range(KILLS):
        process = start(*what)
        end, deadline = len(fake.asked) + chance.randint(1, 36), time.monotonic() + 30
        while len(fake.asked) < end:
            assert process.is_alive()
            assert time.monotonic() < deadline
            time.sleep(0.002)
        time.sleep(chance.uniform(0.0, 0.1))
        process.kill()
        process.join()
        added.append(len(rows(target / "tracks.csv")) if (target / "tracks.csv").exists() else 0)
    assert added == sorted(added)
    assert 0 < added[-1] < 55
    to_the_end(start(*what))
    # A song may be refused that only came too slowly on a busy machine: the next run asks again.
    again = len(rows(target / "tracks.csv")) < 55
    if again:
        to_the_end(start(*what))
    assert table_bytes(target) == table_bytes(sixty.folder)
    assert {path.name for path in target.rglob("*")} == {
        path.name for path in sixty.folder.rglob("*")
    }
    # No more than the song that was downloaded when a run was killed is downloaded twice.
    fetched = Counter(asked.about for asked in fake.asked[before:] if asked.range)
    assert fetched.total() <= 55 + KILLS
    # The bad ones are asked for again, but no list was read in vain.
    assert (
        len([a for a in fake.asked[before:] if a.path == "/playlist" and a.about == LIST])
        == 11 + again
    )


def to_the_end(process: BaseProcess) -> None:
    process.join()
    assert process.exitcode == 0


def test_once_more_nothing_is_fetched(sixty: Done, tmp_path: Path) -> None:
    tables, before = table_bytes(sixty.folder), len(sixty.fake.asked)
    with YouTube(tmp_path, network=sixty.fake.network(), log=tmp_path / "log") as youtube:
        options = Options(pause=0.0, shortest=SHORT)
        outcome = collect(LINK, "blues", sixty.folder, youtube=youtube, options=options)
    assert (outcome.added, outcome.known, outcome.skipped) == (0, 55, 5)
    assert table_bytes(sixty.folder) == tables
    assert {asked.about for asked in sixty.fake.asked[before:] if asked.path == "/watch"} == {
        "song-000041",
        "song-000059",
    }
