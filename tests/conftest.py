"""What all tests share: the real data beside the checkout, or a skip that says it is missing."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run: a failure is there for whoever looks for it.  A deadline would
# only measure how busy the machine is.
settings.register_profile("earmark", derandomize=True, deadline=None)
settings.load_profile("earmark")

ROOT = Path(__file__).resolve().parents[1]

# A shell starts what runs in its background deaf to Ctrl+C, and every process inherits that: the
# stages that the tests interrupt must hear it all the same.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no real data: {folder} is missing")
    return folder


@pytest.fixture(scope="session")
def gtzan(shared: Path) -> Path:
    """Return the folder of GTZAN's features and of some of its audio."""
    return shared / "gtzan"
