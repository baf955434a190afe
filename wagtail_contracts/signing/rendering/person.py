"""One person's data as a ZIP file: person.json, and the files that they gave."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

NAME = "person.json"


def packed(data: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """All of it in one file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        written = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        file.writestr(NAME, written)
        for name, content in files.items():
            file.writestr(f"files/{name}", content)
    return held.getvalue()
