"""Genre tags: what a file says now, what would change, writing it, and undoing that."""

from lib.tagging.answers import Answer, Rules
from lib.tagging.entry import RunTold
from lib.tagging.errors import FileRefused, TaggingError
from lib.tagging.journal import Journal, open_journal, past_runs
from lib.tagging.names import read_name, read_names
from lib.tagging.planning import Change, Tell, check_names, plan
from lib.tagging.present import Tags, read_tags
from lib.tagging.undoing import runs_to_undo, undo
from lib.tagging.wording import genre_line, restored, summary
from lib.tagging.writing import write

__all__ = [
    "Answer",
    "Change",
    "FileRefused",
    "Journal",
    "Rules",
    "RunTold",
    "TaggingError",
    "Tags",
    "Tell",
    "check_names",
    "genre_line",
    "open_journal",
    "past_runs",
    "plan",
    "read_name",
    "read_names",
    "read_tags",
    "restored",
    "runs_to_undo",
    "summary",
    "undo",
    "write",
]
