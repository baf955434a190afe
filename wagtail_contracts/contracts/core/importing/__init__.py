"""A template's streams from what people already have."""

from wagtail_contracts.contracts.core.importing.assigning import UnknownKey, assign
from wagtail_contracts.contracts.core.importing.drafts import Imported, Note, Unplaceable, Words
from wagtail_contracts.contracts.core.importing.markdown import read

__all__ = ["Imported", "Note", "UnknownKey", "Unplaceable", "Words", "assign", "read"]
