"""What is asked of YouTube, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.prediction.guest import Guest
from lib.progress import silent
from lib.youtube import Entry, Kind, Refusal, YouTube
from tests.youtube.fake_youtube import FakeYouTube

OWN, LIVE = "ownvideo_00", "livevideo_0"


def test_cookies_are_tried_on_what_only_some_may_see(
    fake: FakeYouTube, sound: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a list says of a private video does not hold for its owner."""
    monkeypatch.setenv("HOME", str(tmp_path))
    fake.add(OWN, listed_as="private", audio={140: sound})
    fake.add(LIVE, listed_as="live", audio={140: sound})
    network = fake.network(cookies_from_browser="firefox")
    with YouTube(tmp_path, network=network, log=tmp_path / "log") as youtube:
        guest = Guest(youtube, pause=0.0)
        # No browser is here, so its cookies can't be read: but they were looked for.
        private = Entry(OWN, "", "", None, Kind.PRIVATE)
        live = Entry(LIVE, "", "", None, Kind.LIVE)
        for video, kind in ((live, Kind.LIVE), (private, Kind.COOKIES)):
            with pytest.raises(Refusal) as caught:
                guest.fetch(video, silent)
            assert caught.value.kind is kind


def test_after_a_reason_to_ask_nothing_more_nobody_asks(tmp_path: Path) -> None:
    shut_out = Refusal(Kind.BOT_CHECK, "the first", "a robot, it seems.", tmp_path / "log")
    asked: list[str] = []

    def refuse() -> None:
        asked.append("once")
        raise shut_out

    with YouTube(tmp_path) as youtube:
        guest = Guest(youtube, pause=0.0)
        for subject in ("the first", "the second"):
            with pytest.raises(Refusal) as caught:
                guest.ask(subject, refuse)
            assert caught.value.subject == subject
            assert caught.value.args[2:] == shut_out.args[2:]
    assert asked == ["once"]
