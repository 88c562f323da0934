"""The window's sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.errors import AudioError, ModelError
from lib.gui.facts import ModelFacts
from lib.gui.failures import explain
from lib.gui.wording import about_model, describe
from lib.model import measured
from lib.prediction import Prediction, WindowPrediction
from lib.wording import hedge
from lib.youtube import Kind, Refusal


def prediction(**changes: object) -> Prediction:
    probabilities = {"jazz": 0.62, "blues": 0.377, "rock": 0.003}
    values = {
        "source": "/music/song.mp3",
        "title": "A song",
        "artist": "A band",
        "seconds": 61.0,
        "tempo": 120.2,
        "genre": "jazz",
        "confidence": 0.62,
        "probabilities": probabilities,
        "windows": tuple(
            WindowPrediction(start, start + 30, "jazz", probabilities)
            for start in (0.0, 15.0, 31.0)
        ),
        "warnings": ("The file is cut off.",),
        "model": "tiny",
    }
    return Prediction(**{**values, **changes})


FACTS = ModelFacts("tiny", ("blues", "jazz"), 0.53, (0.48, 0.58), "by artists it never heard", ())


class TestDescribe:
    def test_all_that_the_window_shows(self) -> None:
        text = describe(prediction(), FACTS)
        assert text.splitlines()[0] == "This is probably jazz: 62 % confident."
        for part in (
            "A song by A band", "/music/song.mp3", "Length  1:01", "120 beats per minute",
            "  Jazz     62 %", "  Blues    38 %", "  Rock     <1 %", "0:31 to 1:01",
            "Note: The file is cut off.", "right for about 53 (48 to 58) of 100 songs",
        ):  # fmt: skip
            assert part in text

    def test_what_is_to_be_doubted(self) -> None:
        told = describe(prediction(unsure=True), FACTS).splitlines()
        assert told[0] == "Hard to tell. The nearest is jazz: 62 % confident."
        assert told[1] == "An answer this unsure is wrong more often than right."
        told = describe(prediction(unsure=True, outlier=True), FACTS).splitlines()
        begin = "Unlike all it learned. The nearest is jazz"
        assert told[0] == f"{begin}: 62 % confident, if it is any of these."
        assert told[1].startswith("The model learned nothing like this")

    def test_a_short_song_has_no_stretches(self) -> None:
        assert "Stretch" not in describe(prediction(windows=()), None)

    def test_no_beat(self) -> None:
        assert "Tempo   no beat found" in describe(prediction(tempo=0.0), None)

    def test_titles_of_strangers_show_harmlessly(self) -> None:
        text = describe(prediction(title="one\nGenre: \u202erock\x07", artist="x" * 9_000), None)
        assert "Song    one Genre: rock by xxx" in text
        assert max(map(len, text.splitlines())) < 400


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.95, "This sounds like"),
        (0.6, "This is probably"),
        (0.4, "This is perhaps"),
        (0.2, "Hard to tell"),
    ],
)
def test_low_confidence_reads_like_it(confidence: float, words: str) -> None:
    assert hedge(confidence).startswith(words)


class TestModel:
    def test_judged_by_artist_is_preferred(self) -> None:
        metrics = {
            "random_folds": {"accuracy": 0.76, "interval": [0.7, 0.8]},
            "artist_folds": {"accuracy": 0.54, "mean": 0.53, "interval": [0.5, 0.56], "folds": []},
        }
        assert measured(metrics) == (0.53, (0.5, 0.56), "by artists it never heard", None)

    def test_what_is_there_is_named_for_what_it_is(self) -> None:
        figures = {"accuracy": 0.6, "songs": 5}
        assert measured({"validation": figures}) == (0.6, None, "held out of its training", 5)

    def test_few_songs_are_counted_and_no_share_is_made_of_them(self) -> None:
        facts = ModelFacts("mine", ("a", "b"), 1.0, (0.65, 1.0), "held out of its training", (), 7)
        told = "Model mine: right for 7 of the 7 songs held out of its training"
        assert about_model(facts) == told

    def test_never_measured(self) -> None:
        assert measured({}) == (None, None, "", None)
        facts = ModelFacts("mine", ("a", "b"), None, None, "", ())
        assert about_model(facts) == "Model mine: how often it is right was never measured"


class TestExplain:
    def test_an_audio_error_names_the_file_and_what_to_do(self) -> None:
        failure = explain(AudioError(Path("/a/b.mp3"), "It is empty. Choose another."))
        assert failure.headline == "“b.mp3” can't be heard"
        assert failure.advice == "It is empty. Choose another."
        assert failure.log is None

    def test_a_model_error(self) -> None:
        assert explain(ModelError("No weights.")).advice == "No weights."

    def test_each_refusal_has_a_sentence_and_advice_for_the_window(self) -> None:
        told = {kind: explain(Refusal(kind, "https://youtu.be/x")) for kind in Kind}
        advice = [failure.advice for failure in told.values()]
        assert len(set(advice)) == len(Kind)
        assert not any("--cookies" in text or "--l" in text for text in advice)
        assert all(text[0].isupper() and text.count(". ") >= 1 for text in advice)
        assert "choose it under “Cookies of” on the page Data" in told[Kind.BOT_CHECK].advice

    def test_what_nobody_expected_is_logged(self, home: Path) -> None:
        failure = explain(ZeroDivisionError("by nought"))
        assert failure.log == home / "log" / "earmark.log"
        assert str(failure.log) in failure.advice
        assert "ZeroDivisionError: by nought" in failure.log.read_text()

    def test_a_log_that_can_not_be_written_hides_nothing(self, home: Path) -> None:
        home.write_text("a file where the folder should be")
        failure = explain(ZeroDivisionError("by nought"))
        assert failure.log is None
        assert "ZeroDivisionError: by nought" in failure.advice
