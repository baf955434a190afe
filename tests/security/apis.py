"""Wagtail's own APIs, mounted as a site might."""

from django.urls import include, path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.v3.urls import api

from example_site import urls

version_2 = WagtailAPIRouter("wagtailapi")
version_2.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [
    path("api/v2/", version_2.urls),
    path("api/v3/", api.urls),
    path("", include(urls)),
]
