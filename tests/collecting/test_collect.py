"""Collecting: what is refused, what waits, what stops, and what a person does meanwhile."""

from __future__ import annotations

import csv
import os
import re
import signal
import threading
import time
from pathlib import Path

import numpy as np
import pytest

import lib.collecting.store
from lib.collecting import (
    Event,
    Options,
    State,
    collect,
    correct_genre,
    read_genres,
    read_removed,
    remove,
)
from lib.collecting.database import one_run
from lib.collecting.run import BROKEN_IN_A_ROW
from lib.dataset import preprocess, read_dataset
from lib.errors import Cancelled, DatasetError
from lib.youtube import Kind, Limits, Refusal, YouTube
from tests.collecting.conftest import Run, last_states, table_bytes
from tests.collecting.songs import LINK, LIST, add_playlist, encoded, ids, short_song, tune
from tests.sound import music, write_song
from tests.youtube.fake_youtube import FakeYouTube

pytestmark = pytest.mark.slow(20)

OTHER = "https://www.youtube.com/playlist?list=PLother"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tracks(target: Path) -> list[str]:
    return [row["track"].removeprefix("youtube/") for row in rows(target / "tracks.csv")]


def edit(target: Path, change: dict[str, str], *, track: str) -> None:
    """Change a row of tracks.csv as a person does with a spreadsheet."""
    table = rows(target / "tracks.csv")
    for row in table:
        if row["track"] == f"youtube/{track}":
            row.update(change)
    write(target, table)


def write(target: Path, table: list[dict[str, str]]) -> None:
    with (target / "tracks.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows(table)


def test_a_video_that_the_set_has_in_another_genre(
    fake: FakeYouTube, run: Run, target: Path, events: list[Event]
) -> None:
    videos_ = add_playlist(fake, 3, bad={})
    fake.add_playlist("PLother", "Some jazz", [*videos_[1:], "z" * 11])
    fake.add("z" * 11, audio={140: short_song(99)}, seconds=4)
    run()
    before = len(fake.asked)
    outcome = run(OTHER, "jazz", on_event=events.append)
    assert (outcome.added, outcome.duplicates, outcome.known) == (1, 2, 0)
    event = last_states(events)["song-000001"]
    assert event.state is State.DUPLICATE
    assert event.reason == "It is in the set already, as blues."
    assert event.duplicate_of == "youtube/song-000001"
    failed = rows(target / "failed.csv")
    assert [(row["audio"][-11:], row["reason"]) for row in failed] == [
        ("song-000001", "It is in the set already, as blues."),
        ("song-000002", "It is in the set already, as blues."),
    ]
    assert {a.about for a in fake.asked[before:] if a.path == "/watch"} == {"z" * 11}
    # The same videos in another playlist of the same genre are nothing to speak of.
    fake.add_playlist("PLmore", "More blues", videos_)
    outcome = run("https://www.youtube.com/playlist?list=PLmore", "blues")
    assert (outcome.added, outcome.known, outcome.duplicates) == (0, 3, 0)
    assert tracks(target) == [*videos_, "z" * 11]


def test_the_same_recording_under_another_id(
    fake: FakeYouTube, run: Run, target: Path, events: list[Event]
) -> None:
    song = tune(5, 20.0)
    copy = np.concatenate([tune(6, 6.0), 0.4 * song[: 16 * 22_050]])
    add_playlist(
        fake,
        4,
        bad={
            0: {"audio": {140: encoded(song)}, "seconds": 20, "title": "The song"},
            1: {"audio": {251: encoded(copy, 251)}, "seconds": 22},
            2: {"audio": {140: encoded(tune(7, 20.0))}, "seconds": 20},
            3: {"audio": {140: encoded(song)}, "seconds": 20},
        },
    )
    outcome = run(workers=2, on_event=events.append)
    assert (outcome.added, outcome.duplicates) == (2, 2)
    assert tracks(target) == ["song-000000", "song-000002"]
    told = (
        "It is the same recording as “The song” (youtube/song-000000, blues), which is in the set."
    )
    assert [row["reason"] for row in rows(target / "failed.csv")] == [told, told]
    assert last_states(events)["song-000003"].duplicate_of == "youtube/song-000000"
    kept = {path.stem for path in (target / "audio" / "youtube").iterdir()}
    assert kept == {"song-000000", "song-000002"}
    # It is not fetched again, until the one that it doubles is gone.
    before = table_bytes(target), len(fake.asked)
    assert run().duplicates == 2
    assert (table_bytes(target), len([a for a in fake.asked[before[1] :] if a.range])) == (
        before[0],
        0,
    )
    remove(target, "youtube/song-000000")
    assert run().added == 1
    assert tracks(target) == ["song-000001", "song-000002"]


def test_what_is_no_song(fake: FakeYouTube, target: Path, tmp_path: Path) -> None:
    bad = {
        0: {"seconds": 700},
        1: {"seconds": 20, "audio": {140: encoded(tune(1, 2.0))}},
        2: {"audio": {140: encoded(np.zeros(22_050 * 8, dtype=np.float32))}, "seconds": 8},
        3: {"audio": {140: b"no sound" * 1000}},
        4: {"audio": {140: short_song(4) + bytes(60_000)}},
    }
    add_playlist(fake, 6, bad=bad)
    limits = Limits(longest=600, largest=90_000)
    with YouTube(
        tmp_path / "cache", limits=limits, network=fake.network(), log=tmp_path / "log"
    ) as youtube:
        options = Options(pause=0, shortest=5)
        with pytest.raises(DatasetError, match=r"none of its 6 songs could be added; .*failed"):
            collect(LINK, "blues", target, youtube=youtube, options=options)
        reasons = [row["reason"] for row in rows(target / "failed.csv")]
        assert reasons[0] == "It is too long: 11:40, and the limit is 10:00."
        assert re.match(r"It lasts 2\.\d+ s, and a genre takes at least 3 s to hear", reasons[1])
        assert reasons[2].startswith("It is silent")
        assert reasons[3]
        assert reasons[4] == "It is too short: 4 s, and a song of the set 5 s or longer."
        options = Options(pause=0, shortest=3)
        collect(LINK, "blues", target, youtube=youtube, options=options)
    assert tracks(target) == ["song-000005"]
    assert "the limit is 0.1 MB" in rows(target / "failed.csv")[4]["reason"]


def test_titles_and_channels_are_harmless(fake: FakeYouTube, run: Run, target: Path) -> None:
    odd = {
        0: {"title": '=HYPERLINK("http://evil")', "channel": "@SUM(1+1)*cmd|' /C calc'!A0"},
        1: {"title": "a\u202eb\x07c\r\nd", "channel": "Queen - Topic"},
        2: {"title": "x" * 10_000, "channel": '<b onclick="x">'},
        3: {"title": "../../etc/passwd", "channel": "+1-1"},
    }
    add_playlist(fake, 4, bad=odd)
    run(genre="=cmd")
    raw = (target / "tracks.csv").read_text(encoding="utf-8")
    assert raw.isascii() or "…" in raw
    cells = [cell for row in csv.reader(raw.splitlines()) for cell in row]
    assert not [cell for cell in cells if re.match(r"[=+@\t\r]", cell)]
    dataset = read_dataset(target)
    assert dataset.labels == ("=cmd",)
    titles = list(dataset.tracks["title"])
    assert titles[0] == '=HYPERLINK("http://evil")'
    assert titles[1] == "abc d"
    assert len(titles[2]) <= 300
    assert dataset.tracks["artist"].iloc[1] == "Queen"
    names = {path.name for path in (target / "audio" / "youtube").iterdir()}
    assert names == {f"{video_id}.flac" for video_id in ids(4)}


def test_a_limit_counts_from_the_first(fake: FakeYouTube, run: Run, target: Path) -> None:
    add_playlist(fake, 5, bad={1: {"listed_as": "private"}})
    assert run(limit=3).added == 2
    assert run(limit=3).added == 0
    assert tracks(target) == ["song-000000", "song-000002"]
    assert run().added == 2


def test_pauses_are_drawn_and_only_before_downloads(
    fake: FakeYouTube, run: Run, target: Path
) -> None:
    add_playlist(fake, 4, bad={1: {"listed_as": "private"}})
    run(limit=1)
    (target / "collected.sqlite").unlink()
    (target / "tracks.csv").unlink()
    (target / "features.csv").unlink()
    steps: list[str] = []
    start = time.monotonic()
    run(pause=0.6, workers=2, progress=lambda step, _: steps.append(step))
    taken = time.monotonic() - start
    # The first comes from the cache, the second asks for nothing: one pause, before the fourth.
    waited = {step.partition(":")[0] for step in steps if "next download in" in step}
    assert waited == {"Collecting song 4 of 4"}
    assert taken > 0.4
    assert Options().pause * 2 / 3 == pytest.approx(5.0)


def test_no_song_is_begun_while_it_is_paused(
    fake: FakeYouTube, run: Run, target: Path, events: list[Event]
) -> None:
    add_playlist(fake, 4, bad={})
    pause = threading.Event()
    during: list[tuple[int, int]] = []

    def listen(event: Event) -> None:
        events.append(event)
        if event.state is State.HEARING and event.place == 2:
            pause.set()

    def watch(step: str, _: float | None) -> None:
        if step.endswith("paused"):
            during.append((len(fake.about("/watch")), len(tracks(target))))
            # A busy machine may take long for the song on its way, but not for ever.
            if (len(during) >= 25 and during[-1][1] == 2) or len(during) == 2000:
                pause.clear()

    run(on_event=listen, paused=pause.is_set, progress=watch)
    assert {asked for asked, _ in during} == {2}
    assert during[-1] == (2, 2)  # what was on its way is in the tables
    assert tracks(target) == ids(4)


def test_cancelled_everything_is_kept(
    fake: FakeYouTube, run: Run, target: Path, events: list[Event]
) -> None:
    add_playlist(fake, 4, bad={})

    def stop(step: str, fraction: float | None) -> None:
        if (fraction or 0.0) >= 0.25:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        run(progress=stop)
    there = tracks(target)
    assert there == ids(4)[: len(there)]
    assert 1 <= len(there) < 4
    outcome = run(workers=2)
    assert (outcome.known, outcome.added) == (len(there), 4 - len(there))
    assert tracks(target) == ids(4)


@pytest.mark.parametrize("status", [403, None])
def test_the_same_trouble_three_times_stops_the_run(
    fake: FakeYouTube, run: Run, target: Path, status: int | None
) -> None:
    trouble = {"media_status": status} if status else {"audio": {}}
    add_playlist(fake, 8, bad=dict.fromkeys((1, 3, 4, 5, 6), trouble))
    with pytest.raises(Refusal) as caught:
        run()
    assert caught.value.kind in {Kind.FORBIDDEN, Kind.OUTDATED}
    assert tracks(target) == ["song-000000", "song-000002"]
    failed = [row["audio"][-1] for row in rows(target / "failed.csv")]
    assert failed == ["1", "3", "4", "5"]
    assert len(failed) == 1 + BROKEN_IN_A_ROW
    assert "song-000006" not in fake.about("/watch")


@pytest.mark.skipif(os.name != "posix", reason="no such signals")
def test_a_file_that_ends_its_process_costs_itself_alone(
    fake: FakeYouTube, run: Run, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_playlist(fake, 3, bad={1: {"audio": {140: b"deadly" * 5000}}})
    monkeypatch.setattr("lib.collecting.run.hear_excerpts", hear_or_die)
    outcome = run()
    assert (outcome.added, outcome.failed) == (2, 1)
    (row,) = rows(target / "failed.csv")
    assert "ended its process (signal 11)" in row["reason"]


def hear_or_die(task: lib.collecting.run.Task) -> object:
    """Hear a song; a deadly one ends the process as a decoder's crash would."""
    if task.path.read_bytes().startswith(b"deadly"):
        os.kill(os.getpid(), signal.SIGSEGV)
    from lib.collecting.excerpts import hear_excerpts

    return hear_excerpts(task)


def test_what_a_person_changed_stays(fake: FakeYouTube, run: Run, target: Path) -> None:
    add_playlist(fake, 5, bad={})
    run(limit=3)
    edit(
        target, {"genre": "soul", "title": "Mine", "artist": "=Me", "seconds": "1"}, track=ids(1)[0]
    )
    run()
    table = rows(target / "tracks.csv")
    assert {name: table[0][name] for name in ("genre", "title", "artist", "seconds")} == {
        "genre": "soul",
        "title": "Mine",
        "artist": "'=Me",
        "seconds": "4",
    }
    # ... even where the tables are lost, as far as a run has seen it.
    for name in table_bytes(target):
        (target / name).unlink()
    assert run().added == 0
    assert rows(target / "tracks.csv") == table
    assert read_dataset(target).X.shape == (5, 85)


def test_a_song_that_was_taken_out_comes_back_only_when_it_is_asked_for(
    fake: FakeYouTube, run: Run, target: Path, events: list[Event]
) -> None:
    add_playlist(fake, 4, bad={})
    run()
    whole = table_bytes(target)
    write(target, [row for row in rows(target / "tracks.csv") if "000001" not in row["track"]])
    remove(target, "youtube/song-000003")
    outcome = run(on_event=events.append)
    assert (outcome.added, outcome.known, outcome.skipped) == (0, 2, 2)
    assert "You took it out of the set" in last_states(events)["song-000001"].reason
    assert tracks(target) == ["song-000000", "song-000002"]
    assert len(read_dataset(target).X) == 2
    assert read_removed(target) == ("youtube/song-000001", "youtube/song-000003")
    assert rows(target / "failed.csv") == []
    assert run(again=True).added == 2
    assert table_bytes(target) == whole
    # ... even where no run has seen yet that its row is gone.
    write(target, [row for row in rows(target / "tracks.csv") if "000001" not in row["track"]])
    assert run(again=True).added == 1
    assert table_bytes(target) == whole


def test_a_genre_may_be_corrected_and_a_song_removed_while_the_run_goes_on(
    fake: FakeYouTube, run: Run, target: Path
) -> None:
    add_playlist(fake, 6, bad={})

    def work() -> None:
        correct_genre(target, "youtube/song-000000", "soul")
        remove(target, "youtube/song-000001")

    def listen(event: Event) -> None:
        # It was added just now, and the tables follow a second later.
        if event.state is State.ADDED and event.place == 2:
            other = threading.Thread(target=work)
            other.start()
            other.join()

    outcome = run(on_event=listen)
    assert outcome.added == 6
    assert [(row["track"][-1], row["genre"]) for row in rows(target / "tracks.csv")] == [
        ("0", "soul"),
        *((number, "blues") for number in "2345"),
    ]
    assert [(genre.genre, genre.songs) for genre in read_genres(target)] == [
        ("blues", 4),
        ("soul", 1),
    ]


def test_beside_a_folder_of_songs(fake: FakeYouTube, run: Run, target: Path) -> None:
    songs = target.parent / "songs"
    for number, genre in enumerate(("jazz", "metal")):
        write_song(songs / genre / "a.flac", music(3.5, seed=number), rate=22_050)
    (songs / "metal" / "bad.mp3").write_text("no sound")
    preprocess(songs, target, workers=1)
    before = {name: content.decode() for name, content in table_bytes(target).items()}
    add_playlist(fake, 3, bad={1: {"listed_as": "private"}})
    run()
    after = {name: content.decode() for name, content in table_bytes(target).items()}
    assert tracks(target) == ["jazz/a.flac", "metal/a.flac", "song-000000", "song-000002"]
    assert after["features.csv"].startswith(before["features.csv"])
    assert after["failed.csv"].startswith(before["failed.csv"])
    preprocess(songs, target, workers=1)
    assert {name: content.decode() for name, content in table_bytes(target).items()} == after
    with pytest.raises(DatasetError, match="The genre 'Jazz' is nearly 'jazz', which the set has"):
        run(genre="Jazz")


def test_features_of_another_version_are_computed_anew(
    fake: FakeYouTube, run: Run, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_playlist(fake, 3, bad={})
    monkeypatch.setattr(lib.collecting.store, "FEATURES_VERSION", "0")
    run()
    whole = table_bytes(target)
    (target / "audio" / "youtube" / "song-000001.flac").unlink()
    monkeypatch.undo()
    monkeypatch.setenv("PATH", str(target / "no-programs"))
    before = len(fake.asked)
    run(limit=1)
    assert list(read_dataset(target).track) == ["youtube/song-000000", "youtube/song-000002"]
    assert not [asked for asked in fake.asked[before:] if asked.path == "/watch"]
    run()  # from the cache: its excerpt was not kept
    assert table_bytes(target) == whole


def test_one_run_at_a_time(fake: FakeYouTube, run: Run, target: Path) -> None:
    add_playlist(fake, 1, bad={})
    with one_run(target), pytest.raises(DatasetError, match="another playlist run works on it"):
        run()
    assert run().added == 1


def test_a_table_that_a_person_broke_is_told_before_the_work(
    fake: FakeYouTube, run: Run, target: Path
) -> None:
    add_playlist(fake, 2, bad={})
    run(limit=1)
    edit(target, {"genre": ""}, track="song-000000")
    before = len(fake.asked)
    with pytest.raises(DatasetError, match=r"line 2 .*the column genre is empty"):
        run()
    assert len(fake.asked) == before


def test_tables_that_cannot_be_written_meanwhile_are_written_at_the_end(
    fake: FakeYouTube, run: Run, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_playlist(fake, 3, bad={})
    run(limit=1)
    replace, refusing = Path.replace, [False]

    def held(path: Path, to: Path) -> Path:
        if refusing[0] and to.name == "tracks.csv":
            raise PermissionError(13, "Permission denied")
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", held)
    states: list[State] = []

    def listen(event: Event) -> None:
        states.append(event.state)
        refusing[0] = refusing[0] or event.state is State.WAITING

    with pytest.raises(DatasetError, match=r"Permission denied.*Close other programs"):
        run(on_event=listen)
    assert states[-1] is State.ADDED
    assert tracks(target) == ids(1)
    with pytest.raises(DatasetError, match=r"Permission denied.*Close other programs"):
        run()
    refusing[0] = False
    assert run().known == 3
    assert tracks(target) == ids(3)


def test_an_empty_playlist(fake: FakeYouTube, run: Run, target: Path) -> None:
    fake.add_playlist(LIST, "Nothing", [])
    with pytest.raises((DatasetError, Refusal)):
        run()
    assert not target.exists()
