"""How far trails and log were re-read, and what that found."""

from wagtail_contracts.examining import AbstractAlarm, AbstractExamination


class Examination(AbstractExamination):
    """A walk over all trails, or over the log and what was kept of it elsewhere."""


class Alarm(AbstractAlarm):
    """A trail, a checkpoint or a trigger that is not as it should be."""
