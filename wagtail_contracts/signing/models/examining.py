"""How far the rows of contracts were compared with their trails, and what that found."""

from wagtail_contracts.examining import AbstractAlarm, AbstractExamination


class Examination(AbstractExamination):
    """A walk over all contracts."""


class Alarm(AbstractAlarm):
    """Rows that are not as their trail says, and what only this floor can see."""
