"""A template's streams from what people already have."""

from wagtail_contracts.contracts.core.importing.drafts import Imported, Note
from wagtail_contracts.contracts.core.importing.markdown import read

__all__ = ["Imported", "Note", "read"]
