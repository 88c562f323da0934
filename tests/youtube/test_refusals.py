"""Every refusal as its own sentence, with advice, and its full text in the log."""

from __future__ import annotations

import pickle
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from lib.errors import YouTubeError
from lib.youtube import Kind, Network, Refusal, YouTube
from lib.youtube.log import LOG_BYTES, Log
from tests.youtube import videos
from tests.youtube.fake_youtube import FakeYouTube
from tests.youtube.videos import Json, noise

ID = "dQw4w9WgXcQ"
LINK = f"https://www.youtube.com/watch?v={ID}"
SOUND = noise(20_000)


def refused(youtube: YouTube, video_id: str = ID) -> Refusal:
    with pytest.raises(Refusal) as caught:
        youtube.fetch(video_id)
    return caught.value


@pytest.mark.parametrize(
    ("playability", "kind", "words"),
    [
        (videos.PRIVATE, Kind.PRIVATE, "this video is private"),
        (videos.REMOVED, Kind.REMOVED, "no longer on YouTube"),
        (videos.TERMINATED, Kind.REMOVED, "no longer on YouTube"),
        (videos.AGE_RESTRICTED, Kind.AGE_RESTRICTED, "signed in and of age"),
        (videos.REGION_LOCKED, Kind.REGION_LOCKED, "blocked in your country"),
        (videos.BLOCKED, Kind.REGION_LOCKED, "blocked in your country"),
        (videos.MEMBERS_ONLY, Kind.MEMBERS_ONLY, "paying members"),
        (videos.PAYMENT, Kind.PAYMENT, "has to be paid for"),
        (videos.PREMIERE, Kind.PREMIERE, "not been shown yet: “Premieres in 5 hours”"),
        (videos.BOT_CHECK, Kind.BOT_CHECK, "no robot. Wait an hour"),
        (videos.RATE_LIMIT, Kind.RATE_LIMIT, "too many requests"),
        (videos.ODD, Kind.UNAVAILABLE, "“The moon is in the wrong house”"),
    ],
)
def test_what_youtube_says_becomes_a_sentence(
    fake: FakeYouTube, youtube: YouTube, tmp_path: Path, playability: Json, kind: Kind, words: str
) -> None:
    fake.add(ID, playability=playability)
    error = refused(youtube)
    assert error.kind is kind
    assert words in str(error)
    assert str(error).startswith(f"{LINK}: ")
    assert kind.advice in str(error)
    log = tmp_path / "log" / "youtube.log"
    assert str(error).endswith(f"(The full text is in {log})")
    text = log.read_text()
    assert LINK in text
    assert "Traceback" in text
    # The line to YouTube is as good as before.
    fake.add("a" * 11, audio={140: SOUND})
    youtube.fetch("a" * 11).close()


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"watch_status": 429, "player_status": 429}, Kind.RATE_LIMIT),
        ({"player_status": 429}, Kind.RATE_LIMIT),
        ({"media_status": 429}, Kind.RATE_LIMIT),
        ({"player_status": 403}, Kind.FORBIDDEN),
        ({"media_status": 403}, Kind.FORBIDDEN),
        ({"watch_status": 503, "player_status": 503}, Kind.NO_NETWORK),
        ({"media_status": 503}, Kind.NO_NETWORK),
        ({"live": "isLive"}, Kind.LIVE),
        ({"live": "isPostLiveDvr"}, Kind.LIVE),
        ({"audio": {}}, Kind.OUTDATED),
        ({"host": "sound.evil.example"}, Kind.FOREIGN_HOST),
        ({"host": "127.0.0.1"}, Kind.FOREIGN_HOST),
        ({"host": "googlevideo.com.evil.example"}, Kind.FOREIGN_HOST),
    ],
)
def test_what_goes_wrong_on_the_way(
    fake: FakeYouTube, tmp_path: Path, properties: Json, kind: Kind
) -> None:
    fake.add(ID, **{"audio": {140: SOUND}, **properties})
    with YouTube(tmp_path, network=fake.network(retries=1), log=tmp_path / "log") as youtube:
        error = refused(youtube)
    assert error.kind is kind
    assert error.reason
    assert not list(tmp_path.glob("*.m4a"))


def test_a_live_stream_that_has_ended_is_a_song_like_others(
    fake: FakeYouTube, youtube: YouTube
) -> None:
    fake.add(ID, audio={140: SOUND}, live="isLiveContent")
    with youtube.fetch(ID) as song:
        assert song.path.read_bytes() == SOUND


def test_no_network(tmp_path: Path) -> None:
    closed = Network(proxy="http://127.0.0.1:9", first_pause=0.01)
    start = time.monotonic()
    with YouTube(tmp_path, network=closed, log=tmp_path / "log") as youtube:
        for ask in (
            lambda: youtube.fetch(ID),
            lambda: youtube.search("words"),
            lambda: youtube.playlist("PL" + "x" * 20),
            lambda: youtube.thumbnail(ID),
        ):
            with pytest.raises(Refusal, match="can't be reached") as caught:
                ask()
            assert caught.value.kind is Kind.NO_NETWORK
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("proxy", ["nonsense", "file:///x", "http://[::1", "http://a:b", "http://"])
def test_a_proxy_that_is_none(proxy: str) -> None:
    with pytest.raises(Refusal, match="no address of a proxy") as caught:
        Network(proxy=proxy)
    assert caught.value.kind is Kind.NO_NETWORK


def test_without_yt_dlp_there_is_a_sentence(
    youtube: YouTube, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "lib.youtube.session", None)
    error = refused(youtube)
    assert error.kind is Kind.OUTDATED
    assert "pip install --upgrade yt-dlp" in str(error)


def test_no_such_playlist(youtube: YouTube) -> None:
    with pytest.raises(Refusal, match="no such playlist, or it is private") as caught:
        youtube.playlist("PL" + "x" * 20)
    assert caught.value.kind is Kind.NO_PLAYLIST
    assert str(caught.value).startswith("https://www.youtube.com/playlist?list=PLxxx")


@pytest.mark.parametrize("browser", ["firefox", "no-such-browser"])
def test_cookies_that_cannot_be_read(
    fake: FakeYouTube, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    network = fake.network(cookies_from_browser=browser)
    with YouTube(tmp_path, network=network, log=tmp_path / "log") as youtube:
        assert refused(youtube).kind is Kind.COOKIES
    assert fake.asked == []


def test_the_challenge_is_solved_by_deno(
    fake: FakeYouTube, youtube: YouTube, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # deno is found in the environment all the same
    fake.add(ID, audio={140: SOUND}, needs_javascript=True)
    with youtube.fetch(ID) as song:
        assert song.path.read_bytes() == SOUND


def test_without_deno_there_is_a_sentence_and_what_needs_none_is_fetched(
    fake: FakeYouTube, tmp_path: Path
) -> None:
    fake.add(ID, audio={140: SOUND}, needs_javascript=True)
    fake.add("a" * 11, audio={140: SOUND})
    network = fake.network(javascript=tmp_path / "no-deno")
    with YouTube(tmp_path, network=network, log=tmp_path / "log") as youtube:
        for _ in range(2):  # yt-dlp warns of it only once in some places
            error = refused(youtube)
            assert error.kind is Kind.NO_JAVASCRIPT
            assert "Install deno" in str(error)
        youtube.fetch("a" * 11).close()


def test_an_old_yt_dlp_is_named(
    fake: FakeYouTube, youtube: YouTube, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.youtube.answers.PLAYER", "var changed = true;")
    fake.add(ID, audio={140: SOUND}, needs_javascript=True)
    error = refused(youtube)
    assert error.kind is Kind.OUTDATED
    assert "yt-dlp 20" in str(error)
    assert "pip install --upgrade yt-dlp yt-dlp-ejs deno" in str(error)


def test_every_kind_has_a_sentence_and_advice_of_its_own() -> None:
    assert len({kind.sentence for kind in Kind}) == len(Kind)
    assert all(kind.advice and kind.sentence.endswith(".") for kind in Kind)


def test_what_stops_a_run_is_what_the_next_song_would_meet_too() -> None:
    assert Kind.BOT_CHECK.stops_a_run
    assert Kind.RATE_LIMIT.stops_a_run
    assert not Kind.PRIVATE.stops_a_run
    assert not Kind.FORBIDDEN.stops_a_run


def test_a_refusal_survives_the_way_between_processes() -> None:
    error = Refusal(Kind.LIVE, LINK, "told", Path("x.log"))
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own bytes)
    assert isinstance(back, YouTubeError)
    assert str(back) == str(error) == f"{LINK}: told {Kind.LIVE.advice} (The full text is in x.log)"
    assert (back.kind, back.reason) == (Kind.LIVE, "told")


def test_the_log_is_bounded_and_never_in_the_way(tmp_path: Path) -> None:
    log = Log(tmp_path / "logs" / "youtube.log")
    for _ in range(5):
        assert log.write("x" * (LOG_BYTES // 2) + "\ud83d") == log.path
    assert log.path.stat().st_size < 2 * LOG_BYTES
    assert len(list(log.path.parent.iterdir())) == 2
    (tmp_path / "file").write_text("no folder")
    assert Log(tmp_path / "file" / "youtube.log").write("text") is None


def test_pauses_are_bounded() -> None:
    assert replace(Network(), first_pause=1.0).pause(1000) == Network().longest_pause
