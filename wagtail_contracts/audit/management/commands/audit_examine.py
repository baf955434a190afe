"""manage.py audit_examine: re-read trails and log, for so many seconds or until all is done."""

from datetime import timedelta

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit import permissions
from wagtail_contracts.audit.models import Alarm
from wagtail_contracts.examining.commanding import ExamineCommand


class Command(ExamineCommand):
    """What is found in trails, log and notes that are kept elsewhere."""

    help = "Re-read trails and log in slices, and say what is not as it was kept; for cron."
    alarms = Alarm

    def look(self, seconds: float, cycle: timedelta) -> None:
        """At the trails for half of that, and for the other half at the log."""
        audit.examine(seconds / 2, cycle=cycle)

    def settle(self, alarm: Alarm, reason: str) -> bool:
        """In the name of the system: a command line names nobody."""
        return audit.settle(alarm, reason, by=SYSTEM)

    def elsewhere(self) -> str:
        """As who reads trails."""
        return permissions.readers.elsewhere()
