from __future__ import annotations

import pytest

from lib.search import SearchError, SearchSettings


@pytest.mark.parametrize(
    ("setting", "match"),
    [
        ({"trials": 0}, "trials is 0; it must be at least 1"),
        ({"folds": 1}, "folds is 1; it must be at least 2"),
        ({"timeout": 0.0}, r"timeout is 0.0; it must be above 0 seconds"),
        ({"timeout": float("nan")}, "timeout is nan"),
    ],
)
def test_settings_that_make_no_sense(setting: dict[str, int], match: str) -> None:
    with pytest.raises(SearchError, match=match):
        SearchSettings(**setting)  # type: ignore[arg-type]
