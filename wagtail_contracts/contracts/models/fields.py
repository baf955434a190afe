"""StreamFields whose blocks are code, not schema."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.fields import StreamField

from wagtail_contracts.contracts.blocks.posted import PostedField, PostedWidget


class StableStreamField(StreamField):
    """A StreamField that migrations know as plain JSON, so that changing blocks changes no schema.

    A historical StreamField drops every block that it has no definition of when an instance is
    saved; plain JSON keeps them.
    """

    def deconstruct(self) -> Any:
        """Name the field as the JSONField that migrations are to see."""
        name, _path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, "django.db.models.JSONField", [], {**kwargs, "encoder": DjangoJSONEncoder}

    def formfield(self, **kwargs: Any) -> Any:
        """Pack the definition once, and read posts that prove nothing."""
        made = {"widget": PostedWidget(self.stream_block), "form_class": PostedField}
        return super().formfield(**{**made, **kwargs})

    def clone(self) -> Any:
        """Only migrations clone fields."""
        return models.JSONField(**self.deconstruct()[3])
