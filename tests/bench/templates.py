"""The template editor against Wagtail's page editor with the same stream: opening and saving."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import blocks
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests import builders
from tests.admin import posts
from tests.bench import agreements, timing
from tests.bench.pages import constant
from tests.bench.plain.models import SamePage
from tests.bench.timing import Row
from wagtail_contracts.contracts.admin import basis
from wagtail_contracts.contracts.models import ContractTemplateMixin

PART = "The template editor"
MOST = 1.3
CLAUSES = (8, 98)  # with tables and lists 16 and 151 blocks
Job = Callable[[], Any]
Check = Callable[[Any], None]


def rows(*, tiny: bool) -> Iterator[Row]:
    """Opening and saving at each length; then the queries."""
    client, counts = _editor(), []
    for clauses in CLAUSES[:1] if tiny else CLAUSES:
        template = agreements.template(clauses)
        same = SamePage(title="Same", slug=f"same-{clauses}", body=template.body.get_prep_value())
        builders.root().add_child(instance=same)
        same.save_revision()
        ours, bare = _jobs(client, template), _jobs(client, same)
        for what in ours:
            times = timing.interleaved(
                {"ours": timing.spent(*ours[what]), "bare": timing.spent(*bare[what])},
                0 if tiny else 7,
            )
            told = f"{len(template.body)} blocks: {what}"
            most = (
                MOST if clauses == CLAUSES[-1] else None
            )  # what each save costs alike weighs less
            yield timing.compared(PART, told, times["ours"], times["bare"], most)
        counts.append((len(template.body), _queries(ours["open"][0]), _queries(bare["open"][0])))
    yield constant(PART, "queries of opening at {} blocks", counts)


def _editor() -> Client:
    user = agreements.place()[1]
    user.is_superuser = True
    user.save()
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return client


def _jobs(client: Client, page: Any) -> dict[str, tuple[Job, Check]]:
    """Opening the page's editor and saving a draft, each with what must hold of the answer."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    names = [name for name in ("roles", "fields", "body") if hasattr(page, name)]
    streams = {
        name: _posted(getattr(page, name).stream_block, getattr(page, name)) for name in names
    }
    form = nested_form_data({**streams, "slug": page.slug, "comments": inline_formset([])})
    form |= {"title": page.title}

    def saved(answer: Any) -> None:
        """A save that was refused shows the form again; the next one begins with what is stored."""
        assert answer is None or answer.status_code == 302, answer.content.decode()
        if isinstance(page, ContractTemplateMixin):
            form[basis.BASIS] = posts.page_began(page)

    saved(None)
    return {
        "open": (lambda: client.get(url), _opened),
        "save": (lambda: client.post(url, form), saved),
    }


def _posted(block: Any, value: Any) -> Any:
    """A value as the editor's form posts it."""
    if isinstance(block, blocks.StreamBlock):
        return streamfield(
            [(child.block_type, _posted(child.block, child.value)) for child in value]
        )
    if isinstance(block, blocks.ListBlock):
        return streamfield([("", _posted(block.child_block, item)) for item in value])
    if isinstance(block, blocks.StructBlock):
        return {name: _posted(child, value[name]) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(value.source, features=block.features)
    if isinstance(block, blocks.BooleanBlock):
        return "on" if value else ""
    said = block.value_for_form(value)
    return "" if said is None else str(said)


def _opened(answer: Any) -> None:
    assert answer.status_code == 200
    assert b"data-edit-form" in answer.content


def _queries(job: Job) -> int:
    with CaptureQueriesContext(connection) as queries:
        job()
    return len(queries)
