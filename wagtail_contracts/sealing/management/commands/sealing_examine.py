"""manage.py sealing_examine: re-read sealed files, for so many seconds or until all is done."""

from datetime import timedelta

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.examining.commanding import ExamineCommand
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing import permissions
from wagtail_contracts.sealing.models import Alarm


class Command(ExamineCommand):
    """What is found in sealed files, and in the rows about them."""

    help = "Re-read sealed files in slices, and say what is not as it was kept; for cron."
    alarms = Alarm

    def look(self, seconds: float, cycle: timedelta) -> None:
        """At the bytes for half of that, and for the other half at the seals."""
        sealing.examine(seconds / 2, cycle=cycle, judged=cycle)

    def settle(self, alarm: Alarm, reason: str) -> bool:
        """In the name of the system: a command line names nobody."""
        return sealing.settle(alarm, reason, by=SYSTEM)

    def elsewhere(self) -> str:
        """As who sees sealed files."""
        return permissions.readers.elsewhere()
