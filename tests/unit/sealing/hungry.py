"""The judge as a job that asks for all the room that its process may have."""

import resource

from wagtail_contracts.sealing.core.judging import jobs


def job(request: bytes) -> bytes:
    """Entrance for the child process."""
    room, _ = resource.getrlimit(resource.RLIMIT_AS)
    return jobs.job(request + bytes(room))
