"""Things in the admin: what was counted is not typed in there."""

from django.contrib import admin

from items.models import Item


@admin.register(Item)
class ItemAdmin(admin.ModelAdmin):
    """Things by name."""

    list_display = ("name", "quantity")
    readonly_fields = ("quantity", "trail")
