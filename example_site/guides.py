"""The documentation of this repository, as the intranet serves it: plain, without its search."""

import re
from itertools import pairwise
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.text import slugify
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
    return render(request, "example_site/guide.html", {"html": html(text), "page": page})


def html(text: str) -> str:
    """The text as HTML, each heading with an id by which a screen leads to its part."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", slugify(words.content))
    return str(reader.renderer.render(tokens, reader.options, {}))


urlpatterns = [path("<path:page>/", view, name="guide")]
