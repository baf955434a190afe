"""The sealed files of many contracts in one ZIP file, with a list of what is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.lists.bulk import ContractsAction
from wagtail_contracts.contracts.core import zips
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.errors import Refusal

FORMAT = {"name": "wagtail-contracts/sealed-copies", "number": 1}
MANIFEST = "manifest.json"
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class ZipMany(ContractsAction):
    """Each as it was sealed, with its size and digest in the manifest."""

    display_name = gettext_lazy("Download sealed files")
    aria_label = gettext_lazy("Download the sealed files of the chosen contracts")
    action_type = "zip"
    action_priority = 42
    action = "export"
    asks_code = True
    most = 200
    with_rows = ("current_version",)
    page_title = gettext_lazy("Download sealed files")
    consequence = gettext_lazy(
        "A ZIP file with the sealed PDF of each contract, and a list with the size and SHA-256 of "
        "each file. Who took what stands in the history of the contracts and of the workspace."
    )
    button = gettext_lazy("Download")

    @cached_property
    def copies(self) -> dict[int, contracts.Copy]:
        """By primary key of the contract."""
        found = contracts.copies(self.rows, self.request.user)
        return {copy.contract.pk: copy for copy in found}

    def why_not(self, contract: Contract) -> str:
        """Only what is sealed."""
        return super().why_not(contract) or self.copies[contract.pk].why

    def form_valid(self, form: Any) -> HttpResponseBase:
        """The file, made while it is sent."""
        left = [(row, self.why_not(row)) for row in self.rows]
        taken = [self.copies[row.pk] for row, why in left if not why]
        if self.too_many or not taken:
            return self.form_invalid(form)
        contracts.take_copies(taken, by=self.by)
        out = [_left_out(row, why) for row, why in left if why]
        made = StreamingHttpResponse(
            zips.stream(_files(taken, out)), content_type="application/zip"
        )
        name = f"contracts-{timezone.localdate().isoformat()}.zip"
        made["Content-Disposition"] = f'attachment; filename="{name}"'
        made["Cache-Control"] = "no-store, private"
        return made


def _files(
    taken: Sequence[contracts.Copy], left_out: list[dict[str, str]]
) -> Iterator[tuple[str, datetime, bytes]]:
    """The files, then the manifest, which names what could not be read after all."""
    listed: list[dict[str, Any]] = []
    now = timezone.now()
    for copy in taken:
        try:
            content = copy.content()
        except Refusal as refusal:
            left_out.append(_left_out(copy.contract, str(refusal)))
            continue
        listed.append(_listed(copy, {item["name"] for item in listed}))
        yield listed[-1]["name"], copy.file.sealed_at if copy.file else now, content
    told = {"format": FORMAT, "made_at": now.isoformat(), "files": listed, "left_out": left_out}
    yield MANIFEST, now, json.dumps(told, indent=2, ensure_ascii=False).encode()


def _listed(copy: contracts.Copy, names: set[str]) -> dict[str, Any]:
    contract, file = copy.contract, copy.file
    safe = UNSAFE.sub("-", contract.number).strip("-.")
    name = f"{safe}.pdf"
    return {
        "name": f"{safe}-{contract.pk}.pdf" if name in names else name,
        "contract": contract.number,
        "title": contract.title,
        "size": file.size if file else 0,
        "sha256": file.digest if file else "",
    }


def _left_out(contract: Contract, why: str) -> dict[str, str]:
    return {"contract": contract.number, "why": why}
