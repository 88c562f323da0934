"""How well a model does, judged so that it can't be fooled: metrics, folds, and a guard."""

from lib.judgement.errors import JudgementError, LeakError
from lib.judgement.evaluate import check_genres, evaluate, judge_songs, song_means
from lib.judgement.folds import Fold, FoldsBy, artist_folds, folds_by, hold_out, random_folds
from lib.judgement.guard import refuse_leaks
from lib.judgement.learners import FoldScores, Learner, Scorer, judge_over_folds
from lib.judgement.metrics import GenreScore, Judgement, judge, wilson_interval
from lib.judgement.rows import Rows, replicas

__all__ = [
    "Fold",
    "FoldScores",
    "FoldsBy",
    "GenreScore",
    "Judgement",
    "JudgementError",
    "LeakError",
    "Learner",
    "Rows",
    "Scorer",
    "artist_folds",
    "check_genres",
    "evaluate",
    "folds_by",
    "hold_out",
    "judge",
    "judge_over_folds",
    "judge_songs",
    "random_folds",
    "refuse_leaks",
    "replicas",
    "song_means",
    "wilson_interval",
]
