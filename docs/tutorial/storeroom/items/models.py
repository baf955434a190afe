"""Things, and how many of each there are."""

import uuid

from django.db import models


def new_trail() -> str:
    """The key of a trail says nothing about its thing."""
    return uuid.uuid4().hex


class Item(models.Model):
    """A kind of thing in the storeroom."""

    name = models.CharField(max_length=80)
    quantity = models.IntegerField(default=0)
    trail = models.CharField(max_length=64, unique=True, default=new_trail, editable=False)

    def __str__(self) -> str:
        return self.name
