"""Anybody has a diploma verified: the file is judged, and neither stored nor shown to others."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wagtail_contracts.sealing import flows as sealing


class FileForm(forms.Form):
    """A file of at most 25 MB; a larger one is called unreadable."""

    file = forms.FileField(label="Diploma (PDF)")


def verify(request: HttpRequest) -> HttpResponse:
    """The verdict on a file. A real site also limits how often one address asks."""
    form = FileForm(request.POST or None, request.FILES or None)
    report = sealing.verify(form.cleaned_data["file"].read()) if form.is_valid() else None
    return render(request, "courses/verify.html", {"form": form, "report": report})
