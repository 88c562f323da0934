"""Where a search is kept: a SQLite file of its own, or a database that several machines share."""

from __future__ import annotations

import os
import platform
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lib.search.errors import SearchError
from lib.search.space import SPACE_VERSION, space

if TYPE_CHECKING:
    import optuna

_PATIENCE = 60  # seconds to wait for another process that writes the same SQLite file
_TRIES, _PAUSE = 5, 0.5  # how often to open what others make as well, and seconds in between
_WORKER = "worker"  # a trial's attribute: which process of which machine works on it


def sqlite_url(path: Path) -> str:
    """Return the address of a SQLite file, whatever its name; its folder is made."""
    from sqlalchemy.engine import URL

    path.parent.mkdir(parents=True, exist_ok=True)
    return URL.create("sqlite", database=path.resolve().as_posix()).render_as_string()


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Turn what a database refuses into a `SearchError`, with no password in it."""
    from optuna.exceptions import StorageInternalError
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, StorageInternalError, ImportError) as error:
        cause = error.__cause__ or error
        told = str(getattr(cause, "orig", None) or cause).strip() or type(cause).__name__
        reason = told.splitlines()[0]
        raise SearchError(
            f"The storage {shown(url)} can't be used ({reason}). Check the address, that its "
            f"server runs and lets you in, and that its disk has room; what was tried is kept."
        ) from error


def shown(url: str) -> str:
    """Return an address as it may be printed."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return repr(url)


def open_study(url: str, name: str, promises: Mapping[str, Any], *, seed: int) -> optuna.Study:
    """Open a search, or begin it.

    Parameters
    ----------
    url : str
        As SQLAlchemy takes it.  ``postgresql://`` is spoken to by psycopg, which is what is
        installed.
    name : str
        Of the search; several can share a database.
    promises : mapping
        What its trials have in common, so that they can be compared: the data, the folds, ...
    seed : int
        Of what is tried next.

    Raises
    ------
    SearchError
        If the storage can't be used, or the search was begun with other promises.
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with warnings.catch_warnings(), explained(url):
        warnings.simplefilter("ignore")  # what is experimental is tested here
        study = _begin(url, name)
        _check_promises(study, {**promises, "space": SPACE_VERSION})
        _sweep(study)
        # Another seed each time it goes on, or it would draw what it has drawn.
        study.sampler = optuna.samplers.TPESampler(
            seed=seed + len(study.get_trials(deepcopy=False)), multivariate=True
        )
        study.pruner = optuna.pruners.MedianPruner(n_startup_trials=8)
    return study


def _begin(url: str, name: str) -> optuna.Study:
    """Open a search, with its tables made where there are none yet."""
    import optuna
    from sqlalchemy.exc import IntegrityError, ProgrammingError

    sqlite = url.startswith("sqlite")
    options = {"connect_args": {"timeout": _PATIENCE}} if sqlite else {"pool_pre_ping": True}
    for left in reversed(range(_TRIES)):
        try:
            return optuna.create_study(
                storage=optuna.storages.RDBStorage(_spoken(url), engine_kwargs=options),
                study_name=name,
                direction="maximize",
                load_if_exists=True,
            )
        except (IntegrityError, ProgrammingError):
            # Another machine makes the tables at this very moment.
            if not left:
                raise
            time.sleep(_PAUSE)
    raise AssertionError


def ask(study: optuna.Study) -> optuna.Trial:
    """Begin a trial, in this process' name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trial = study.ask(space())
    trial.set_user_attr(_WORKER, _own_name())
    return trial


def give_up(study: optuna.Study, number: int) -> None:
    """Mark a trial that was begun and won't be finished, and have its choices tried again."""
    import optuna

    params = study.get_trials(deepcopy=False)[number].params
    study.tell(number, state=optuna.trial.TrialState.FAIL, skip_if_finished=True)
    if params:
        study.enqueue_trial(params)


def _spoken(url: str) -> str:
    for short in ("postgresql://", "postgres://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url


def _check_promises(study: optuna.Study, promises: Mapping[str, Any]) -> None:
    before = study.user_attrs
    for key, value in promises.items():
        if key not in before:
            study.set_user_attr(key, value)
        elif before[key] != value:
            raise SearchError(
                f"The search {study.study_name} was begun with another {key} ({before[key]}, not "
                f"{value}): its trials can't be compared with new ones. Go on as before, or begin "
                f"another search by --name."
            )


def _own_name() -> str:
    return f"{platform.node()} {os.getpid()}"


def _sweep(study: optuna.Study) -> None:
    """Give up the trials of processes of this machine that were killed."""
    import optuna

    running = study.get_trials(deepcopy=False, states=[optuna.trial.TrialState.RUNNING])
    for trial in running:
        host, _, process = str(trial.user_attrs.get(_WORKER, "")).rpartition(" ")
        if host == platform.node() and process.isdecimal() and not _lives(int(process)):
            give_up(study, trial.number)


def _lives(process: int) -> bool:
    if process == os.getpid():
        return False  # what this very process began, it would know of
    if os.name == "nt":  # where asking would send Ctrl+C
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True
