"""What one line of text means, and what is refused before any request."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.youtube import Kind, Playlist, Refusal, Video, Words, read_entry
from lib.youtube.links import HOSTS

ID = "dQw4w9WgXcQ"
LIST = "PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf"

id_characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
video_ids = st.text(id_characters, min_size=11, max_size=11)


@pytest.mark.parametrize(
    "link",
    [
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?v={ID}",
        f"www.youtube.com/watch?v={ID}",
        f"youtube.com/watch?v={ID}",
        f"//www.youtube.com/watch?v={ID}",
        f"HTTPS://WWW.YouTube.COM/watch?v={ID}",
        f"https://www.youtube.com:443/watch?v={ID}",
        f"https://www.youtube.com./watch?v={ID}",
        f"https://www.youtube.com/watch?app=desktop&v={ID}&t=1m30s",
        f"https://www.youtube.com/watch?v={ID}&list={LIST}&index=3",
        f"https://www.youtube.com/watch?list={LIST}&v={ID}",
        f"https://www.youtube.com/watch?v={ID}?si=abcdef",
        f"https://www.youtube.com/watch/{ID}",
        f"https://www.youtube.com/?v={ID}",
        f"https://youtu.be/{ID}",
        f"https://youtu.be/{ID}?si=abcdefghijklmnop&t=43",
        f"https://youtu.be/{ID}?list={LIST}",
        f"https://youtu.be/{ID}&feature=share",
        f"youtu.be/{ID}",
        f"https://www.youtube.com/shorts/{ID}",
        f"https://youtube.com/shorts/{ID}?feature=share",
        f"https://www.youtube.com/live/{ID}?si=abc",
        f"https://www.youtube.com/embed/{ID}?start=10&list={LIST}",
        f"https://www.youtube-nocookie.com/embed/{ID}",
        f"https://www.youtube.com/v/{ID}",
        f"https://www.youtube.com/e/{ID}/",
        f"https://m.youtube.com/watch?v={ID}#t=10",
        f"https://music.youtube.com/watch?v={ID}&list=RDAMVM{ID}",
        f"https://www.youtubekids.com/watch?v={ID}",
        f"https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3D{ID}%26feature%3Dshare",
        f"  <https://youtu.be/{ID}>\n",
        f'"https://youtu.be/{ID}"',
        f"A band - A song https://youtu.be/{ID} (via YouTube)",
        f"Have a look: (youtu.be/{ID}).",
    ],
)
def test_every_form_of_a_video_link_means_the_video(link: str) -> None:
    assert read_entry(link) == Video(ID)


@pytest.mark.parametrize(
    "link",
    [
        f"https://www.youtube.com/playlist?list={LIST}",
        f"https://youtube.com/playlist?list={LIST}&si=abc",
        f"m.youtube.com/playlist?list={LIST}",
        f"https://music.youtube.com/playlist?list={LIST}",
        f"https://music.youtube.com/browse/VL{LIST}",
        f"https://www.youtube.com/embed/videoseries?list={LIST}",
        f"https://www.youtube.com/watch?list={LIST}",
    ],
)
def test_a_playlist_link_means_the_playlist(link: str) -> None:
    assert read_entry(link) == Playlist(LIST)


@pytest.mark.parametrize(
    "words",
    [
        "bohemian rhapsody",
        "AC/DC Thunderstruck",
        "AC/DC",
        "1999",
        "2.0",
        "Blink 182: All the Small Things",
        "will.i.am",
        "R.E.M.",
        "P!nk @ home #live",
        "Mr. Brightside",
        "50/50",
        "re:member",
        "What is love? (baby, don't hurt me)",
        "youtube killed the radio star",
        "夜に駆ける",
        "--exec rm",
        "dQw4w9WgXcQ",
    ],
)
def test_plain_words_are_words(words: str) -> None:
    assert read_entry(words) == Words(words)


def test_words_are_cleaned_and_cut() -> None:
    assert read_entry(" a\u202e song\n\x00 ") == Words("a song")
    assert read_entry("la " * 1000) == Words(("la " * 67)[:199] + "…")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing in it"),
        (" \n\u200b", "nothing in it"),
        ("https://vimeo.com/12345", "vimeo.com is not YouTube"),
        ("vimeo.com/12345", "vimeo.com is not YouTube"),
        ("example.org", "example.org is not YouTube"),
        ("https://youtube.com.evil.example/watch?v=" + ID, "is not YouTube"),
        ("https://evil.example/youtube.com/watch?v=" + ID, "is not YouTube"),
        ("https://evil.example/?u=https://youtu.be/" + ID, "is not YouTube"),
        ("https://notyoutube.com/watch?v=" + ID, "is not YouTube"),
        ("https://yоutube.com/watch?v=" + ID, "is not YouTube"),  # a Cyrillic o
        ("https://youtube.com@evil.example/watch?v=" + ID, "is not YouTube"),
        ("https://me:pw@www.youtube.com/watch?v=" + ID, "is not YouTube"),
        ("https://www.youtube.com:8080/watch?v=" + ID, "is not YouTube"),
        ("http://localhost/watch?v=" + ID, "this machine or a private network"),
        ("localhost:8000/song.mp3", "this machine or a private network"),
        ("http://127.0.0.1:8000/", "this machine or a private network"),
        ("127.0.0.1", "this machine or a private network"),
        ("http://[::1]/watch?v=" + ID, "this machine or a private network"),
        ("http://192.168.1.1/", "this machine or a private network"),
        ("10.0.0.7/x", "this machine or a private network"),
        ("http://169.254.169.254/latest/meta-data", "this machine or a private network"),
        ("http://[fe80::1]/", "this machine or a private network"),
        ("http://2130706433/", "this machine or a private network"),
        ("http://0x7f.1/", "this machine or a private network"),
        ("http://printer.local/", "this machine or a private network"),
        ("http://[::1", "can't be read"),
        ("https://www.youtube.com:99999/watch?v=" + ID, "can't be read"),
        ("file:///etc/passwd", "begins with file:"),
        ("file:/etc/passwd", "begins with file:"),
        ("FILE:///etc/passwd", "begins with file:"),
        ("ftp://www.youtube.com/watch?v=" + ID, "begins with ftp:"),
        ("javascript:alert(1)", "begins with javascript:"),
        ("data:text/html,x", "begins with data:"),
        ("ytsearch://x", "begins with ytsearch:"),
        ("/home/me/song", "looks like a file"),
        ("./song", "looks like a file"),
        ("../song", "looks like a file"),
        ("~/song", "looks like a file"),
        ("C:\\Music\\song.flac", "looks like a file"),
        ("C:/Music/song", "looks like a file"),
        ("//server/share", "looks like a file"),
        ("\\\\server\\share", "looks like a file"),
        ("my song.mp3", "looks like a file"),
        ("song.flac", "looks like a file"),
        ("https://youtu.be\\@evil.example/", "looks like a file"),
        ("https://www.youtube.com/@aband", "link of a channel"),
        ("https://www.youtube.com/@aband/live", "link of a channel"),
        ("https://www.youtube.com/channel/UC" + "f" * 22, "link of a channel"),
        ("https://www.youtube.com/user/aband", "link of a channel"),
        ("https://www.youtube.com/results?search_query=x", "no video and no playlist"),
        ("https://www.youtube.com/redirect?q=http://127.0.0.1/", "no video and no playlist"),
        ("https://www.youtube.com/", "no video and no playlist"),
        ("youtube.com", "no video and no playlist"),
        ("https://www.youtube.com/playlist", "no video and no playlist"),
        ("https://www.youtube.com/clip/UgkxAbc", "no video and no playlist"),
        ("https://www.youtube.com/playlist?list=../../x", "not the id of a playlist"),
        ("https://youtu.be/dQw4w9WgXc", "'dQw4w9WgXc' has 10"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQQ", "has 12"),
        ("https://www.youtube.com/watch?v=../../../etc", "has 0"),
        (f"https://youtu.be/{ID} https://youtu.be/{ID[::-1]}", "several links"),
        (
            f"https://www.youtube.com/attribution_link?u=http://127.0.0.1/watch?v={ID}",
            "private network",
        ),
        ("https://www.youtube.com/attribution_link?u=//[", "the address in it can't be read"),
    ],
)
def test_what_is_refused_says_why(text: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_entry(text)
    assert caught.value.kind is Kind.LINK
    assert why in caught.value.reason
    assert "type a song's name" in str(caught.value)


def test_a_message_is_short_and_clean_whatever_was_pasted() -> None:
    with pytest.raises(Refusal) as caught:
        read_entry("https://evil.example/\u202e" + "x" * 100_000)
    assert len(str(caught.value)) < 400
    assert "\u202e" not in str(caught.value)


def test_the_id_is_all_that_goes_on() -> None:
    assert Video(ID).link == f"https://www.youtube.com/watch?v={ID}"
    assert Playlist(LIST).link == f"https://www.youtube.com/playlist?list={LIST}"


@given(video_ids, st.sampled_from(sorted(HOSTS - {"youtu.be", "www.youtu.be"})), st.text())
def test_any_id_is_found_whatever_follows(video_id: str, host: str, rest: str) -> None:
    after = "".join(rest.split()).replace("\\", "")
    assert read_entry(f"https://{host}/watch?v={video_id}&x={after}") in (Video(video_id),)


@given(st.text(max_size=200))
def test_any_text_means_something_or_is_refused(text: str) -> None:
    with suppress(Refusal):
        assert isinstance(read_entry(text), Video | Playlist | Words)


@given(st.from_regex(r"\A(https?|ftp|file)://[!-\[\]-~]{0,40}\Z"))
def test_no_address_is_taken_for_words(text: str) -> None:
    with suppress(Refusal):
        assert isinstance(read_entry(text), Video | Playlist)
