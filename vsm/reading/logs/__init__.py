"""Item logs of trackers, spreadsheets and process mining -> a `Log`: the only place that knows their columns."""

from vsm.reading.logs.far_dates import FAR_DATES
from vsm.reading.logs.join import LogFile, read_joined
from vsm.reading.logs.read_log import LOG_LIMITS, looks_like_log, read_log
from vsm.reading.logs.sheets_as_one import NO_SUCH_SHEET, ON_SEVERAL_SHEETS, SHEETS_AS_ONE

__all__ = [
    "FAR_DATES",
    "LOG_LIMITS",
    "NO_SUCH_SHEET",
    "ON_SEVERAL_SHEETS",
    "SHEETS_AS_ONE",
    "LogFile",
    "looks_like_log",
    "read_joined",
    "read_log",
]
