"""The data of many contracts as a file for a spreadsheet program."""

from __future__ import annotations

from io import BytesIO
from itertools import chain
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.writer.excel import save_workbook

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.lists.bulk import ContractsAction
from wagtail_contracts.contracts.core import cells
from wagtail_contracts.contracts.models import ContractTag, ContractValue

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MARK = "\ufeff"  # tells Excel that it is UTF-8


class FormatForm(forms.Form):
    """Which program it is for."""

    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(XLSX, gettext_lazy("Excel (XLSX)")), (CSV, gettext_lazy("Text (CSV)"))],
        initial=XLSX,
        widget=forms.RadioSelect,
    )


class ExportMany(ContractsAction):
    """One row for each contract that one may export, with all its data fields."""

    display_name = gettext_lazy("Export data")
    aria_label = gettext_lazy("Export the data of the chosen contracts")
    action_type = "export"
    action_priority = 40
    action = "export"
    asks_code = True
    most = 1000
    form_class = FormatForm
    page_title = gettext_lazy("Export data")
    consequence = gettext_lazy(
        "The file has a row for each contract and a column for each data field. Sensitive values "
        "are masked unless you may see them. Who exported what stands in the workspace's history."
    )
    button = gettext_lazy("Export")

    def form_valid(self, form: Any) -> HttpResponseBase:
        """The file; what one may not export is left out, as the page said."""
        found = [row for row in self.rows if not self.why_not(row)]
        if self.too_many or not found:
            return self.form_invalid(form)
        sheet = contracts.export(self._whole(found), self.request.user, by=self.by)
        kind = form.cleaned_data["format"]
        made = {CSV: _csv, XLSX: _xlsx}[kind](sheet)
        name = f"contracts-{timezone.localdate().isoformat()}.{kind}"
        made["Content-Disposition"] = f'attachment; filename="{name}"'
        made["Cache-Control"] = "no-store, private"
        return made

    def _whole(self, found: Any) -> list[Any]:
        """With all that a row tells, in a fixed number of queries."""
        seen = permissions.visible(self.request.user)
        rows = seen.filter(pk__in=[row.pk for row in found])
        rows = rows.select_related("workspace", "owner", "current_version", "listing__folder")
        return list(
            rows.order_by("pk").prefetch_related(
                "parties__people",
                Prefetch("worth", ContractValue.objects.order_by("currency")),
                Prefetch("tagged", ContractTag.objects.select_related("tag")),
            )
        )


def _csv(sheet: contracts.Sheet) -> HttpResponseBase:
    lines = chain([MARK], cells.lines(sheet.lines))
    return StreamingHttpResponse(lines, content_type=TYPES[CSV])


def _xlsx(sheet: contracts.Sheet) -> HttpResponseBase:
    book = Workbook(write_only=True)
    page = book.create_sheet("Contracts")
    for row in sheet.lines:
        page.append([_cell(page, cell) for cell in row])
    made = BytesIO()
    save_workbook(book, made)
    return HttpResponse(made.getvalue(), content_type=TYPES[XLSX])


def _cell(page: Any, value: cells.Cell) -> Any:
    kind, kept = cells.typed(value)
    made = WriteOnlyCell(page, value=kept)
    if kind == "s":
        made.data_type = "s"  # otherwise a text that begins with “=” is a formula
    return made
