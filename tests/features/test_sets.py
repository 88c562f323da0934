from __future__ import annotations

from lib.features import ALL_NAMES, FEATURE_NAMES, FEATURE_SETS, FEATURE_SETS_IN_WORDS


def test_sets_hold_as_many_features_as_they_are_called_after() -> None:
    for name, features in FEATURE_SETS.items():
        assert len(features) == int(name.partition("-")[0])
        assert len(set(features)) == len(features)
        assert set(features) <= set(ALL_NAMES)


def test_each_set_adds_to_another() -> None:
    sets = {name: set(features) for name, features in FEATURE_SETS.items()}
    assert sets["30"] < sets["42"] < sets["85"]
    assert sets["30"] < sets["60"] < sets["85"] < sets["87"]
    assert sets["89-rolloff"] - sets["87"] == {"rolloff_mean", "rolloff_std"}
    assert sets["89-centroid"] - sets["87"] == {"centroid_mean", "centroid_std"}
    assert sets["87"] - sets["85"] == {"zcr_mean", "zcr_std"}
    assert FEATURE_SETS["85"] == FEATURE_NAMES


def test_every_set_is_said_in_words() -> None:
    assert FEATURE_SETS_IN_WORDS.keys() == FEATURE_SETS.keys()
