"""What a file that does not hold says that it is about."""

from wagtail_contracts.sealing.core.reports import LARGEST
from wagtail_contracts.sealing.flows.verifying import LIMITS
from wagtail_contracts.sealing.rendering import typefaces, worker

JOB = "wagtail_contracts.sealing.core.judging.claims:job"


def claimed(data: bytes) -> str:
    """The digest of the subject that a file names; empty where it names none that can be read.

    Anybody can write one: it says whom to ask, and proves nothing. Read in a process of its own.
    """
    if len(data) > LARGEST:
        return ""
    try:
        return worker.shared(JOB, LIMITS, (typefaces.BUNDLED,))(data).decode()
    except (worker.LimitReached, worker.JobRefused):
        return ""
