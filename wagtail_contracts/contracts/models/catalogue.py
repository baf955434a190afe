"""What a workspace sells: copied into product tables, never referred to by them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.core import products
from wagtail_contracts.contracts.models.workspaces import Workspace


class CatalogueQuerySet(models.QuerySet["CatalogueItem"]):
    """The vocabulary of catalogues."""

    def matching(self, words: str) -> CatalogueQuerySet:
        """Those whose name or number has these letters."""
        return self.filter(models.Q(name__icontains=words) | models.Q(sku__icontains=words))


class CatalogueItem(models.Model):
    """One item of a workspace's catalogue."""

    class Period(models.TextChoices):
        ONCE = products.ONCE, _("Once")
        MONTH = products.MONTH, _("Each month")
        QUARTER = products.QUARTER, _("Each quarter")
        YEAR = products.YEAR, _("Each year")

    workspace = models.ForeignKey(
        Workspace, models.CASCADE, related_name="catalogue", verbose_name=_("workspace")
    )
    sku = models.CharField(_("item number"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    price = models.DecimalField(
        _("price for one"), max_digits=15, decimal_places=4, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, default="NOK")
    vat = models.DecimalField(
        _("VAT in percent"),
        max_digits=5,
        decimal_places=2,
        default=25,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    period = models.CharField(_("paid"), max_length=8, choices=Period, default=Period.ONCE)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("catalogue item")
        verbose_name_plural = _("catalogue items")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "sku"], name="wc_catalogue_sku_uniq"),
            models.CheckConstraint(
                condition=models.Q(price__gte=0, vat__gte=0, vat__lte=100),
                name="wc_catalogue_price_known",
            ),
            models.CheckConstraint(
                condition=models.Q(period__in=products.PERIODS), name="wc_catalogue_period_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku} {self.name}"

    def clean(self) -> None:
        """Refuse a currency that there is not."""
        super().clean()
        if not products.is_known(self.currency):
            raise ValidationError({"currency": _("There is no such currency.")})

    def row(self) -> dict[str, Any]:
        """What is copied into a row of a product table."""
        parts = {name: getattr(self, name) for name in ("sku", "name", "description", "unit")}
        figures = {name: format(getattr(self, name).normalize(), "f") for name in ("price", "vat")}
        return {**parts, **figures, "period": self.period}
