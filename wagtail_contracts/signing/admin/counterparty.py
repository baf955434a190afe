"""The page of somebody on the other side as it will look; nothing on it does anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant, Workspace
from wagtail_contracts.contracts.rendering import html
from wagtail_contracts.contracts.rendering.answers import answer_inputs
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.brand import brand
from wagtail_contracts.contracts.rendering.parts import Shelf
from wagtail_contracts.signing.admin.pages import ROOM

FILE = "wagtail_contracts_file"  # the address of a file in the admin


def show(
    request: HttpRequest,
    contract: Contract,
    content: Mapping[str, Any],
    reader: Participant,
    fields: Sequence[Any],
) -> HttpResponse:
    """For the hook `show_counterparty_page`."""
    language = spoken(reader.language or contract.language)
    shelf = Shelf(reverse(html.FILES), words=contracts.page_words(content))
    with translation.override(language):
        inputs = answer_inputs(fields, None, None, language, content=content)
        context = {
            "content": content,
            "language": language,
            "organisation": contract.workspace.legal_name,
            "brand": brand(contract.workspace),
            "logo": logo_of(contract.workspace),
            "parties": list(_parties(content, reader)),
            "document": html.document(content, language=language, inputs=inputs, shelf=shelf),
            "lines": [(entry, None) for entry in html.contents(content)],
            "asked": sum(item.is_open for item in inputs.values()),
        }
        return render(request, f"{ROOM}/counterparty.html", context)


def logo_of(workspace: Workspace) -> str:
    """The address of a workspace's logo in the admin; "" for none."""
    logo = workspace.logo
    return reverse(FILE, args=[logo.digest]) if logo else ""


def _parties(content: Mapping[str, Any], reader: Participant) -> Iterator[dict[str, Any]]:
    """The parties, each with those who sign."""
    for party in content["parties"]:
        people = [
            {**person, "is_me": person["id"] == reader.public_id} for person in party["people"]
        ]
        yield {**party, "people": people}
