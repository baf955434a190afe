"""Django's admin, and the page where anybody has a diploma verified."""

from courses import views
from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("verify/", views.verify, name="verify"),
]
