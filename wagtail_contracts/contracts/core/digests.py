"""When the daily mail leaves. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def next_hour(now: datetime, hour: int, zone: ZoneInfo) -> datetime:
    """The next moment after `now` at which clocks in `zone` show this full hour.

    An hour that a change of the clocks leaves out comes when it would have been.
    """
    local = now.astimezone(zone)
    due = local.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    while due.timestamp() <= now.timestamp():
        due += timedelta(days=1)
    return due
