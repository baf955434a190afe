"""What must stand at the root of a host, wherever the rest is: include it there."""

from wagtail_contracts.signing.urls import AT_THE_ROOT

app_name = "wagtail_contracts_root"
urlpatterns = AT_THE_ROOT
