"""A product table that somebody is still writing: its template is kept, opened and looked at."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests import builders, tables
from tests.admin.test_templates import form
from wagtail_contracts.contracts.errors import TemplateUnusable
from wagtail_contracts.contracts.template_pages.models import ContractTemplate

ROW = {
    "name": "Setup",
    "description": "",
    "quantity": "5",
    "unit": "",
    "price": "100",
    "discount": "10",
    "discount_kind": "amount",
    "vat": "25",
    "period": "once",
    "choice": "fixed",
    "group": "",
    "minimum": "",
    "maximum": "10",
    "step": "",
    "sku": "",
}


def posted(page: Any, **changes: str) -> dict[str, str]:
    row = {"deleted": "", "order": "0", "id": "", "value": {**ROW, **changes}}
    table = {"policy": "locked", "condition": "", "title": "Prices", "currency": "NOK"}
    table |= {"role": "customer", "months": "", "rows": {"count": "1", "0": row}}
    made = form(page, body=[("products", table)])
    return {name: part for name, part in made.items() if name != "action-publish"}


@pytest.mark.parametrize("missing", ["price", "quantity", "vat"])
def test_a_figure_may_come_later_but_no_contract_comes_before(
    admin_client, template, sender, missing
):
    edit = reverse("wagtailadmin_pages:edit", args=[template.pk])
    look = reverse("wagtailadmin_pages:preview_on_edit", args=[template.pk])
    for changes in ({missing: ""}, {}):
        data = posted(template, **changes)
        assert admin_client.post(edit, data).status_code == 302
        assert admin_client.get(edit).status_code == 200
        admin_client.post(look, data)
        assert admin_client.get(look).status_code == 200

        draft = ContractTemplate.objects.get(pk=template.pk)
        draft.get_latest_revision().publish()
        draft.refresh_from_db()
        if changes:
            with tables.unchanged(), pytest.raises(TemplateUnusable, match="Setup"):
                builders.contract(draft, sender, values={})
        else:
            assert builders.contract(draft, sender, values={}).state == "draft"
