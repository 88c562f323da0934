"""The search: trials judged fold by fold, the hopeless ones given up early."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from lib.dataset import Dataset
from lib.errors import Cancelled, WorkerError
from lib.judgement import Rows, artist_folds
from lib.progress import Progress, silent
from lib.search.errors import SearchError
from lib.search.seen import Seen, divide_for_search
from lib.search.settings import SearchSettings
from lib.search.space import config_of
from lib.search.storage import ask, explained, give_up, open_study
from lib.search.work import FoldTask, Hopeless, Judged, try_fold
from lib.training import TrainingConfig
from lib.training.sides import usable
from lib.wording import count, percent
from lib.workers import Lost, Workers

if TYPE_CHECKING:
    import optuna

SECONDS = "seconds"  # a trial's attribute: what learning took, all folds together
_MOST_DEATHS = 3  # processes lost in a row before it is no accident


@dataclass
class _Attempt:
    """A trial under way."""

    trial: optuna.Trial
    config: TrainingConfig
    accuracies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def mean(self) -> float:
        return sum(self.accuracies) / len(self.accuracies)


class Search:
    """A search over a data set, kept in a storage.

    Parameters
    ----------
    dataset : Dataset
        The table; see `~lib.search.seen.divide_for_search` for which of its songs are seen.
    settings : SearchSettings
        How.
    storage : str
        Address of the database; see `~lib.search.storage.open_study`.
    name : str
        Of the search there.
    job : callable
        What the processes do with a fold; a function at the top of a module.

    Raises
    ------
    TrainingError, JudgementError
        If the table can't be learned from, or not in so many folds.
    SearchError
        If the storage can't be used, or holds another search of that name.
    """

    def __init__(
        self,
        dataset: Dataset,
        settings: SearchSettings,
        *,
        storage: str,
        name: str,
        job: Callable[[FoldTask], Judged | Hopeless] = try_fold,
    ) -> None:
        usable(dataset)
        self.settings = settings
        self.rows = Rows.of(dataset)
        self.labels = dataset.labels
        self.divided: Seen = divide_for_search(self.rows, seed=settings.seed)
        self._seen = self.rows.at(self.divided.seen)
        self._folds = artist_folds(self._seen, folds=settings.folds, seed=settings.seed)
        self.storage, self.job = storage, job
        promised = {"folds", "epochs", "members", "seed"}
        promises = {key: value for key, value in asdict(settings).items() if key in promised}
        self.study = open_study(
            storage, name, {**promises, "data": dataset.fingerprint}, seed=settings.seed
        )
        self._attempts: dict[int, _Attempt] = {}
        self._deaths = 0

    def run(self, progress: Progress = silent) -> None:
        """Try until there are as many finished trials as were asked for, or the time is up.

        Stopped by Ctrl+C or by `progress`, it gives up what is under way, whose choices the next
        run tries first; everything else is kept.

        Parameters
        ----------
        progress : Progress
            Told as it goes on; may raise `~lib.errors.Cancelled`.

        Raises
        ------
        SearchError
            If the storage fails, or the processes keep dying.
        """
        end = time.monotonic() + (self.settings.timeout or float("inf"))
        with explained(self.storage):
            try:
                self._run(end, progress)
            except (KeyboardInterrupt, Cancelled, SearchError, WorkerError):
                for number in list(self._attempts):
                    give_up(self.study, number)
                raise

    def _run(self, end: float, progress: Progress) -> None:
        with Workers[FoldTask, "Judged | Hopeless"](self.job, count=self.settings.jobs) as workers:
            self._tell(progress)
            self._begin(workers, end)
            while self._attempts:
                for task, result in workers.listen(0.2):
                    self._take(workers, task, result)
                    self._begin(workers, end)
                self._tell(progress)

    def _begin(self, workers: Workers[FoldTask, Judged | Hopeless], end: float) -> None:
        """Begin trials while there are processes and trials left."""
        while len(self._attempts) < self.settings.jobs and time.monotonic() < end:
            if finished(self.study) + len(self._attempts) >= self.settings.trials:
                return
            trial = ask(self.study)
            config = config_of(
                trial.params,
                epochs=self.settings.epochs,
                members=self.settings.members,
                seed=self.settings.seed,
            )
            self._attempts[trial.number] = _Attempt(trial, config)
            self._add(workers, trial.number)

    def _add(self, workers: Workers[FoldTask, Judged | Hopeless], number: int) -> None:
        attempt = self._attempts[number]
        fold = self._folds[len(attempt.accuracies)]
        workers.add(FoldTask(number, attempt.config, self._seen, fold, True, self.labels))

    def _take(
        self,
        workers: Workers[FoldTask, Judged | Hopeless],
        task: FoldTask,
        result: Judged | Hopeless | Lost,
    ) -> None:
        """Take note of a fold; go on with the next, finish the trial, or give it up."""
        if isinstance(result, Lost):
            self._bury(task.number, result)
            return
        self._deaths = 0
        attempt = self._attempts[task.number]
        accuracy = result.accuracy if isinstance(result, Judged) else 0.0
        attempt.seconds += result.seconds if isinstance(result, Judged) else 0.0
        attempt.accuracies.append(accuracy)
        attempt.trial.report(attempt.mean, len(attempt.accuracies))
        if isinstance(result, Hopeless) or attempt.trial.should_prune():
            self._finish(attempt, pruned=True)
        elif len(attempt.accuracies) == len(self._folds):
            self._finish(attempt, pruned=False)
        else:
            self._add(workers, task.number)

    def _finish(self, attempt: _Attempt, *, pruned: bool) -> None:
        import optuna

        attempt.trial.set_user_attr(SECONDS, round(attempt.seconds, 2))
        if pruned:
            self.study.tell(attempt.trial, state=optuna.trial.TrialState.PRUNED)
        else:
            self.study.tell(attempt.trial, attempt.mean)
        del self._attempts[attempt.trial.number]

    def _bury(self, number: int, lost: Lost) -> None:
        self._deaths += 1
        give_up(self.study, number)
        del self._attempts[number]
        if self._deaths >= _MOST_DEATHS:
            raise SearchError(
                f"The processes of the search keep ending ({lost.how}). Where memory is short, try "
                f"fewer --jobs; what was tried is kept."
            )

    def _tell(self, progress: Progress) -> None:
        done, best = finished(self.study), best_accuracy(self.study)
        said = f"best {percent(best, digits=1)}, " if best is not None else ""
        under_way = sum(len(a.accuracies) for a in self._attempts.values()) / len(self._folds)
        share = min((done + under_way) / self.settings.trials, 1.0)
        progress(f"Searching ({said}{count(done, 'trial')})", share)


def finished(study: optuna.Study) -> int:
    """Return how many trials were finished or pruned, by whatever process."""
    import optuna

    states = (optuna.trial.TrialState.COMPLETE, optuna.trial.TrialState.PRUNED)
    return len(study.get_trials(deepcopy=False, states=states))


def best_accuracy(study: optuna.Study) -> float | None:
    """Return the accuracy of the best finished trial, or None where there is none yet."""
    import optuna

    trials = study.get_trials(deepcopy=False, states=(optuna.trial.TrialState.COMPLETE,))
    return max((float(trial.value or 0.0) for trial in trials), default=None)
