"""One person's data as a ZIP file: person.json, and the files that they gave."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from wagtail_contracts.signing.rendering.zipped import zipped

NAME = "person.json"


def packed(data: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """All of it in one file."""
    written = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    given = {f"files/{name}": content for name, content in files.items()}
    return zipped({NAME: written.encode(), **given})
