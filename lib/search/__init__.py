"""Comparing what learns, and searching for what learns best; only its processes load TensorFlow."""

from lib.search.comparison import Figures, compare, make_plan
from lib.search.entries import Entry, Group, InputsEntry, entries
from lib.search.errors import SearchError
from lib.search.history import History, Tried, history_csv, read_history
from lib.search.search import Search
from lib.search.settings import SearchSettings
from lib.search.storage import sqlite_url
from lib.search.tables import Line, csv_table, make_lines, markdown_table, terminal_table
from lib.search.winner import Verdict, Winner, judge_winner, write_winner

__all__ = [
    "Entry",
    "Figures",
    "Group",
    "History",
    "InputsEntry",
    "Line",
    "Search",
    "SearchError",
    "SearchSettings",
    "Tried",
    "Verdict",
    "Winner",
    "compare",
    "csv_table",
    "entries",
    "history_csv",
    "judge_winner",
    "make_lines",
    "make_plan",
    "markdown_table",
    "read_history",
    "sqlite_url",
    "terminal_table",
    "write_winner",
]
