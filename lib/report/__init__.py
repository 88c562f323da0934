"""A song's report: one HTML file that needs nothing else, to keep, to send and to print."""

from lib.report.errors import ReportError
from lib.report.material import Material
from lib.report.report import report_name, write_report
from lib.report.sections import SECTIONS, Section

__all__ = [
    "SECTIONS",
    "Material",
    "ReportError",
    "Section",
    "report_name",
    "write_report",
]
