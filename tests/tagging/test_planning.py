"""Whose genre would change to what, by a person's rules and names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.genres import written
from lib.tagging import (
    Answer,
    Change,
    Rules,
    TaggingError,
    open_journal,
    plan,
    planning,
    read_name,
    read_names,
    read_tags,
    write,
)

Song = Callable[..., Path]
Answering = Callable[..., Answer]


def test_a_dry_run_says_before_and_after_and_touches_nothing(song: Song, answer: Answering) -> None:
    path = song(".flac")
    before, status = path.read_bytes(), path.stat()
    assert plan([answer(path)], Rules()) == [Change(path, ("Polka",), ("Rock",))]
    after = path.stat()
    assert path.read_bytes() == before
    names = ("st_mtime_ns", "st_ctime_ns", "st_ino", "st_mode")
    assert [getattr(after, name) for name in names] == [getattr(status, name) for name in names]


def test_what_was_tried_before_is_not_tried_again(
    song: Song, answer: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, tries = song(".flac"), 0

    def count_tries(*_: object) -> None:
        nonlocal tries
        tries += 1

    monkeypatch.setattr(planning, "_try", count_tries)
    (first,) = plan([answer(path)], Rules())
    again = plan([answer(path)], Rules(), tried={path: first})
    assert (again, tries) == ([first], 1)
    plan([answer(path)], Rules(names={"rock": "Rock 'n' Roll"}), tried={path: first})
    assert tries == 2
    path.chmod(0o444)
    (change,) = plan([answer(path)], Rules(), tried={path: first})
    assert change.trouble == "It is read-only."


@pytest.mark.parametrize(
    ("doubts", "rules", "stays"),
    [
        ({"unsure": True}, {}, "unsure"),
        ({"outlier": True}, {}, "outlier"),
        ({"unsure": True, "outlier": True}, {"doubtful": True}, ""),
        ({}, {"least_confidence": 0.8}, "less sure than 80 %"),
        ({}, {"least_confidence": 0.7}, ""),
        ({}, {"only_empty": True}, "not empty"),
        ({}, {"names": {"rock": "POLKA!"}}, ""),
        ({}, {"names": {"rock": "Polka"}}, "already so"),
        ({}, {"names": {"rock": ""}}, "never written, by your names"),
    ],
)
def test_the_rules_decide(
    doubts: dict[str, bool], rules: dict[str, object], stays: str, song: Song, answer: Answering
) -> None:
    (change,) = plan([answer(song(".flac"), **doubts)], Rules(**rules))  # type: ignore[arg-type]
    assert change.stays == stays
    assert bool(change.after) == (not stays)


def test_what_a_person_said_counts_in_place_of_what_was_heard(
    song: Song, answer: Answering
) -> None:
    path = song(".flac")
    doubtful = [answer(path, unsure=True, outlier=True)]
    rules = Rules(least_confidence=0.9, most=3)
    (change,) = plan(doubtful, rules, said=lambda _path: "hiphop")
    assert (change.after, change.note) == (("Hip-Hop",), "as you said")
    (change,) = plan(doubtful, Rules(names={"jazz": "Bebop"}), said=lambda _path: "jazz")
    assert change.after == ("Bebop",)
    assert plan(doubtful, rules, said=lambda _path: "polka")[0].stays == "already so"
    only_empty = Rules(only_empty=True)
    assert plan(doubtful, only_empty, said=lambda _path: "jazz")[0].stays == "not empty"


def test_spelling_alone_is_no_change_unless_it_is_the_persons(
    song: Song, answer: Answering
) -> None:
    path = song(".flac")
    answers = [Answer(path, "polka", 0.9, {"polka": 0.9, "ska": 0.1})]
    assert plan(answers, Rules())[0].stays == "already so"
    (change,) = plan(answers, Rules(names={"polka": "polka"}))
    assert change.after == ("polka",)


@pytest.mark.parametrize(
    ("present", "genre"),
    [("hiphop", "hiphop"), ("RnB", "r&b"), ("Drum'n'Bass", "drum and bass")],
)
def test_what_was_tagged_by_the_models_own_names_stays_as_it_is(
    present: str, genre: str, song: Song
) -> None:
    path = song(".flac")
    answers = [Answer(path, genre, 0.9, {genre: 0.9, "ska": 0.1})]
    with open_journal(path.parent.parent / "journal") as journal:
        write(plan(answers, Rules(names={genre: present})), journal)
    assert read_tags(path).genres == (present,)
    assert plan(answers, Rules())[0].stays == "already so"
    own = Rules(names={genre: written(genre)})
    assert plan(answers, own)[0].after == (written(genre),)


def test_several_genres_by_number_by_share_or_both() -> None:
    answer = Answer(Path("a.mp3"), "rock", 0.5, {"jazz": 0.2, "rock": 0.5, "pop": 0.3})
    assert Rules(most=2).genres(answer) == ("Rock", "Pop")
    assert Rules(most=None, share=0.25).genres(answer) == ("Rock", "Pop")
    assert Rules(most=None, share=0.9).genres(answer) == ("Rock",)
    assert Rules(most=2, share=0.1).genres(answer) == ("Rock", "Pop")
    names = {"rock": "Rock/Pop", "pop": "Rock/Pop", "jazz": ""}
    assert Rules(most=3, names=names).genres(answer) == ("Rock/Pop",)


@pytest.mark.parametrize("rules", [{"most": 0}, {"share": 1.5}, {"least_confidence": -1}])
def test_rules_that_make_no_sense_are_refused(rules: dict[str, float]) -> None:
    with pytest.raises(TaggingError, match=r"is no share|are none"):
        Rules(**rules)  # type: ignore[arg-type]


def test_a_name_for_a_genre_that_the_model_does_not_know_is_refused(
    song: Song, answer: Answering
) -> None:
    with pytest.raises(TaggingError, match="called 'hip-hop'; it knows hiphop, jazz, rock"):
        plan([answer(song(".flac"))], Rules(names={"hip-hop": "Hip-Hop"}))


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".toml", 'hiphop = "Hip-Hop"\nrock = ""\n'),
        (".json", '{"hiphop": "Hip-Hop", "rock": ""}'),
        (".csv", "\ufeffhiphop,Hip-Hop\nrock,\n"),
    ],
)
def test_names_come_from_a_small_file(suffix: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / f"names{suffix}"
    file.write_text(text)
    assert read_names(file) == {"hiphop": "Hip-Hop", "rock": ""}


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.toml", b"hiphop = 3"), ("a.toml", b"hiphop"), ("a.csv", b"a,b,c\n"), ("a.json", b"[1]"),
     ("a.json", b"{"), ("a.toml", b"\xff"), ("none.toml", None)],
)  # fmt: skip
def test_a_file_of_names_that_is_none_is_named(
    name: str, content: bytes | None, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(TaggingError, match=name):
        read_names(tmp_path / name)
    with pytest.raises(TaggingError, match="'hiphop' names no genre"):
        read_name("hiphop")


def test_an_answer_comes_from_a_line_of_json(answer: Answering) -> None:
    expected = answer(Path("a.mp3"), unsure=True)
    line = {
        "source": "a.mp3", "genre": "rock", "confidence": 0.7, "unsure": True,
        "probabilities": dict(expected.probabilities),
    }  # fmt: skip
    assert Answer.from_dict(json.loads(json.dumps(line))) == expected
    with pytest.raises(TaggingError, match="no answer"):
        Answer.from_dict({"source": "a.mp3", "error": "It is empty."})
