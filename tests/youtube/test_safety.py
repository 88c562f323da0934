"""Nothing runs but deno, nobody is asked but YouTube, no name on disk comes from elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lib.youtube import BROWSERS, Refusal, YouTube, read_entry
from tests.youtube.fake_youtube import FakeYouTube
from tests.youtube.videos import noise

ID = "dQw4w9WgXcQ"
SOUND = noise(20_000)

FETCH = """
import sys
from pathlib import Path
from lib.youtube import YouTube
with YouTube() as youtube:
    song = youtube.fetch(sys.argv[1])
    print(song.entry.title, len(song.path.read_bytes()), song.path)
"""


def write_program(path: Path, marker: Path) -> None:
    """Write a program that leaves a marker when it is run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho \"$0\" >> '{marker}'\n")
    path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="the traps are shell scripts")
def test_no_program_no_plugin_and_no_settings_of_others(
    fake: FakeYouTube, tmp_path: Path, root: Path
) -> None:
    marker, home = tmp_path / "marker", tmp_path / "user"
    for name in ("ffmpeg", "ffprobe", "aria2c", "curl", "wget", "node", "bun", "deno", "phantomjs"):
        write_program(tmp_path / "bin" / name, marker)
    config = home / ".config" / "yt-dlp"
    config.mkdir(parents=True)
    (config / "config").write_text(f"--exec 'touch {marker}'\n--write-info-json\n")
    plugin = config / "plugins" / "trap" / "yt_dlp_plugins" / "extractor" / "trap.py"
    plugin.parent.mkdir(parents=True)
    plugin.write_text(f"open({str(marker)!r}, 'a').write('plugin')\n")
    fake.add(ID, title="A song", audio={140: SOUND}, needs_javascript=True)
    environment = {
        **os.environ,
        **fake.environment(tmp_path),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    told = subprocess.run(
        [sys.executable, "-c", FETCH, ID],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env=environment,
    )
    folder = tmp_path / "home" / "cache" / "youtube"
    assert told.stdout == f"A song {len(SOUND)} {folder / ID}.m4a\n"
    assert told.stderr == ""
    assert not marker.exists()
    assert {path.name for path in folder.iterdir()} == {f"{ID}.m4a", f"{ID}.json", "locks"}


def test_a_certificate_of_nobodys_is_not_trusted(
    fake: FakeYouTube, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    fake.add(ID, audio={140: SOUND})
    with (
        YouTube(tmp_path, network=fake.network(verify=True), log=tmp_path / "log") as youtube,
        pytest.raises(Refusal, match="can't be reached"),
    ):
        youtube.fetch(ID)
    assert fake.asked == []


@pytest.mark.parametrize(
    "title",
    [
        "../../../../tmp/evil",
        "/etc/passwd",
        "$(touch evil) `touch evil` %(id)s ; rm -rf ~",
        "CON\x00.mp3\n\u202e",
        "x" * 10_000,
        '<b onclick="x">&amp;</b>',
    ],
)
def test_no_name_on_disk_comes_from_a_title(
    fake: FakeYouTube, youtube: YouTube, tmp_path: Path, title: str
) -> None:
    fake.add(ID, title=title, channel=title, audio={140: SOUND})
    with youtube.fetch(ID) as song:
        assert len(song.entry.title) <= 300
        assert song.entry.title.isprintable()
    names = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {f"{ID}.m4a", f"{ID}.json", f"{ID}.use"}


def test_what_is_refused_at_the_door_asks_nobody(fake: FakeYouTube, youtube: YouTube) -> None:
    for text in ("http://127.0.0.1/x", "file:///etc/passwd", "https://vimeo.com/1"):
        with pytest.raises(Refusal):
            read_entry(text)
        for ask in (youtube.fetch, youtube.playlist):
            with pytest.raises(Refusal, match="not the id"):
                ask(text)
    assert fake.asked == []


def test_words_that_look_like_an_address_are_searched_for_at_youtube(
    fake: FakeYouTube, youtube: YouTube
) -> None:
    fake.add(ID)
    for words in ("http://127.0.0.1/x", "file:///etc/passwd", "ytsearch9:x", "-v --exec x"):
        fake.add_search(words, [ID])
        assert [entry.id for entry in youtube.search(words)] == [ID]
    assert {asked.host for asked in fake.asked} == {"www.youtube.com"}


def test_every_browser_that_is_offered_is_known() -> None:
    from yt_dlp.cookies import SUPPORTED_BROWSERS

    assert set(BROWSERS) == set(SUPPORTED_BROWSERS)
