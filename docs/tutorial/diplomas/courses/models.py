"""Who passed which course, and the subject of the sealed file that says so."""

from django.db import models


class Diploma(models.Model):
    """That somebody passed a course. `subject` names its sealed file, and is empty before."""

    name = models.CharField(max_length=80)
    course = models.CharField(max_length=80)
    passed_on = models.DateField()
    subject = models.CharField(max_length=64, blank=True, editable=False)

    def __str__(self) -> str:
        return f"{self.name}, {self.course}"
