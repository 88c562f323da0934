"""Fetching a song with the real yt-dlp: whole, resumed, cancelled, cached."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lib.audio import open_audio
from lib.errors import Cancelled
from lib.youtube import Entry, Kind, Limits, Refusal, YouTube
from tests.sound import music, write_song
from tests.youtube.fake_youtube import FakeYouTube
from tests.youtube.videos import noise

ID = "dQw4w9WgXcQ"
SOUND = noise(1_500_000)


class Stop:
    """Progress that takes notes and cancels when a step of some form comes."""

    def __init__(self, pattern: str = "") -> None:
        self.pattern = pattern
        self.steps: list[tuple[str, float | None]] = []
        self.stopped_at = 0.0

    def __call__(self, step: str, fraction: float | None, /) -> None:
        self.steps.append((step, fraction))
        if self.pattern and re.match(self.pattern, step):
            self.stopped_at = time.monotonic()
            raise Cancelled("enough")


def workers() -> list[str]:
    """Return the threads of yt-dlp's that still live."""
    return [thread.name for thread in threading.enumerate() if thread.name == "earmark-youtube"]


def wait_for_workers(seconds: float) -> None:
    """Wait until no thread of yt-dlp's lives."""
    end = time.monotonic() + seconds
    while workers() and time.monotonic() < end:
        time.sleep(0.02)
    assert workers() == []


@pytest.mark.parametrize(("itag", "suffix"), [(140, ".m4a"), (251, ".webm")])
def test_a_song_arrives_byte_for_byte(
    fake: FakeYouTube, youtube: YouTube, itag: int, suffix: str
) -> None:
    fake.add(ID, title="A\u202e song", channel="A channel", seconds=215, audio={itag: SOUND})
    with youtube.fetch(ID) as song:
        assert song.path.read_bytes() == SOUND
        assert song.path.name == ID + suffix
        assert song.entry == Entry(ID, "A song", "A channel", 215.0)
        assert song.downloaded
    assert fake.ranges(ID) == [fake.ranges(ID)[0]]


def test_a_long_song_comes_in_pieces_as_youtube_likes_it(
    fake: FakeYouTube, youtube: YouTube
) -> None:
    sound = noise(21_000_000)
    fake.add(ID, audio={140: sound})
    with youtube.fetch(ID) as song:
        assert song.path.read_bytes() == sound
    assert len(fake.ranges(ID)) in (2, 3)


def test_m4a_is_preferred(fake: FakeYouTube, youtube: YouTube) -> None:
    fake.add(ID, audio={251: noise(5_000), 140: noise(4_000)})
    with youtube.fetch(ID) as song:
        assert song.path.suffix == ".m4a"


@pytest.mark.parametrize(("itag", "suffix"), [(140, ".m4a"), (251, ".webm")])
def test_real_sound_is_heard_at_its_own_rate_without_any_program(
    fake: FakeYouTube,
    youtube: YouTube,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    itag: int,
    suffix: str,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    rate = {140: 44_100, 251: 48_000}[itag]
    made = write_song(tmp_path / f"song{suffix}", music(4.0, rate=rate), rate=rate)
    fake.add(ID, audio={itag: made.read_bytes()})
    with youtube.fetch(ID) as song, open_audio(song.path) as stream:
        blocks = list(stream.blocks())
        assert stream.info.rate == rate
        assert stream.seconds == pytest.approx(4.0, abs=0.1)
    assert blocks


def test_the_second_time_needs_no_request_and_no_thread(
    fake: FakeYouTube, youtube: YouTube, tmp_path: Path
) -> None:
    fake.add(ID, title="A song", audio={140: SOUND})
    youtube.fetch(ID).close()
    asked = len(fake.asked)
    start = time.perf_counter()
    with youtube.fetch(ID) as song:
        assert not song.downloaded
        assert song.entry.title == "A song"
    assert time.perf_counter() - start < 1.0
    assert youtube.details(ID) == song.entry
    assert len(fake.asked) == asked
    # Another process neither asks nor waits for yt-dlp.
    code = (
        "import sys; from pathlib import Path; from lib.youtube import YouTube;"
        "song = YouTube(Path(sys.argv[1])).fetch(sys.argv[2]);"
        "assert 'yt_dlp' not in sys.modules; print(song.path.name, song.downloaded)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "cache"), ID],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == f"{ID}.m4a False\n"
    assert len(fake.asked) == asked


def test_progress_tells_bytes_and_time_left(fake: FakeYouTube, youtube: YouTube) -> None:
    fake.add(ID, audio={140: SOUND}, bytes_per_second=1_500_000)
    stop = Stop()
    youtube.fetch(ID, progress=stop).close()
    loading = [step for step in stop.steps if step[0].startswith("Downloading")]
    assert len(loading) > 3
    form = r"Downloading \d\.\d of 1\.5 MB(, (\d+ min )?\d+ s left)?"
    assert all(re.fullmatch(form, step) for step, _ in loading)
    assert any("left" in step for step, _ in loading)
    fractions = [fraction for _, fraction in loading if fraction is not None]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_cancel_keeps_what_came_and_the_next_time_goes_on(
    fake: FakeYouTube, youtube: YouTube, tmp_path: Path
) -> None:
    video = fake.add(ID, audio={140: SOUND}, bytes_per_second=1_000_000)
    stop = Stop(r"Downloading 0\.[3-9]")
    with pytest.raises(Cancelled, match="enough"):
        youtube.fetch(ID, progress=stop)
    assert time.monotonic() - stop.stopped_at < 2.0
    wait_for_workers(10)
    (part,) = (tmp_path / "cache").glob("*.part")
    came = part.stat().st_size
    assert came > 200_000
    assert youtube.cached(ID) is None
    video.bytes_per_second = 0
    with youtube.fetch(ID) as song:
        assert song.path.read_bytes() == SOUND
    assert fake.ranges(ID)[1].startswith(f"bytes={came}-")


def test_three_cuts_are_survived(fake: FakeYouTube, youtube: YouTube) -> None:
    fake.add(ID, audio={140: SOUND}, cuts=[200_000, 300_000, 1])
    stop = Stop()
    with youtube.fetch(ID, progress=stop) as song:
        assert song.path.read_bytes() == SOUND
    starts = [int(wanted.removeprefix("bytes=").split("-")[0]) for wanted in fake.ranges(ID)]
    assert len(starts) == 4
    assert starts == sorted(starts)
    assert starts[1] > 0


def test_pauses_grow_and_are_told(fake: FakeYouTube, tmp_path: Path) -> None:
    fake.add(ID, audio={140: SOUND}, cuts=[0, 0, 0])
    network = fake.network(first_pause=0.15, longest_pause=0.4)
    assert [network.pause(tried) for tried in range(4)] == [0.15, 0.3, 0.4, 0.4]
    stop = Stop()
    with YouTube(tmp_path, network=network, log=tmp_path / "log") as youtube:
        start = time.monotonic()
        youtube.fetch(ID, progress=stop).close()
        assert time.monotonic() - start > 0.85
    assert any("trying again in" in step for step, _ in stop.steps)


def test_a_wire_that_is_cut_for_ever_is_no_network_and_loses_nothing(
    fake: FakeYouTube, tmp_path: Path
) -> None:
    video = fake.add(ID, audio={140: SOUND}, cuts=[400_000, *([0] * 20)])
    network = fake.network(retries=2)
    with YouTube(tmp_path / "cache", network=network, log=tmp_path / "log") as youtube:
        with pytest.raises(Refusal, match="what was downloaded is kept") as caught:
            youtube.fetch(ID)
        assert caught.value.kind is Kind.NO_NETWORK
        video.cuts.clear()
        asked = len(fake.ranges(ID))
        with youtube.fetch(ID) as song:
            assert song.path.read_bytes() == SOUND
        assert not fake.ranges(ID)[asked].startswith("bytes=0-")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_process_leaves_nothing_that_is_in_the_way(
    fake: FakeYouTube, tmp_path: Path, root: Path
) -> None:
    video = fake.add(ID, audio={140: SOUND}, bytes_per_second=500_000)
    code = "import sys; from lib.youtube import YouTube; YouTube().fetch(sys.argv[1])"
    environment = {**os.environ, **fake.environment(tmp_path)}
    cache = tmp_path / "home" / "cache" / "youtube"
    with subprocess.Popen([sys.executable, "-c", code, ID], cwd=root, env=environment) as other:
        end = time.monotonic() + 10
        while not any(part.stat().st_size for part in cache.glob("*.part")):
            assert time.monotonic() < end
            time.sleep(0.02)
        other.kill()
    video.bytes_per_second = 0
    with (
        YouTube(cache, network=fake.network(), log=tmp_path / "log") as youtube,
        youtube.fetch(ID) as song,
    ):
        assert song.path.read_bytes() == SOUND
    assert not fake.ranges(ID)[1].startswith("bytes=0-")


def test_cancel_works_while_nothing_comes(fake: FakeYouTube, youtube: YouTube) -> None:
    video = fake.add(ID, audio={140: SOUND}, stall_after=300_000)
    stop = Stop("Downloading")
    with pytest.raises(Cancelled):
        youtube.fetch(ID, progress=stop)
    assert time.monotonic() - stop.stopped_at < 2.0
    wait_for_workers(10)  # its wait of 15 s is broken off
    video.stall_after = None
    with youtube.fetch(ID) as song:
        assert song.path.read_bytes() == SOUND


def test_cancel_works_while_youtube_does_not_answer(fake: FakeYouTube, tmp_path: Path) -> None:
    fake.add(ID, audio={140: SOUND}, stalls_at_player=True)
    calls = itertools.count()

    def cancel(_step: str, _fraction: float | None, /) -> None:
        if next(calls) == 8:
            raise Cancelled("enough")

    with YouTube(tmp_path, network=fake.network(timeout=1.0), log=tmp_path / "log") as youtube:
        start = time.monotonic()
        with pytest.raises(Cancelled):
            youtube.fetch(ID, progress=cancel)
        assert time.monotonic() - start < 5.0
    fake.ended.set()
    wait_for_workers(10)


def test_a_stall_is_a_cut_after_the_timeout(fake: FakeYouTube, tmp_path: Path) -> None:
    video = fake.add(ID, audio={140: SOUND}, stall_after=300_000)
    network = fake.network(timeout=0.5, first_pause=0.3)

    def repair(step: str, _fraction: float | None, /) -> None:
        if "trying again" in step:
            video.stall_after = None

    with (
        YouTube(tmp_path, network=network, log=tmp_path / "log") as youtube,
        youtube.fetch(ID, progress=repair) as song,
    ):
        assert song.path.read_bytes() == SOUND
    assert len(fake.ranges(ID)) == 2


def test_another_version_of_the_sound_is_not_glued_to_the_first(
    fake: FakeYouTube, youtube: YouTube
) -> None:
    video = fake.add(ID, audio={140: SOUND}, stall_after=300_000)
    with pytest.raises(Cancelled):
        youtube.fetch(ID, progress=Stop("Downloading"))
    video.audio = {140: noise(1_400_000, seed=1)}
    video.stall_after = None
    with youtube.fetch(ID) as song:
        assert song.path.read_bytes() == video.audio[140]


def test_limits_are_told_before_the_first_byte(fake: FakeYouTube, tmp_path: Path) -> None:
    fake.add("l" * 11, seconds=7380, audio={140: SOUND})
    fake.add("g" * 11, audio={140: SOUND})
    limits = Limits(longest=3600, largest=1_000_000)
    with YouTube(tmp_path, limits=limits, network=fake.network()) as youtube:
        with pytest.raises(Refusal, match=r"2:03:00 long.*limit is 1:00:00.*--longest") as caught:
            youtube.fetch("l" * 11)
        assert caught.value.kind is Kind.TOO_LONG
        with pytest.raises(Refusal, match=r"has 1\.5 MB.*limit is 1\.0 MB.*--largest") as caught:
            youtube.fetch("g" * 11)
        assert caught.value.kind is Kind.TOO_LARGE
    assert fake.about("/videoplayback") == []


def test_a_size_that_youtube_hides_is_limited_as_it_comes(
    fake: FakeYouTube, tmp_path: Path
) -> None:
    fake.add(ID, audio={140: SOUND}, tells_size=False)
    fake.add("s" * 11, audio={140: noise(9_000)}, tells_size=False)
    limits = Limits(largest=1_000_000)
    with YouTube(tmp_path, limits=limits, network=fake.network()) as youtube:
        with pytest.raises(Refusal, match=r"limit is 1\.0 MB"):
            youtube.fetch(ID)
        with youtube.fetch("s" * 11) as song:
            assert song.path.read_bytes() == noise(9_000)


def test_the_cache_keeps_its_bound_and_what_is_used(fake: FakeYouTube, tmp_path: Path) -> None:
    names = [letter * 11 for letter in "abcd"]
    for name in names:
        fake.add(name, audio={140: SOUND})
    limits = Limits(cache=3_200_000)
    with YouTube(tmp_path, limits=limits, network=fake.network()) as youtube:
        held = youtube.fetch(names[0])
        for number, name in enumerate(names[1:]):
            youtube.fetch(name).close()
            os.utime(tmp_path / f"{name}.m4a", (1e9 + number, 1e9 + number))
            os.utime(tmp_path / f"{name}.json", (1e9 + number, 1e9 + number))
        assert held.path.read_bytes() == SOUND
        assert youtube.cached(names[1]) is None
        assert youtube.cached(names[3]) is not None
        size = sum(path.stat().st_size for path in tmp_path.iterdir() if path.is_file())
        assert size <= 3_200_000


def test_the_same_song_at_once_is_downloaded_once(fake: FakeYouTube, youtube: YouTube) -> None:
    fake.add(ID, audio={140: SOUND}, bytes_per_second=3_000_000)
    steps = [Stop(), Stop(), Stop()]
    with ThreadPoolExecutor(3) as pool:
        songs = list(pool.map(lambda stop: youtube.fetch(ID, progress=stop), steps))
    assert [song.path.read_bytes() == SOUND for song in songs] == [True] * 3
    assert sum(song.downloaded for song in songs) == 1
    assert len(fake.ranges(ID)) == 1
    assert any("another download" in step for stop in steps for step, _ in stop.steps)


def test_two_songs_at_once(fake: FakeYouTube, youtube: YouTube) -> None:
    sounds = {letter * 11: noise(800_000, seed=ord(letter)) for letter in "abcd"}
    for name, sound in sounds.items():
        fake.add(name, audio={140: sound})
    with ThreadPoolExecutor(2) as pool:
        songs = list(pool.map(youtube.fetch, sounds))
    assert [song.path.read_bytes() for song in songs] == list(sounds.values())


def test_a_disk_that_takes_nothing(fake: FakeYouTube, tmp_path: Path) -> None:
    fake.add(ID, audio={140: SOUND})
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with YouTube(blocked / "cache", network=fake.network(), log=tmp_path / "log") as youtube:
        with pytest.raises(Refusal, match="Make room") as caught:
            youtube.fetch(ID)
        assert caught.value.kind is Kind.DISK


@pytest.mark.parametrize("video_id", ["", "short", "../../../etc", "a" * 12, "dQw4w9WgXc\n"])
def test_what_is_no_id_names_no_file(youtube: YouTube, tmp_path: Path, video_id: str) -> None:
    for ask in (youtube.fetch, youtube.details, youtube.thumbnail, youtube.cached):
        with pytest.raises(Refusal, match="not the id of a video"):
            ask(video_id)
    assert not (tmp_path / "cache").exists()
