"""How well a model does, judged so that it can't be fooled: metrics, folds, and a guard."""

from lib.judgement.certainty import (
    BINS,
    Answered,
    Bin,
    Certainty,
    calibration_error,
    read_bins,
    read_curve,
)
from lib.judgement.compare import compare
from lib.judgement.comparison import Comparison, GenreCompared, Share
from lib.judgement.confidence import (
    cross_fitted,
    fit_temperature,
    outlier_above,
    song_medians,
    unsure_below,
)
from lib.judgement.corrected import Along, changes_told, only, read_corrections, take_along
from lib.judgement.errors import JudgementError, LeakError
from lib.judgement.evaluate import check_genres, evaluate, judge_songs, song_means
from lib.judgement.folds import Fold, FoldsBy, artist_folds, folds_by, hold_out, random_folds
from lib.judgement.guard import refuse_leaks
from lib.judgement.heard import heard_by, rows_for_model, rows_for_names
from lib.judgement.leaky import LEAKY, has_windows, judge_leaky
from lib.judgement.learned import count_learned
from lib.judgement.learners import (
    FoldScores,
    Learner,
    Scorer,
    judge_over_folds,
    of_learned_genres,
)
from lib.judgement.metrics import GenreScore, Judgement, judge, read_judgement, wilson_interval
from lib.judgement.rows import Rows, replicas

__all__ = [
    "BINS",
    "LEAKY",
    "Along",
    "Answered",
    "Bin",
    "Certainty",
    "Comparison",
    "Fold",
    "FoldScores",
    "FoldsBy",
    "GenreCompared",
    "GenreScore",
    "Judgement",
    "JudgementError",
    "LeakError",
    "Learner",
    "Rows",
    "Scorer",
    "Share",
    "artist_folds",
    "calibration_error",
    "changes_told",
    "check_genres",
    "compare",
    "count_learned",
    "cross_fitted",
    "evaluate",
    "fit_temperature",
    "folds_by",
    "has_windows",
    "heard_by",
    "hold_out",
    "judge",
    "judge_leaky",
    "judge_over_folds",
    "judge_songs",
    "of_learned_genres",
    "only",
    "outlier_above",
    "random_folds",
    "read_bins",
    "read_corrections",
    "read_curve",
    "read_judgement",
    "refuse_leaks",
    "replicas",
    "rows_for_model",
    "rows_for_names",
    "song_means",
    "song_medians",
    "take_along",
    "unsure_below",
    "wilson_interval",
]
