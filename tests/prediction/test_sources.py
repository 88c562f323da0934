"""From what a person gives to the songs that it means."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.errors import AudioError
from lib.prediction import File, Folder, find_songs, read_source
from lib.youtube import Kind, Playlist, Refusal, Video, Words
from tests.rights import rights_of_a_person

ID = "dQw4w9WgXcQ"
LIST = "PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder, in which the program runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    return tmp_path


def song(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


class TestWhatIsThere:
    """An existing path wins over all that it may look like."""

    @pytest.mark.parametrize(
        "name",
        [
            "song.mp3",
            "Purple Rain",
            "youtube.com",
            "AC/DC",
            "a b/c d.flac",
            " spaced ",
            "100%25 #1",
        ],
    )
    def test_a_file(self, here: Path, name: str) -> None:
        song(here / name)
        assert read_source(name) == File(Path(name))
        assert read_source(str(here / name)) == File(here / name)
        assert read_source((here / name).as_uri()) == File(here / name)

    def test_a_folder(self, here: Path) -> None:
        (here / "Purple Rain").mkdir()
        assert read_source("Purple Rain") == Folder(Path("Purple Rain"))
        assert read_source("Purple Rain/") == Folder(Path("Purple Rain"))
        assert read_source(".") == Folder(Path())
        assert read_source((here / "Purple Rain").as_uri()) == Folder(here / "Purple Rain")

    @pytest.mark.parametrize("form", ['"{}"', "'{}'", "“{}”", "<{}>", "  {}\n", '" {} "'])
    def test_in_quotation_marks_as_file_managers_copy_it(self, here: Path, form: str) -> None:
        path = song(here / "a b" / "c.mp3")
        assert read_source(form.format(path)) == File(path)
        assert read_source(form.format("a b/c.mp3")) == File(Path("a b/c.mp3"))

    def test_in_a_persons_home(self, here: Path) -> None:
        path = song(here / "home" / "c.mp3")
        assert read_source("~/c.mp3") == File(path)
        assert read_source("~") == Folder(here / "home")

    def test_a_link_to_a_file(self, here: Path) -> None:
        path = song(here / "c+ ü?.mp3")
        assert read_source(path.as_uri()) == File(path)
        assert read_source(path.as_uri().replace("file://", "FILE://localhost")) == File(path)
        assert read_source(path.as_uri().replace("file://", "file:")) == File(path)

    @pytest.mark.skipif(sys.platform != "linux", reason="other systems want text")
    def test_a_name_that_is_no_text(self, here: Path) -> None:
        path = song(here / "a\udcff.mp3")
        assert read_source(str(path)) == File(path)
        assert read_source(f"file://{here}/a%FF.mp3") == File(path)
        assert read_source(f"file://{path}") == File(path)
        with pytest.raises(AudioError, match="no such file"):
            read_source(f"file://{here}/\ud800.mp3")  # half a letter, which no name holds

    @pytest.mark.skipif(sys.platform == "win32", reason="links")
    def test_a_link_that_leads_nowhere_is_for_its_opener_to_tell(self, here: Path) -> None:
        (here / "Purple Rain").symlink_to("gone")
        assert read_source("Purple Rain") == File(Path("Purple Rain"))

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such permissions")
    def test_what_may_not_be_looked_at_is_for_its_opener_to_tell(self, here: Path) -> None:
        path = song(here / "shut" / "c.mp3")
        path.parent.chmod(0)
        with rights_of_a_person():
            assert read_source(str(path)) == File(path)
        path.parent.chmod(0o700)


@pytest.mark.parametrize(
    "text",
    [
        "song.mp3",
        "My song.FLAC",
        "Mr. Brightside.ogg",
        "Purple Rain.m4a",
        "AC/DC/Thunderstruck.wav",
        "example.org/song.mp3",
        "a.mka",
        "./x",
        "../x y",
        "..\\x",
        "/no such/song",
        "~/no such song",
        "~nobody-of-that-name/c",
        "C:\\Music\\song",
        "c:/Music/song",
        "Music\\song",
        "\\\\server\\share",
        "songs/new",
        "songs/",
        "my songs/",
        "songs/2024/07",
        "music/a b",
        "'songs/new'",
        "a/\0b",
        "/" + "x" * 5_000,
        "file:///no/such/song",
        "file:song",
        "file:",
        "file://",
        "file:///a%00b",
        "file://[::1",
        "FILE:///C:/x",
    ],
)
def test_what_looks_like_a_path_and_is_not_there_is_never_searched_for(
    here: Path, text: str
) -> None:
    (here / "music").mkdir()
    with pytest.raises(AudioError, match="There is no such file or folder"):
        read_source(text)


@pytest.mark.parametrize(
    "words",
    [
        "Purple Rain",
        "bohemian rhapsody",
        "AC/DC Thunderstruck",
        "AC/DC",
        "50/50",
        "24/7",
        "Black / White",
        "Let Down/Karma Police live",
        "1999",
        "will.i.am",
        "R.E.M.",
        "Mr. Brightside",
        "...Baby One More Time",
        "What is love? (baby, don't hurt me)",
        "re:member",
        "~ tilde",
        "song mp3",
        "dQw4w9WgXcQ",
        "夜に駆ける",
        "--json",
        "* * *",
    ],
)
def test_plain_words_are_words(here: Path, words: str) -> None:
    assert read_source(words) == Words(words)
    assert read_source(f'  "{words}"\n') == Words(words)


@pytest.mark.parametrize(
    "link",
    [
        f"https://www.youtube.com/watch?v={ID}&list={LIST}&t=43",
        f"youtu.be/{ID}",
        f"youtu.be/{ID}/",
        f"//www.youtube.com/watch?v={ID}",
        f"www.youtube.com/shorts/{ID}?feature=share",
        f"https://www.youtube.com/embed/{ID}",
        f"https://www.youtube.com/live/{ID}",
        f"https://music.youtube.com/watch?v={ID}",
        f"  <https://youtu.be/{ID}>\n",
        f"'https://youtu.be/{ID}'",
        f"A band - A song.mp3 https://youtu.be/{ID} (via YouTube)",
    ],
)
def test_a_link_to_a_video(here: Path, link: str) -> None:
    assert read_source(link) == Video(ID)


@pytest.mark.parametrize(
    "link", [f"https://www.youtube.com/playlist?list={LIST}", f"youtube.com/playlist?list={LIST}"]
)
def test_a_link_to_a_playlist(here: Path, link: str) -> None:
    assert read_source(link) == Playlist(LIST)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing in it"),
        ("  \n", "nothing in it"),
        ('""', "nothing in it"),
        ("https://vimeo.com/12345", "vimeo.com is not YouTube"),
        ("vimeo.com/12345", "vimeo.com is not YouTube"),
        ("HTTP://a/b.mp3", "a is not YouTube"),
        ("https://example.org/song.mp3", "example.org is not YouTube"),
        ("ftp://a/b", "begins with ftp:"),
        ("http://127.0.0.1:8000/", "this machine or a private network"),
        ("localhost:8000/x", "this machine or a private network"),
        ("10.0.0.7/x", "this machine or a private network"),
        ("https://youtu.be/short", "the link is not complete"),
        ("https://www.youtube.com/@aband", "link of a channel"),
        (f"https://youtu.be/{ID}\\@evil.example/", "looks like a file"),
    ],
)
def test_links_that_are_refused_say_why(here: Path, text: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_source(text)
    assert caught.value.kind is Kind.LINK
    assert why in caught.value.reason


@given(st.text(max_size=80) | st.text("/\\.:~ abA1\0'\"", max_size=12))
@example("~\0")
def test_any_text_means_something_or_is_refused(text: str) -> None:
    with suppress(Refusal, AudioError):
        assert isinstance(read_source(text), File | Folder | Video | Playlist | Words)


def test_reading_a_source_is_light(root: Path) -> None:
    """The window reads one as it opens, before numpy is there."""
    script = (
        "import sys; from lib.prediction import Found, Prediction, read_source\n"
        "for text in ('will.', 'youtu.be/dQw4w9WgXcQ', 'purple rain', '.'): read_source(text)\n"
        "print(sorted({'numpy', 'av', 'lib.audio', 'lib.model', 'yt_dlp'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout == "[]\n"


def test_a_file_is_itself_whatever_its_name(tmp_path: Path) -> None:
    assert find_songs(tmp_path / "song.xyz") == [tmp_path / "song.xyz"]


def test_a_folder_is_all_songs_below_it_in_order(tmp_path: Path) -> None:
    names = ["b/2.MP3", "a/1.flac", "a/.hidden.mp3", "a/._1.flac", "cover.jpg", "c d/ü.opus"]
    for name in names:
        song(tmp_path / name)
    (tmp_path / "loop").symlink_to(tmp_path)
    found = [path.relative_to(tmp_path).as_posix() for path in find_songs(tmp_path)]
    assert found == ["a/1.flac", "b/2.MP3", "c d/ü.opus"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such permissions")
def test_a_folder_that_may_not_be_looked_into_is_for_its_opener_to_tell(tmp_path: Path) -> None:
    paths = [song(tmp_path / name) for name in ("a/1.mp3", "b/1.mp3", "c/1.mp3")]
    paths[1].parent.chmod(0)
    with rights_of_a_person():
        assert find_songs(tmp_path) == [paths[0], paths[1].parent, paths[2]]
    paths[1].parent.chmod(0o700)


def test_a_folder_without_songs_says_so(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="holds no song"):
        find_songs(tmp_path)
