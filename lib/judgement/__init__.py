"""How well a model does, judged so that it can't be fooled: metrics, folds, and a guard."""

from lib.judgement.errors import JudgementError, LeakError
from lib.judgement.evaluate import check_genres, evaluate, judge_songs, song_means
from lib.judgement.folds import Fold, artist_folds, hold_out, random_folds
from lib.judgement.guard import refuse_leaks
from lib.judgement.metrics import GenreScore, Judgement, judge, wilson_interval
from lib.judgement.rows import Rows, replicas

__all__ = [
    "Fold",
    "GenreScore",
    "Judgement",
    "JudgementError",
    "LeakError",
    "Rows",
    "artist_folds",
    "check_genres",
    "evaluate",
    "hold_out",
    "judge",
    "judge_songs",
    "random_folds",
    "refuse_leaks",
    "replicas",
    "song_means",
    "wilson_interval",
]
