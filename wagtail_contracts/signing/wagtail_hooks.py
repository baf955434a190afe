"""What signing adds to the admin: pages about a contract, deliveries, what a version would cost."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin import (
    affirming,
    checklist,
    copied,
    costs,
    counterparty,
    deliveries,
    disclosing,
    examination,
    examined,
    helping,
    home,
    hosting,
    invitation,
    look,
    means,
    mismatches,
    overview,
    people,
    phrases,
    privacy,
    proving,
    reissuing,
    sealed,
    state,
    suggesting,
    talking,
    versions,
    waits,
    wording,
)
from wagtail_contracts.signing.backends.sms import sms_offered
from wagtail_contracts.signing.rendering import visits


@hooks.register("register_contract_views")
def views() -> dict[str, Any]:
    """By name; the contracts' viewset puts its gate in front of each."""
    return {
        "inspect": overview.OverviewView,
        "state": state.StateView,
        "version": versions.VersionView,
        "sign": affirming.SignView,
        "sign_code": affirming.SignCodeView,
        "sealed": sealed.SealedView,
        "seal_again": sealed.SealAgainView,
        "reissue": reissuing.ReissueView,
        "accept_name": mismatches.AcceptNameView,
        "copy_link": copied.CopyLinkView,
        "sign_in_person": hosting.HandOverView,
        "suggestion": suggesting.SuggestionView,
        "threads": talking.TalkView,
        "replace_person": people.ReplaceView,
        "add_person": people.AddView,
        "revoke_access": people.RevokeView,
        "answer_person": people.AnswerPersonView,
        "opening": people.OpeningView,
        "export_person": privacy.ExportPersonView,
        "erase_person": privacy.ErasePersonView,
        "prove": proving.ProveView,
    }


@hooks.register("register_workspace_views")
def workspace_views() -> dict[str, Any]:
    """By name; the workspaces' viewset puts its gate in front of each."""
    return {
        "texts": wording.TextsView,
        "help": helping.HelpTextsView,
        "disclosures": disclosing.DisclosuresView,
        "look": look.LookView,
        "look_page": look.LookPageView,
    }


hooks.register("show_counterparty_page", counterparty.show)
hooks.register("self_service_address", visits.page)
hooks.register("show_invitation", invitation.show)
hooks.register("sends_sms", sms_offered)
hooks.register("identification_means", means.offered)
hooks.register("contract_losses", costs.losses)
hooks.register("tell_contracts", phrases.tell)
hooks.register("retracted_contracts", signing.retracted)
hooks.register("whom_contract_awaits", signing.waited_for)
hooks.register("register_contract_waits", waits.waits)
hooks.register("construct_homepage_panels", home.add_panel)
hooks.register("construct_homepage_panels", examined.add_panel)
hooks.register("construct_homepage_panels", checklist.add_panel)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The list of deliveries with its two buttons, and that of findings."""
    listed, one = deliveries.DeliveriesView, "contract-deliveries/<str:public_id>"
    return [
        path("contract-register/", privacy.RegisterView.as_view(), name=privacy.ADDRESS),
        path("contract-deliveries/", listed.as_view(), name=deliveries.LIST),
        path(
            "contract-deliveries/results/",
            listed.as_view(results_only=True),
            name=deliveries.RESULTS,
        ),
        path(f"{one}/again/", deliveries.AgainView.as_view(), name=deliveries.AGAIN),
        path(f"{one}/give-up/", deliveries.GiveUpView.as_view(), name=deliveries.GIVE_UP),
        path(
            "contract-examination/",
            examination.ExaminationView.as_view(),
            name=examination.LIST,
        ),
        path(
            "contract-examination/<str:key>/settle/",
            examination.SettleView.as_view(),
            name=examination.SETTLE,
        ),
    ]


hooks.register("register_settings_menu_item", privacy.menu_item)


@hooks.register("register_reports_menu_item")
def examination_item() -> examination.ExaminationMenuItem:
    """Among the reports."""
    return examination.ExaminationMenuItem(
        _("Self-examination"),
        reverse(examination.LIST),
        name="contract-examination",
        icon_name="view",
        order=610,
    )


@hooks.register("register_reports_menu_item")
def deliveries_item() -> deliveries.DeliveriesMenuItem:
    """Among the reports."""
    return deliveries.DeliveriesMenuItem(
        _("Deliveries"),
        reverse(deliveries.LIST),
        name="contract-deliveries",
        icon_name="mail",
        order=600,
    )
