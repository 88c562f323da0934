"""Every format: the genre changes, nothing else does, and undoing gives every byte back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from mutagen import File
from mutagen.id3 import ID3, TCON, Encoding

from lib.tagging import Answer, Journal, Rules, plan, read_tags, undo, write
from lib.tagging.present import open_present
from tests.tagging.songs import FORMATS, PICTURE, names_in

Song = Callable[..., Path]
Answering = Callable[..., Answer]


def heard(path: Path) -> bytes:
    with av.open(str(path)) as container:
        return b"".join(
            np.ascontiguousarray(f.to_ndarray()).tobytes() for f in container.decode(audio=0)
        )


def tag(journal: Journal, answers: list[Answer], **rules: object) -> list[str]:
    """Write the genres; return what went wrong."""
    changes = plan(answers, Rules(**rules))  # type: ignore[arg-type]
    troubles: list[str] = []
    write(changes, journal, tell=lambda change: troubles.append(change.trouble))
    return [trouble for trouble in troubles if trouble]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", ["Rock", "Röck 音楽 " * 400])
def test_only_the_genre_changes_and_undoing_gives_every_byte_back(
    suffix: str, name: str, song: Song, answer: Answering, journal: Journal
) -> None:
    path = song(suffix)
    before, status, sound = path.read_bytes(), path.stat(), heard(path)
    present, others = read_tags(path), open_present(path).others()
    assert tag(journal, [answer(path)], names={"rock": name}) == []
    assert read_tags(path).genres == (name.strip() if name == "Rock" else name,)
    assert (read_tags(path).title, read_tags(path).artist) == (present.title, present.artist)
    assert open_present(path).others() == others
    assert heard(path) == sound
    assert path.read_bytes() != before
    after = path.stat()
    assert (after.st_mtime_ns, after.st_mode) == (status.st_mtime_ns, status.st_mode)
    assert undo(journal) == 1
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == status.st_mtime_ns
    assert names_in(path.parent) == [path.name]


@pytest.mark.parametrize("suffix", FORMATS)
def test_several_genres_stay_several(
    suffix: str, song: Song, answer: Answering, journal: Journal
) -> None:
    path = song(suffix)
    assert tag(journal, [answer(path)], most=2, names={"rock": "Rock", "hiphop": "Hip-Hop"}) == []
    assert read_tags(path).genres == ("Rock", "Hip-Hop")


def test_pictures_and_other_programs_read_it(
    song: Song, answer: Answering, journal: Journal
) -> None:
    paths = [song(suffix) for suffix in FORMATS]
    assert tag(journal, [answer(path) for path in paths]) == []
    told = {}
    for path in paths:
        with av.open(str(path)) as container:
            streams = [*container.streams.audio]
            told[path.suffix] = dict(container.metadata) | dict(streams[0].metadata)
    genres = {
        suffix: {k.lower(): v for k, v in tags.items()}["genre"] for suffix, tags in told.items()
    }
    # FFmpeg prefers the older list of a wav file to its ID3.
    assert genres.pop(".wav") in {"Rock", "Polka"}
    assert set(genres.values()) == {"Rock"}
    assert bytes(File(paths[1])["covr"][0]) == PICTURE
    assert File(paths[2]).pictures[0].data == PICTURE


def test_id3_of_version_2_3_stays_2_3(song: Song, answer: Answering, journal: Journal) -> None:
    path = song(".mp3")
    before = ID3(path, translate=False)
    assert before.version == (2, 3, 0)
    assert read_tags(path).genres == ("Jazz+Funk",)
    assert tag(journal, [answer(path)]) == []
    after = ID3(path, translate=False)
    assert after.version == (2, 3, 0)
    assert after["TYER"].text == ["1999"]
    assert after["TPE1"].text == ["A band", "Another"]
    assert after["TXXX:MusicBrainz Album Id"].encoding == Encoding.UTF16
    assert after.keys() == before.keys()


V1 = b"TAG" + b"Another title".ljust(30, b"\0") + b"Another artist".ljust(30, b"\0") + b" " * 64
V1_ALONE = (V1 + bytes(128))[:127] + bytes([7])


def test_id3v1_keeps_what_it_says_though_version_2_says_otherwise(
    song: Song, answer: Answering, journal: Journal
) -> None:
    path = song(".mp3")
    with path.open("ab") as file:
        file.write(V1_ALONE)
    before = path.read_bytes()
    assert tag(journal, [answer(path)]) == []
    end = path.read_bytes()[-128:]
    assert end[:127] == V1_ALONE[:127]
    assert end[127] == TCON.GENRES.index("Rock")
    undo(journal)
    assert path.read_bytes() == before


def test_of_id3v1_alone_everything_comes_into_version_2(
    song: Song, answer: Answering, journal: Journal
) -> None:
    path = song(".mp3")
    ID3(path).delete(path)
    with path.open("ab") as file:
        file.write(V1_ALONE)
    before = path.read_bytes()
    assert read_tags(path).title == "Another title"
    assert tag(journal, [answer(path)]) == []
    tags = ID3(path, load_v1=False)
    assert (tags["TIT2"].text, tags["TCON"].text) == (["Another title"], ["Rock"])
    assert path.read_bytes()[-128:-1] == V1_ALONE[:127]
    undo(journal)
    assert path.read_bytes() == before


def test_id3v2_2_is_told_of_beforehand(song: Song, answer: Answering, journal: Journal) -> None:
    path = song(".mp3")
    ID3(path).delete(path)
    frame = b"TT2" + (7).to_bytes(3, "big") + b"\0A song"
    path.write_bytes(b"ID3\2\0\0\0\0\0" + bytes([len(frame)]) + frame + path.read_bytes())
    before = path.read_bytes()
    (change,) = plan([answer(path)], Rules())
    assert "2.2" in change.note
    assert tag(journal, [answer(path)]) == []
    assert ID3(path, translate=False).version == (2, 3, 0)
    assert read_tags(path).title == "A song"
    undo(journal)
    assert path.read_bytes() == before


def test_a_song_without_any_tag_gets_its_first(
    song: Song, answer: Answering, journal: Journal
) -> None:
    path = song(".mp3")
    ID3(path).delete(path)
    assert read_tags(path).genres == ()
    assert tag(journal, [answer(path)]) == []
    assert read_tags(path).genres == ("Rock",)


def test_comments_keep_their_order_and_spelling(
    song: Song, answer: Answering, journal: Journal
) -> None:
    path = song(".flac")
    flac = File(path)
    flac.tags[:] = [
        ("TITLE", "A song"),
        ("Genre", "Polka"),
        ("X", "1"),
        ("genre", "Folk"),
        ("x", "2"),
    ]
    flac.save()
    assert tag(journal, [answer(path)]) == []
    assert list(File(path).tags) == [("TITLE", "A song"), ("Genre", "Rock"), ("X", "1"), ("x", "2")]


def test_bytes_that_are_no_text_are_not_lost(
    song: Song, answer: Answering, journal: Journal
) -> None:
    path = song(".flac")
    path.write_bytes(path.read_bytes().replace(b"A band", b"A b\xffnd"))
    before = path.read_bytes()
    (change,) = plan([answer(path)], Rules())
    assert "no UTF-8" in change.trouble
    assert "no UTF-8" in tag(journal, [answer(path)])[0]
    assert path.read_bytes() == before
    assert names_in(path.parent) == [path.name]
