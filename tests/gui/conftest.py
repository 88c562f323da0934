"""A virtual screen, a small model, and windows that fail the test when a callback raised."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from lib.features import FEATURE_NAMES, FEATURES_VERSION
from lib.gui import App, Asking
from lib.model import Confidence, Layer, Model, Network, Scaler, load_model, save_model
from lib.playback import Player
from lib.wording import write_numbers
from tests.gui.hands import Hands
from tests.sound import music, write_song
from tests.youtube.fake_youtube import FakeYouTube

GENRES = (
    "blues",
    "classical",
    "country",
    "disco",
    "hiphop",
    "jazz",
    "metal",
    "pop",
    "reggae",
    "rock",
)


@contextmanager
def virtual_screen(size: str, dpi: int) -> Iterator[str]:
    """Run an Xvfb of our own; yield the name of its display."""
    if shutil.which("Xvfb") is None:
        message = "no virtual screen: install the package xvfb"
        if os.environ.get("EARMARK_NEED_DISPLAY") == "1":
            pytest.fail(message)
        pytest.skip(message)
    read, write = os.pipe()
    # -displayfd lets Xvfb take the first free number and tell which: no two tests can collide.
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-dpi", str(dpi)]
    server = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=(write,), stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """Return the display that windows open on.

    A virtual one wherever there can be: on a person's own screen the windows would take the focus
    from other work, and other work from them.
    """
    own = os.environ.get("DISPLAY", "")
    if sys.platform in {"darwin", "win32"} or (own and shutil.which("Xvfb") is None):
        yield own
        return
    with virtual_screen("1280x1000x24", 96) as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", name)
        yield name


@pytest.fixture(scope="session")
def dense_display() -> Iterator[str]:
    """Return a display of 192 dots an inch."""
    with virtual_screen("2560x1800x24", 192) as name:
        yield name


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a model with ten genres and weights by chance."""
    rng = np.random.default_rng(0)
    model = Model(
        name="tiny",
        labels=GENRES,
        feature_names=FEATURE_NAMES,
        features_version=FEATURES_VERSION,
        scaler=Scaler(np.zeros(85), np.full(85, 30.0)),
        network=Network("tiny", 85, (Layer(10, "softmax"),)),
        weights=((rng.standard_normal((85, 10)).astype(np.float32) / 4, np.zeros(10, np.float32)),),
        metrics={"artist_folds": {"accuracy": 0.53, "interval": [0.48, 0.58]}},
    )
    folder = tmp_path_factory.mktemp("models") / "tiny"
    save_model(model, folder)
    return folder


@pytest.fixture
def confident_model(model_folder: Path, tmp_path: Path) -> Path:
    """Return the folder of the same model with a confidence that never calls an answer unsure."""
    certain = Confidence(1.0, unsure_below=0.0, outlier_above=None, fitted_on="folds", songs=9)
    save_model(replace(load_model(model_folder), confidence=certain), tmp_path / "certain")
    return tmp_path / "certain"


@pytest.fixture(scope="session")
def songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with short songs and files that are none."""
    folder = tmp_path_factory.mktemp("songs")
    tags = {"title": "A short song", "artist": "The Synthesisers"}
    write_song(folder / "short.mp3", music(8, rate=44_100), tags=tags)
    write_song(folder / "other.flac", music(6, pitch=330, seed=1), rate=22_050)
    write_song(folder / "a song {with} spaces.wav", music(5), rate=22_050)
    write_song(folder / "windows.wav", music(70), rate=22_050)
    (folder / "text.mp3").write_text("Dear diary, this is no music at all.\n" * 50)
    return folder


@pytest.fixture(scope="session")
def long_song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a song of twelve minutes, which takes seconds to hear."""
    path = tmp_path_factory.mktemp("long") / "long.wav"
    with soundfile.SoundFile(path, "w", 22_050, 1, "PCM_16") as file:
        minute = music(60)
        for _ in range(12):
            file.write(minute)
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder where this test's settings and log lie."""
    folder = tmp_path / "home"
    monkeypatch.setenv("EARMARK_HOME", str(folder))
    yield folder
    write_numbers("international")  # a window writes them in its settings' style, for the process


@pytest.fixture
def open_window(
    display: str, home: Path, model_folder: Path, tmp_path: Path
) -> Iterator[Callable[..., Hands]]:
    """Return a function that opens a window; its options are those of `App`."""
    opened: list[Hands] = []

    def open_window(source: str = "", **options: object) -> Hands:
        gc.collect()  # see below
        usual = {
            "model": model_folder,
            "choose": _nobody_chooses,
            "choose_folder": _nobody_chooses,
            "choose_place": _nobody_chooses,
            "data": tmp_path / "data",
            "player": Player(mute=True),
        }
        app = App(**{**usual, **options})
        errors: list[BaseException] = []
        app.root.report_callback_exception = lambda _kind, error, _trace: errors.append(error)
        opened.append(Hands(app, errors))
        app.open(source)
        return opened[-1]

    yield open_window
    for hands in opened:
        hands.app.close()
    errors = [error for hands in opened for error in hands.errors]
    # A window that the garbage collector finds in another thread takes Tcl, and the test run, with
    # it; so it is looked for here.  What is left then stays, TensorFlow for one: to search that
    # again would take as long as a third of the next test.
    opened.clear()
    gc.collect()
    gc.freeze()
    if errors:
        raise errors[0]


@pytest.fixture
def hands(open_window: Callable[..., Hands]) -> Hands:
    """Return a window that is open and has read its model."""
    hands = open_window()
    hands.until(lambda: hands.app.store.state.model is not None)
    return hands


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return six seconds as YouTube has them in its format 140."""
    folder = tmp_path_factory.mktemp("sound")
    return write_song(folder / "song.m4a", music(6.0, rate=44_100)).read_bytes()


@pytest.fixture
def online(open_window: Callable[..., Hands], fake: FakeYouTube) -> Hands:
    """Return a window that is open, has read its model, and takes the stand-in for YouTube."""
    hands = open_window(asking=Asking(network=fake.network(), pause=0.0), browse=_nobody_browses)
    hands.until(lambda: hands.app.store.state.model is not None)
    return hands


def _nobody_chooses(*_: object) -> str:
    raise AssertionError("this test expects no dialog")


def _nobody_browses(_link: str) -> bool:
    return False
