from __future__ import annotations

from pathlib import Path

from lib.features import FEATURE_NAMES, FEATURES_VERSION


def test_85_distinct_names_in_the_order_of_the_blocks() -> None:
    assert len(set(FEATURE_NAMES)) == 85
    assert FEATURE_NAMES[::30] == ("mfcc_mean_01", "mfcc_std_01", "chroma_mean_C")
    assert FEATURE_NAMES[71:74] == ("chroma_mean_B", "chroma_std_C", "chroma_std_C#")
    assert FEATURE_NAMES[-1] == "tempo"


def test_the_names_are_the_columns_of_the_given_table(gtzan: Path) -> None:
    with (gtzan / "features.csv").open() as file:
        assert file.readline().strip() == ",".join(("track", *FEATURE_NAMES))


def test_the_version_is_text_that_a_model_can_keep() -> None:
    assert isinstance(FEATURES_VERSION, str)
    assert FEATURES_VERSION
