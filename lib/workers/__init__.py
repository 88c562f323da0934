"""Worker processes of which any may die without harm to the others."""

from lib.workers.pool import Pool, Result, Workers
from lib.workers.process import Lost, end_with_parent, usable_cores
from lib.workers.worker import Item

__all__ = ["Item", "Lost", "Pool", "Result", "Workers", "end_with_parent", "usable_cores"]
