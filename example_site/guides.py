"""The documentation of this repository, as the intranet serves it: plain, without its search."""

import re
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET
from markdown_it import MarkdownIt

DOCS = Path(__file__).resolve().parents[1] / "docs"
LINK = re.compile(r"\]\((?!https?:)([\w./-]+)\.md(#[\w-]+)?\)")
DIRECTIVE = re.compile(r"^```\{.*?^```$", re.DOTALL | re.MULTILINE)


@require_GET
def view(request: HttpRequest, page: str) -> HttpResponse:
    """One page; 404 for what is none."""
    place = (DOCS / f"{page}.md").resolve()
    if not place.is_relative_to(DOCS) or not place.exists():
        raise Http404
    text = LINK.sub(r"](../\1/\2)", DIRECTIVE.sub("", place.read_text()))
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return render(request, "example_site/guide.html", {"html": html, "page": page})


urlpatterns = [path("<path:page>/", view, name="guide")]
