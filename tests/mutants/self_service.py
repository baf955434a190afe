"""Guards of self-service and of the other side's documents."""

from tests.mutants.mutant import Mutant

VISITING = "wagtail_contracts/signing/flows/visiting.py"
PAGE = "wagtail_contracts/signing/public/self_service.py"
SERVICE = "wagtail_contracts/contracts/flows/self_service.py"
DOCUMENTS = "wagtail_contracts/contracts/flows/documents.py"
VIEWS = "wagtail_contracts/contracts/admin/creating/document.py"
MODELS = "wagtail_contracts/contracts/models/self_service.py"
ATTACKS = "tests/security/test_attacks_self_service.py"
FLOWS = "tests/flows/contracts/test_self_service.py"
WALK = (
    "tests/public/test_self_service.py"
    "::test_a_visitor_reads_confirms_fills_in_signs_and_gets_the_sealed_file"
)
PUBLIC = "tests/public/test_self_service.py"
ADMIN = "tests/admin/test_self_service.py"
PAPER = "tests/public/test_signing_a_document.py"
FLOOD = f"{ATTACKS}::test_a_thousand_posts_make_no_contract_and_at_most_the_limit_of_mails"
NETWORK = f"{ATTACKS}::test_one_network_asks_so_often_an_hour_and_no_more"
MAILBOX = f"{ATTACKS}::test_a_mailbox_gets_so_many_mails_an_hour_and_nobody_learns_it"
DAY = f"{ATTACKS}::test_so_many_contracts_are_begun_in_a_day_and_the_one_responsible_is_told_once"
TRAP = f"{ATTACKS}::test_who_fills_in_what_nobody_sees_is_thanked_and_nothing_comes_of_it"
STAMP = f"{ATTACKS}::test_a_form_that_was_not_ours_or_is_too_fast_or_too_old_is_asked_for_again"
UNKNOWN = f"{ATTACKS}::test_unknown_off_and_not_live_are_the_answer_that_every_unknown_link_gets"
ONCE = f"{ATTACKS}::test_a_link_begins_one_contract_however_often_it_is_pressed"
OVER = f"{ATTACKS}::test_a_link_is_over_after_a_day_and_opens_no_other_page"
TYPED = f"{ATTACKS}::test_what_was_typed_is_kept_encrypted_and_is_gone_after_a_day"
SPAM = f"{ATTACKS}::test_a_mail_says_nothing_that_was_typed"
RIGHTS = f"{FLOWS}::test_whoever_manages_templates_and_sends_switches_it_on_and_off"
NO_TRACE = f"{FLOWS}::test_trying_it_leaves_no_contract_and_uses_up_no_number"
RULE = f"{FLOWS}::test_a_template_that_a_rule_asks_about_is_refused_with_the_reason"
CLOSE = f"{FLOWS}::test_a_confidential_offer_is_never_public"
TWO = f"{FLOWS}::test_there_are_two_parties"
OPEN = f"{FLOWS}::test_our_own_side_leaves_nothing_open_and_nothing_sensitive"
PEOPLE = f"{FLOWS}::test_whoever_is_responsible_may_send_and_whoever_signs_is_a_colleague"
PLACE = f"{PAPER}::test_only_a_template_with_one_open_place_takes_a_document"
ADDS = f"{PAPER}::test_who_may_publish_templates_adds_the_ready_made_one"

MUTANTS = [
    Mutant(
        "so many mails leave for a public page in a day",
        VISITING,
        "    return _has_enough(service) or mails >= service.ceiling * MAILS_FOR_EACH\n",
        "    return _has_enough(service)\n",
        (FLOOD,),
    ),
    Mutant(
        "what is over is not switched on",
        SERVICE,
        "    if is_closed(service):\n",
        "    if False:\n",
        (f"{FLOWS}::test_one_whose_last_day_is_over_is_not_switched_on",),
    ),
    Mutant(
        "self-service moves with the rights in both workspaces",
        SERVICE,
        "*([held.workspace] if held else [])",
        "*[]",
        (f"{FLOWS}::test_one_moves_to_another_workspace_with_the_rights_in_both",),
    ),
    Mutant(
        "a network asks to begin twenty times an hour",
        VISITING,
        '    limit("visit", network(address), most=ASKED_AN_HOUR, by=by)\n',
        "",
        (NETWORK,),
    ),
    Mutant(
        "a mailbox is asked to begin three times an hour",
        VISITING,
        '        limit("visit mail", digests_of(visitor.email)[0], most=MAILED_AN_HOUR, by=by)\n',
        "",
        (MAILBOX,),
    ),
    Mutant(
        "nobody learns that a mailbox was asked enough",
        VISITING,
        "    with suppress(TooMany):\n        limit(",
        "    with suppress():\n        limit(",
        (MAILBOX,),
    ),
    Mutant(
        "so many contracts are begun in a day",
        VISITING,
        "    if _has_enough(service):\n",
        "    if False:\n",
        (DAY,),
    ),
    Mutant(
        "who is responsible hears once a day of visitors who are turned away",
        VISITING,
        "most=1, seconds=SECONDS, by=by):",
        "most=9, seconds=SECONDS, by=by):",
        (DAY,),
    ),
    Mutant(
        "a link makes one contract",
        VISITING,
        "    if row.participant is not None:\n",
        "    if False:\n",
        (ONCE,),
    ),
    Mutant(
        "the link of a visitor works for a day",
        VISITING,
        "Visit.objects.filter(secret_hash=hashed, expires_at__gt=timezone.now())",
        "Visit.objects.filter(secret_hash=hashed)",
        (OVER,),
    ),
    Mutant(
        "a link opens the page that it was mailed for",
        PAGE,
        '        if self.visit.service.slug != kwargs["slug"]:\n',
        "        if False:\n",
        (OVER,),
    ),
    Mutant(
        "what was typed goes once there is a contract",
        VISITING,
        '    row.name = row.email = row.organisation = row.organisation_number = ""\n',
        "",
        (WALK,),
    ),
    Mutant(
        "what is waited for is not removed",
        MODELS,
        "        old = Q(expires_at__lt=now) & (",
        "        old = (",
        (TYPED,),
    ),
    Mutant(
        "who fills in what nobody sees begins nothing",
        PAGE,
        "        if request.POST.get(TRAP):\n",
        "        if False:\n",
        (TRAP,),
    ),
    Mutant(
        "a form is ours, of this page, and neither too fast nor too old",
        PAGE,
        "    return age is not None and age >= LEAST\n",
        "    return True\n",
        (STAMP,),
    ),
    Mutant(
        "a form of another page is none of this one",
        PAGE,
        'made["service"] == service and ',
        "",
        (STAMP,),
    ),
    Mutant(
        "a name carries no address of a page",
        PAGE,
        "        if LINKED.search(name):\n",
        "        if False:\n",
        (SPAM,),
    ),
    Mutant(
        "only what is on, live and answered for is shown",
        MODELS,
        "self.filter(is_on=True, template__live=True, owner__is_active=True)",
        "self.filter(is_on=True)",
        (UNKNOWN,),
    ),
    Mutant(
        "what is switched off is unknown",
        MODELS,
        "self.filter(is_on=True, ",
        "self.filter(",
        (UNKNOWN,),
    ),
    Mutant(
        "whoever manages templates and sends switches self-service on",
        "wagtail_contracts/contracts/flows/offering.py",
        'RIGHTS = ("templates", "send")\n',
        'RIGHTS = ("send",)\n',
        (RIGHTS,),
    ),
    Mutant(
        "the right to switch self-service on is asked under the lock",
        SERVICE,
        "    if by.kind != SYSTEM.kind and not (user and",
        "    if False and not (user and",
        (RIGHTS,),
    ),
    Mutant(
        "what is made to try self-service is taken back",
        SERVICE,
        "    transaction.set_rollback(True)\n",
        "",
        (NO_TRACE,),
    ),
    Mutant(
        "what needs an approval is not offered to anybody",
        SERVICE,
        "        if need := need_of(contract, content):\n",
        "        if need := None:\n",
        (RULE,),
    ),
    Mutant(
        "a confidential offer is not public",
        SERVICE,
        "    if template.confidential:\n",
        "    if False:\n",
        (CLOSE,),
    ),
    Mutant(
        "nobody else would have to sign what a visitor begins",
        "wagtail_contracts/contracts/flows/visitors.py",
        "    if len(others) != 1 or",
        "    if not others or False and",
        (TWO,),
    ),
    Mutant(
        "nothing sensitive of ours is public",
        SERVICE,
        "    if _tells_secrets(template):\n",
        "    if False:\n",
        (OPEN,),
    ),
    Mutant(
        "what is missing of ours is not left to visitors",
        SERVICE,
        "        found = missing(contract, content)\n",
        "        found = []\n",
        (OPEN,),
    ),
    Mutant(
        "whoever is responsible for a public page may send",
        SERVICE,
        "    if not _may_send(service):\n",
        "    if False:\n",
        (PEOPLE,),
    ),
    Mutant(
        "whoever signs after visitors is a colleague",
        SERVICE,
        "    if not _is_colleague(service):\n",
        "    if False:\n",
        (PEOPLE,),
    ),
    Mutant(
        "a document goes into the one open place for it",
        DOCUMENTS,
        "    if not takes_document(template):\n",
        "    if False:\n",
        (PLACE,),
    ),
    Mutant(
        "who may publish templates adds the ready-made one",
        DOCUMENTS,
        "        if user and index.permissions_for_user(user).can_publish_subpage()\n",
        "        if user\n",
        (ADDS,),
    ),
    Mutant(
        "after the last day nobody begins",
        PAGE,
        "if offering.is_closed(self.service) else None",
        "if False else None",
        (f"{PUBLIC}::test_after_the_last_day_visitors_read_what_was_written_for_them",),
    ),
    Mutant(
        "only files of the published text are shown to anybody",
        "wagtail_contracts/contracts/flows/exhibiting.py",
        "    return _usable(_shown(content)).get(digest)\n",
        "    return StoredFile.objects.filter(digest=digest).first()\n",
        (f"{PUBLIC}::test_pictures_and_pages_of_the_text_are_shown_and_no_other_file",),
    ),
    Mutant(
        "an exhibit of a public page is read there, not taken along",
        PAGE,
        ' or (not leaf and file.sort == "exhibit")',
        "",
        (f"{PUBLIC}::test_pictures_and_pages_of_the_text_are_shown_and_no_other_file",),
    ),
    Mutant(
        "another's self-service is not there",
        "wagtail_contracts/contracts/admin/self_service/views.py",
        '        if "pk" in self.kwargs:\n',
        "        if False:\n",
        (f"{ADMIN}::test_others_learn_nothing_of_it",),
    ),
    Mutant(
        "whoever takes over self-service may send there",
        SERVICE,
        "    if not _may_send(service) or not _is_colleague(service):\n",
        "    if False:\n",
        (f"{ADMIN}::test_when_somebody_leaves_another_answers_for_it",),
    ),
    Mutant(
        "a visitor shows who they are as the template asks",
        "wagtail_contracts/contracts/flows/visitors.py",
        "        position=FIRST,\n        **asked_of(role),\n",
        "        position=FIRST,\n",
        (f"{FLOWS}::test_a_visitor_shows_and_signs_as_the_template_asks_of_the_role",),
    ),
]
