"""03_classify.py with links, playlists and words: the real yt-dlp, a stand-in for YouTube."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.model import save_model
from tests.models import small_model
from tests.sound import music, write_song
from tests.terminal import on_a_terminal
from tests.youtube import videos
from tests.youtube.fake_youtube import FakeYouTube
from tests.youtube.videos import Json

ID = "dQw4w9WgXcQ"
LINK = f"https://www.youtube.com/watch?v={ID}"
LIST = "PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf"
LIST_LINK = f"https://www.youtube.com/playlist?list={LIST}"
IDS = [f"song-{number:06}" for number in range(6)]


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a model and with a song as YouTube has it in each of its formats."""
    folder = tmp_path_factory.mktemp("songs")
    save_model(small_model(), folder / "model")
    write_song(folder / "song.m4a", music(4.0, rate=44_100))
    write_song(folder / "song.webm", music(4.0, rate=48_000))
    return folder


@pytest.fixture
def fake(songs: Path) -> Iterator[FakeYouTube]:
    """Return a stand-in with one good song, and make sure that no other host was asked."""
    with FakeYouTube() as fake:
        add(fake, songs, ID, title="A song", channel="A channel", seconds=5)
        yield fake
        assert fake.refused == []


def add(fake: FakeYouTube, songs: Path, video_id: str, **properties: object) -> None:
    fake.add(video_id, **{"audio": {140: (songs / "song.m4a").read_bytes()}, **properties})


@pytest.fixture
def environment(fake: FakeYouTube, tmp_path: Path) -> dict[str, str]:
    """Return variables that lead a process to the stand-in, and to no program at all."""
    return {**os.environ, **fake.environment(tmp_path), "PATH": str(tmp_path / "no programs")}


@pytest.fixture
def command(root: Path, songs: Path) -> list[str]:
    script = [sys.executable, str(root / "03_classify.py")]
    return [*script, "--model", str(songs / "model"), "--pause", "0"]


class Stage:
    """The stage, to be run as a person does."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self.command = command
        self.environment = environment
        self.folder = folder

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*self.command, *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=self.environment,
            cwd=self.folder,
        )
        assert "Traceback" not in done.stderr
        return done

    def json(self, *arguments: str) -> tuple[int, list[Json]]:
        done = self("--json", *arguments)
        assert done.stderr == ""
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def stage(command: list[str], environment: dict[str, str], tmp_path: Path) -> Stage:
    return Stage(command, environment, tmp_path)


def test_a_link_is_told_to_a_person(stage: Stage) -> None:
    done = stage(f"https://youtu.be/{ID}?list={LIST}&t=43")
    assert (done.returncode, done.stderr) == (0, "")
    title, link, genre, others = done.stdout.splitlines()
    assert (title, link) == ("A channel – A song (0:04)", f"  {LINK}")
    assert re.fullmatch(r"  (classical|metal|rock)  \d+ %", genre)
    assert others.startswith("  then ")


def test_forms_of_a_link_mean_the_same_and_are_fetched_once(
    fake: FakeYouTube, stage: Stage
) -> None:
    forms = (
        f"https://www.youtube.com/watch?v={ID}&list={LIST}",
        f"www.youtube.com/shorts/{ID}",
        f"https://music.youtube.com/watch?v={ID}",
        f"'https://www.youtube.com/embed/{ID}'",
    )
    status, told = stage.json(*forms)
    assert status == 0
    assert [line["source"] for line in told] == [LINK] * 4
    assert len({line["confidence"] for line in told}) == 1
    assert told[0]["video"] == {
        "id": ID, "link": LINK, "title": "A song", "channel": "A channel", "seconds": 5.0,
    }  # fmt: skip
    assert len(fake.ranges(ID)) == 1
    # The second call asks nothing at all.
    asked = len(fake.asked)
    assert stage.json(LINK) == (0, told[:1])
    assert len(fake.asked) == asked


def test_opus_is_decoded_without_any_program(fake: FakeYouTube, stage: Stage, songs: Path) -> None:
    fake.videos[ID].audio = {251: (songs / "song.webm").read_bytes()}
    status, told = stage.json(LINK)
    assert status == 0
    assert told[0]["seconds"] == pytest.approx(4.0, abs=0.1)


def test_words_say_which_video_they_were_taken_for(fake: FakeYouTube, stage: Stage) -> None:
    fake.add_search("a song by a band", [ID])
    done = stage("a song by a band")
    assert done.returncode == 0
    assert done.stderr == f"Found for “a song by a band”: A song by A channel (0:05), {LINK}\n"
    assert done.stdout.startswith("A channel – A song (0:04)\n")
    status, told = stage.json("a song by a band")
    assert status == 0
    assert (told[0]["words"], told[0]["source"]) == ("a song by a band", LINK)
    assert told[0]["video"]["seconds"] == 5.0
    assert len(fake.ranges(ID)) == 1


def mixed_playlist(fake: FakeYouTube, songs: Path) -> None:
    """Add a playlist of six songs, four of which can't be had."""
    for number, video_id in enumerate(IDS):
        add(fake, songs, video_id, title=f"Song {number}")
    fake.videos[IDS[1]].listed_as = "deleted"
    fake.videos[IDS[2]].playability = videos.AGE_RESTRICTED
    fake.videos[IDS[3]].seconds = 4_000
    fake.videos[IDS[4]].media_status = 403
    fake.add_playlist(LIST, "Mixed", IDS)


def test_a_playlist_is_a_table_with_its_failures_in_it(
    fake: FakeYouTube, stage: Stage, songs: Path
) -> None:
    mixed_playlist(fake, songs)
    done = stage(LIST_LINK)
    assert done.returncode == 1
    heading, head, *rows = done.stdout.splitlines()
    assert heading == f"Mixed (6 songs)  {LIST_LINK}"
    assert head.split() == ["title", "length", "genre", "confidence"]
    column = head.index("genre")
    assert [row[:7].rstrip() for row in rows] == [
        "Song 0", "[Delete", "Song 2", "Song 3", "Song 4", "Song 5",
    ]  # fmt: skip
    assert [row[column:] for row in rows[1:5]] == [
        "– removed", "– age-restricted", "– too long", "– forbidden",
    ]  # fmt: skip
    for row in (rows[0], rows[5]):
        assert re.fullmatch(r"0:04  (classical|metal|rock) +\d+ %", row[column - 6 :])
    advice = done.stderr.splitlines()
    assert [line.split(": ")[1].split("=")[1] for line in advice] == IDS[1:5]
    assert all(line.startswith("Earmark: https://") for line in advice)
    for line, words in zip(
        advice, ("no longer on", "of age", "--longest MINUTES", "HTTP 403"), strict=True
    ):
        assert words in line


def test_a_playlist_as_json_is_an_object_a_song(
    fake: FakeYouTube, stage: Stage, songs: Path
) -> None:
    mixed_playlist(fake, songs)
    status, told = stage.json("--limit", "4", "--longest", "70", LIST_LINK)
    assert status == 1
    assert [line.get("kind", "heard") for line in told] == [
        "heard", "removed", "age-restricted", "heard",
    ]  # fmt: skip
    assert [line["playlist"]["number"] for line in told] == [1, 2, 3, 4]
    assert {line["playlist"]["title"] for line in told} == {"Mixed"}
    assert [line["video"]["id"] for line in told] == IDS[:4]


@pytest.mark.parametrize(
    ("playability", "words"), [(videos.BOT_CHECK, "no robot"), (videos.RATE_LIMIT, "too many")]
)
def test_what_stops_a_playlist_says_what_helps(
    fake: FakeYouTube, stage: Stage, songs: Path, tmp_path: Path, playability: Json, words: str
) -> None:
    mixed_playlist(fake, songs)
    fake.videos[IDS[2]].playability = playability
    done = stage("--limit", "5", LIST_LINK, LINK, str(songs / "song.m4a"))
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert words in lines[1]
    assert "Wait an hour" in lines[1]
    assert "--cookies-from-browser" in lines[1]
    log = tmp_path / "home" / "log" / "youtube.log"
    assert lines[1].endswith(f"(The full text is in {log})")
    assert "2 more songs were not asked for" in lines[2]
    assert lines[3].startswith(f"Earmark: {LINK}: ")  # told, but not asked for
    assert len(lines) == 4
    asked = {asked.about for asked in fake.asked}
    assert asked.isdisjoint({IDS[3], IDS[4], ID})
    assert "song (0:04)" in done.stdout  # the file is heard all the same


REFUSALS: list[tuple[Json, str]] = [
    ({"playability": videos.PRIVATE}, "this video is private. Type the song's name"),
    ({"playability": videos.REGION_LOCKED}, "blocked in your country."),
    ({"playability": videos.PREMIERE}, "has not been shown yet: “Premieres in 5 hours”."),
    ({"live": "isLive"}, "live stream that is still going on."),
    ({"seconds": 7_380}, "it is 2:03:00 long, and the limit is 1:00:00. Raise the limit"),
    ({"audio": {140: videos.noise(600_000)}}, "the limit is 0.5 MB. Raise the limit on the size"),
    ({"audio": {140: b"no sound" * 99}}, "delete it to have it downloaded anew"),
]


def test_a_refusal_is_a_sentence_with_advice(fake: FakeYouTube, stage: Stage, songs: Path) -> None:
    links = []
    for number, (properties, _) in enumerate(REFUSALS):
        add(fake, songs, f"bad--{number:06}", **properties)
        links.append(f"https://www.youtube.com/watch?v=bad--{number:06}")
    done = stage("--largest", "0.5", *links, LINK)
    assert done.returncode == 1
    assert done.stdout.startswith("A channel – A song (0:04)\n")
    for line, link, (_, words) in zip(done.stderr.splitlines(), links, REFUSALS, strict=True):
        assert line.startswith(f"Earmark: {link}: ")
        assert words in line


def test_what_is_refused_at_the_door_asks_nobody(fake: FakeYouTube, stage: Stage) -> None:
    texts = (
        "https://vimeo.com/1", "http://127.0.0.1/x", "file:///etc/no-such", "gone.mp3",
        "songs/new", "", "https://youtu.be/short",
    )  # fmt: skip
    status, told = stage.json(*texts)
    assert status == 1
    assert [line["source"] for line in told] == list(texts)
    assert all("error" in line for line in told)
    assert "There is no such file" in told[3]["error"]
    assert fake.asked == []


def test_no_network_no_playlist_no_results(fake: FakeYouTube, stage: Stage) -> None:
    status, told = stage.json(LIST_LINK, "qqq zzz")
    assert (status, [line["kind"] for line in told]) == (1, ["no playlist", "no results"])
    stage.environment["HTTPS_PROXY"] = "http://127.0.0.1:9"
    status, told = stage.json(LINK)
    assert (status, told[0]["kind"]) == (1, "no network")


def test_a_file_needs_no_yt_dlp(root: Path, songs: Path) -> None:
    script = (
        "import runpy, sys\n"
        "status = runpy.run_path('03_classify.py')['main'](sys.argv[1:])\n"
        "print(status, 'yt_dlp' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--model", songs / "model", songs / "song.m4a"],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
    )
    assert done.stdout.splitlines()[-1] == "0 False"


def test_a_terminal_shows_bytes_and_seconds_left_and_then_the_answer_alone(
    fake: FakeYouTube, stage: Stage, songs: Path
) -> None:
    size = len(fake.videos[ID].audio[140])
    fake.videos[ID].bytes_per_second = size
    fake.add_search("a song", [ID])
    status, drawn = on_a_terminal(
        [*stage.command, "a song"], cwd=stage.folder, env=stage.environment
    )
    assert status == 0
    assert re.search(r"Downloading 0\.\d of 0\.1 MB, [01] s left +\d+%", drawn)
    assert "Listening" in drawn
    shown = [line.rsplit("\r", 1)[-1] for line in drawn.replace("\r\n", "\n").split("\n")]
    assert shown[0].startswith("Found for “a song”")
    assert [line[:3] for line in shown[1:5]] == ["A c", "  h", "  " + shown[3][2], "  t"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT")
def test_ctrl_c_stops_a_download_at_once(fake: FakeYouTube, stage: Stage) -> None:
    fake.videos[ID].stall_after = 20_000
    with subprocess.Popen(
        [*stage.command, LINK],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=stage.environment,
        cwd=stage.folder,
    ) as process:
        end = time.monotonic() + 10
        while not fake.ranges(ID):
            assert time.monotonic() < end
            time.sleep(0.02)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        start = time.monotonic()
        out, err = process.communicate(timeout=30)
        assert time.monotonic() - start < 8
    assert (process.returncode, out) == (130, "")
    assert err == "Earmark: stopped.\n"


def test_a_wrong_call_is_two(stage: Stage) -> None:
    done = stage(LINK, "--longest", "-1")
    assert done.returncode == 2
    assert "--longest" in done.stderr


def test_help_shows_how_it_is_used(stage: Stage) -> None:
    done = stage("--help")
    assert done.returncode == 0
    for words in ("examples:", '"purple rain prince"', "playlist?list=", "--longest MINUTES"):
        assert words in done.stdout
