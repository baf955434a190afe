"""What the JavaScript of our editors says, and what chips are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin import condition_words
from wagtail_contracts.contracts.admin.numbers import NUMBERS
from wagtail_contracts.contracts.blocks import definitions
from wagtail_contracts.contracts.core.text import words as plain
from wagtail_contracts.contracts.models import FieldSet, Workspace


def script() -> SafeString:
    """The words of our JavaScript, for the end of an editor's page."""
    return json_script(
        {
            "toggle": _("Toggle section"),
            "title": _("Contract: title"),
            "parts": _parts(),
            **_chips(),
            "prints": _("{label}, printed like {words}"),
            "locked": _("{locked} of {all} locked"),
            "lock": _("Lock all"),
            "unlock": _("Unlock all"),
            "numbers": reverse(NUMBERS),
            "row": _("Row"),
            "compare": _("Save and compare"),
            **_catalogue(),
            "pick": _("Choose …"),
            "ours": _("our side"),
            "sets": _sets(),
            "condition": condition_words.words(),
        },
        "wc-words",
    )


def _parts() -> dict[str, str]:
    """What the text may say of a party; each stands for richtext.PARTS."""
    return {
        "name": _("%s: name"),
        "people": _("%s: people"),
        "organisation_number": _("%s: organisation number"),
        "address": _("%s: address"),
    }


def _chips() -> dict[str, str]:
    return {
        "insert": _("Insert a data field"),
        "close": _("Close"),
        "search": _("Search the data fields"),
        "nothing": _("No data field matches. Data fields are defined on the template."),
        "refer": _("Refer to a clause"),
        "refer_search": _("Search the clauses"),
        "refer_nothing": _("No clause with a number matches."),
        "unknown": _("%s (unknown)"),
        "define": _("New data field…"),
        "defining": _("New data field"),
        "label": _("Label"),
        "kind": _("Kind"),
        "who": _("Filled in by"),
        "more": _("Everything else about it stands under “Data fields”."),
        "add": _("Add and insert"),
        "back": _("Back"),
    }


def _catalogue() -> dict[str, str]:
    return {
        "catalogue": _("From the catalogue"),
        "catalogue_url": reverse("wagtail_contracts_catalogue:pick"),
        "catalogue_search": _("Search the catalogue"),
        "catalogue_nothing": _("The catalogue has nothing like it in this currency."),
    }


def _sets() -> dict[str, Any]:
    """What the shared sets of data fields define that whoever edits may take in, by their id."""
    user = get_active_log_context().user
    places = permissions.template_workspaces(user) if user else Workspace.objects.none()
    found = FieldSet.objects.filter(workspace__in=places)
    return {str(item.pk): [_shared(entry) for entry in definitions(item.fields)] for item in found}


def _shared(definition: Mapping[str, Any]) -> dict[str, Any]:
    options = [
        {"key": option["key"], "label": plain(option["text"])}
        for option in definition.get("options") or []
    ]
    named = {name: definition[name] for name in ("key", "label", "kind")}
    return {**named, "currency": definition.get("currency") or "", "options": options}


def labels(roles: list[Mapping[str, Any]], fields: list[Mapping[str, Any]]) -> dict[str, str]:
    """What people call each chip, by key."""
    made = {"contract.title": _("Contract: title")}
    for role in roles:
        for part, said in _parts().items():
            made[f"{role['key']}.{part}"] = said % role["label"]
    return made | {field["key"]: field["label"] for field in fields}
