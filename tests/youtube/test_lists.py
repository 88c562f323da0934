"""Searches, playlists, details and pictures, with the real yt-dlp."""

from __future__ import annotations

import itertools

import pytest

from lib.errors import Cancelled
from lib.youtube import Entry, Kind, Refusal, YouTube
from tests.youtube.fake_youtube import PICTURE, FakeYouTube
from tests.youtube.videos import noise

LIST = "PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf"
BAD = {
    7: ("private", Kind.PRIVATE),
    23: ("deleted", Kind.REMOVED),
    24: ("live", Kind.LIVE),
    25: ("upcoming", Kind.PREMIERE),
    59: ("members", Kind.MEMBERS_ONLY),
}


def add_songs(fake: FakeYouTube, count: int) -> list[str]:
    """Add songs with the bad ones of `BAD` among them."""
    ids = [f"song-{number:06}" for number in range(count)]
    for number, video_id in enumerate(ids):
        listed_as = BAD[number][0] if number in BAD else ""
        fake.add(video_id, title=f"Song {number}", seconds=100 + number, listed_as=listed_as)
    return ids


def test_a_search_finds_titles_channels_and_lengths(fake: FakeYouTube, youtube: YouTube) -> None:
    fake.add("a" * 11, title="First \u202esong", channel="Band", seconds=215)
    fake.add("b" * 11, title="<b>Second</b>", channel="Other", seconds=7)
    fake.add_search("some words: more", ["a" * 11, "b" * 11])
    assert youtube.search("  some words:\n more ") == (
        Entry("a" * 11, "First song", "Band", 215.0),
        Entry("b" * 11, "<b>Second</b>", "Other", 7.0),
    )
    assert youtube.search("some words: more", 1) == (Entry("a" * 11, "First song", "Band", 215.0),)


def test_a_search_that_finds_nothing_says_so(youtube: YouTube) -> None:
    with pytest.raises(Refusal, match=r"qqq zzz: YouTube finds nothing.*fewer words") as caught:
        youtube.search("qqq zzz")
    assert caught.value.kind is Kind.NO_RESULTS
    with pytest.raises(Refusal, match="no words"):
        youtube.search(" \u200b")


def test_a_playlist_of_sixty_with_five_bad_entries(fake: FakeYouTube, youtube: YouTube) -> None:
    ids = add_songs(fake, 60)
    fake.add_playlist(LIST, "Blues\u202e & more", ids)
    listing = youtube.playlist(LIST)
    assert (listing.id, listing.title) == (LIST, "Blues & more")
    assert [entry.id for entry in listing.entries] == ids
    problems = {n: entry.problem for n, entry in enumerate(listing.entries) if entry.problem}
    assert problems == {number: kind for number, (_, kind) in BAD.items()}
    assert listing.entries[0] == Entry(ids[0], "Song 0", "A channel", 100.0)
    pages = [about for about in fake.about("/youtubei/v1/browse") if "@" in about]
    assert pages == [f"{LIST}@25", f"{LIST}@50"]


def test_a_limit_reads_no_further_pages(fake: FakeYouTube, youtube: YouTube) -> None:
    fake.add_playlist(LIST, "Blues", add_songs(fake, 60))
    assert len(youtube.playlist(LIST, limit=10).entries) == 10
    assert not [about for about in fake.about("/youtubei/v1/browse") if "@" in about]
    assert len(youtube.playlist(LIST).entries) == 60  # the limit is not kept for the next


def test_a_video_that_stands_twice_is_listed_once(fake: FakeYouTube, youtube: YouTube) -> None:
    ids = add_songs(fake, 3)
    fake.add_playlist(LIST, "Blues", [*ids, ids[0]])
    assert [entry.id for entry in youtube.playlist(LIST).entries] == ids


def test_reading_a_playlist_can_be_cancelled(fake: FakeYouTube, youtube: YouTube) -> None:
    fake.add_playlist(LIST, "Blues", add_songs(fake, 60))
    calls = itertools.count()

    def cancel(step: str, _fraction: float | None, /) -> None:
        assert "laylist" in step
        if next(calls) == 1:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        youtube.playlist(LIST, progress=cancel)


@pytest.mark.parametrize("playlist_id", ["", "x", "../x", "PL x", "P" * 65])
def test_what_is_no_id_of_a_playlist(youtube: YouTube, playlist_id: str) -> None:
    with pytest.raises(Refusal, match="not the id of a playlist"):
        youtube.playlist(playlist_id)


def test_details_of_a_video(fake: FakeYouTube, youtube: YouTube) -> None:
    fake.add("a" * 11, title="T" * 10_000, channel="C", seconds=61, audio={140: noise(10)})
    entry = youtube.details("a" * 11)
    assert entry == Entry("a" * 11, "T" * 299 + "…", "C", 61.0)
    assert entry.link == "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    assert fake.about("/videoplayback") == []


def test_a_picture_comes_from_youtubes_host_and_then_from_the_cache(
    fake: FakeYouTube, youtube: YouTube
) -> None:
    assert youtube.thumbnail("a" * 11) == PICTURE
    assert youtube.thumbnail("a" * 11) == PICTURE
    assert [(asked.host, asked.path) for asked in fake.asked] == [
        ("i.ytimg.com", "/vi/aaaaaaaaaaa/mqdefault.jpg")
    ]


def test_what_is_no_picture_is_refused(fake: FakeYouTube, youtube: YouTube) -> None:
    fake.picture = b"<html>no picture</html>"
    with pytest.raises(Refusal, match="no picture"):
        youtube.thumbnail("a" * 11)
