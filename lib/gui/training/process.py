"""02_train.py as a process of its own: started, listened to in a thread, stopped at any moment."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lib.errors import TrainingError
from lib.events import Event, Failed, read_event
from lib.progress import Progress

SCRIPT = Path(__file__).resolve().parents[3] / "02_train.py"
EAR = "ear"
GRACE_SECONDS = 3.0  # to tidy up in, where files are just being written
LAST_CHARACTERS = 4000  # of what a training that broke off has printed


@dataclass(frozen=True)
class Order:
    """What is to be trained.

    Parameters
    ----------
    data : Path
        The folder of the tables.
    name : str
        Of the model.
    recipe : str
        One of those that 02_train.py knows, or its network ``ear``.
    output : Path
        The folder that the model's folder is to lie in.
    without : tuple of str
        Genres to leave out.
    against : Path or None
        The model to compare with.
    corrections : Path or None
        The folder of the songs that a person corrected; None where they are left out.
    options : tuple of str
        More that 02_train.py is to be told.
    """

    data: Path
    name: str
    recipe: str
    output: Path
    without: tuple[str, ...] = ()
    against: Path | None = None
    corrections: Path | None = None
    options: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the model will lie."""
        return self.output / self.name

    @property
    def command(self) -> list[str]:
        """The command, each argument by itself: no shell reads it."""
        command = [sys.executable, str(SCRIPT), f"--data={self.data}", f"--name={self.name}"]
        # The ear is a network of its own, with one recipe.
        command += ["--network" if self.recipe == EAR else "--recipe", self.recipe]
        command += [f"--output={self.output}", "--events"]
        command += [f"--without={genre}" for genre in self.without]
        command += [f"--against={self.against}"] if self.against is not None else []
        along = self.corrections
        command += ["--no-corrections" if along is None else f"--corrections={along}"]
        return [*command, *self.options]


class TrainingProcess:
    """A training that runs.

    Parameters
    ----------
    order : Order
        What is to be trained.

    Raises
    ------
    TrainingError
        If the system starts no process.
    """

    def __init__(self, order: Order) -> None:
        self._stopped = False
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `events`)
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own script; no shell)
                order.command,
                cwd=SCRIPT.parent,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                encoding="utf-8",
                errors="replace",
                # A group of its own, so that whatever it starts ends with it.
                start_new_session=True,
            )
        except OSError as error:
            self._errors.close()
            raise TrainingError(f"The training can't be started: {error}.") from error

    def events(self, progress: Progress) -> Iterator[Event]:
        """Yield what the process tells, until it ends.

        Called in a thread: it waits for each line.

        Raises
        ------
        TrainingError
            If the training came to nothing, and said why.
        RuntimeError
            If it broke off without a word; holds what it printed last.
        Cancelled
            From `progress`.
        """
        failed = ""
        with self._errors, self._process as process:
            try:
                assert process.stdout is not None  # noqa: S101 (as it was started)
                for line in process.stdout:
                    event = read_event(line)
                    if isinstance(event, Failed):
                        failed = event.error
                    elif event is not None:
                        yield event
                    progress("Training", None)
                self._check(process.wait(), failed)
            finally:
                self.stop()  # where nobody listens any more

    def stop(self) -> None:
        """End the process and all that it has started; returns at once."""
        if self._stopped or self._process.poll() is not None:
            return
        self._stopped = True
        self._signal(signal.SIGTERM)
        threading.Thread(target=self._see_to_it, daemon=True).start()

    def _see_to_it(self) -> None:
        """Kill what does not end by itself."""
        try:
            self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGTERM, kill=True)

    def _signal(self, number: signal.Signals, *, kill: bool = False) -> None:
        if sys.platform == "win32":
            tree = ["taskkill", "/pid", str(self._process.pid), "/t", "/f"]
            subprocess.run(tree, capture_output=True, check=False)  # noqa: S603
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL if kill else number)

    def _check(self, status: int, failed: str) -> None:
        """Raise if the process ended otherwise than well."""
        if status == 0 or self._stopped:
            return
        if failed:
            raise TrainingError(failed)
        if status < 0:
            raise TrainingError(
                f"The system has ended the training (signal {-status}). Where memory is short, "
                f"close other programs and try again."
            )
        self._errors.seek(0)
        printed = self._errors.read().decode("utf-8", "replace")[-LAST_CHARACTERS:]
        raise RuntimeError(f"02_train.py ended with status {status}:\n{printed}")
