"""Guards of what people say about a contract: who reads it, who says it, and until when."""

from tests.mutants.mutant import Mutant

ROOM = "wagtail_contracts/contracts"
FLOWS, PUBLIC = "tests/flows/contracts/test_talking.py", "tests/public/test_talking.py"
REPEATED = "tests/flows/contracts/test_repeated.py"
ASIDES, WORDS = "tests/security/test_s23_asides.py", "tests/security/test_attacks_words.py"

MUTANTS = [
    Mutant(
        "a participant reads what is for everyone or for their own side",
        f"{ROOM}/models/threads.py",
        "        return self.filter(Q(side=None) | inside, contract=party.contract_id)\n",
        "        return self.filter(contract=party.contract_id)\n",
        (
            f"{PUBLIC}::test_two_pages_are_equal_with_and_without_the_talk_of_the_other_side",
            f"{PUBLIC}::test_a_thread_that_one_may_not_see_is_not_there",
        ),
    ),
    Mutant(
        "staff read what is for everyone or for our own side",
        f"{ROOM}/models/threads.py",
        "            Q(side=None) | Q(side__role__in=contract.own_roles),\n",
        "",
        ("tests/admin/test_talking.py::test_what_the_other_side_says_to_itself_staff_do_not_find",),
    ),
    Mutant(
        "a closed contract is read only",
        f"{ROOM}/flows/talking.py",
        "    if not talking.speaks(kind, contract.state):\n",
        "    if False:\n",
        (f"{FLOWS}::test_a_closed_contract_is_read_and_an_expired_one_asked_for_time",),
    ),
    Mutant(
        "a thread is for everyone or for one's own side",
        f"{ROOM}/flows/talking.py",
        "    if side and side.pk not in {party.pk for party in sides}:\n",
        "    if False:\n",
        (f"{FLOWS}::test_a_thread_is_for_everyone_or_for_ones_own_side",),
    ),
    Mutant(
        "what one side says to itself stands in no shared trail",
        f"{ROOM}/flows/talking.py",
        "    if thread.side is None:\n        announcing.record(",
        "    if True:\n        announcing.record(",
        (f"{FLOWS}::test_what_one_side_says_to_itself_the_other_does_not_find_anywhere",),
    ),
    Mutant(
        "what is sensitive has masks in what is said of it",
        "wagtail_contracts/signing/admin/talking.py",
        "    masks = not permissions.reads(user, contract, version.content)\n",
        "    masks = False\n",
        ("tests/admin/test_sensitive.py::test_what_is_said_of_them_has_masks_too",),
    ),
    Mutant(
        "clauses are named to staff without what is sensitive",
        f"{ROOM}/rendering/talk.py",
        "        named = masking.masked(content) if inside else content\n",
        "        named = content\n",
        ("tests/admin/test_sensitive.py::test_without_the_right_every_page_has_masks",),
    ),
    Mutant(
        "the link in a mail of one side is told in the trail of that side",
        "wagtail_contracts/signing/flows/admitting.py",
        "    if aside:\n",
        "    if False:\n",
        (f"{ASIDES}::test_the_link_in_a_mail_of_one_side_is_told_in_its_own_trail",),
    ),
    Mutant(
        "a mail about what another side says to itself is in no list of ours",
        f"{ROOM}/flows/telling.py",
        "    kept: MessageQuerySet = found.exclude(keys__has_key=ASIDE)\n",
        "    kept: MessageQuerySet = found\n",
        (
            f"{ASIDES}::test_no_list_of_deliveries_shows_a_mail_of_the_other_side",
            f"{ASIDES}::test_nobody_of_us_is_told_that_a_mail_of_the_other_side_fails",
        ),
    ),
    Mutant(
        "a superuser sees no mail about what another side says to itself",
        "wagtail_contracts/signing/admin/deliveries.py",
        "        return contracts.without_asides(Message.objects.all())\n",
        "        return Message.objects.all()\n",
        (f"{ASIDES}::test_a_superuser_sees_none_of_it_either",),
    ),
    Mutant(
        "staff quote what they may read, and guess at nothing else",
        f"{ROOM}/flows/talking.py",
        "    return content if whole else masking.masked(content)\n",
        "    return content\n",
        ("tests/admin/test_sensitive.py::test_nobody_finds_them_out_by_quoting_what_they_guess",),
    ),
    Mutant(
        "whoever is named again soon gets one mail of all that follows",
        f"{ROOM}/flows/hearing.py",
        "    again = [person for person in people if times[person.pk] > 1]\n",
        "    again = []\n",
        (f"{FLOWS}::test_whoever_is_named_again_soon_gets_one_mail_of_all_that_follows",),
    ),
    Mutant(
        "a mail about one side's talk takes nothing else in",
        f"{ROOM}/flows/hearing.py",
        "thread__contract=thread.contract, thread__side=thread.side, at__gte=since",
        "thread__contract=thread.contract, at__gte=since",
        (f"{FLOWS}::test_whoever_is_named_again_soon_gets_one_mail_of_all_that_follows",),
    ),
    Mutant(
        "a comment of which nothing is seen is none",
        f"{ROOM}/flows/talking.py",
        '    if is_blank(text := said(raw, "text", CommentRefused)):\n',
        '    if not (text := said(raw, "text", CommentRefused)):\n',
        (f"{WORDS}::test_a_comment_of_which_nothing_is_seen_is_none",),
    ),
    Mutant(
        "a reason is seen",
        f"{ROOM}/core/text.py",
        '    return not UNSEEN.sub("", text).strip()\n',
        "    return not text.strip()\n",
        (f"{WORDS}::test_a_reason_is_seen_and_is_no_book",),
    ),
    Mutant(
        "a reason is no book",
        f"{ROOM}/flows/announcing.py",
        "    if len(words) > LONGEST:\n",
        "    if False:\n",
        (f"{WORDS}::test_a_reason_is_seen_and_is_no_book",),
    ),
    Mutant(
        "whom we put among the others reads nothing that they said before",
        f"{ROOM}/models/parties.py",
        "        since = self.added_by.hears_from if self.added_by else self.joined_at\n",
        "        since = None\n",
        (
            f"{ASIDES}::test_whom_we_put_among_the_others_reads_no_earlier_word_of_theirs",
            f"{ASIDES}::test_nobody_whom_we_put_there_is_named_in_what_was_begun_before",
        ),
    ),
    Mutant(
        "nobody is named in what they may not read",
        f"{ROOM}/flows/hearing.py",
        "    return since is None or since <= thread.begun_at\n",
        "    return True\n",
        (f"{ASIDES}::test_nobody_whom_we_put_there_is_named_in_what_was_begun_before",),
    ),
    Mutant(
        "whom we put among the others lets nobody in to more than they read",
        f"{ROOM}/models/parties.py",
        "        since = self.added_by.hears_from if self.added_by else self.joined_at\n",
        "        since = None if self.added_by else self.joined_at\n",
        (f"{ASIDES}::test_whom_we_put_among_the_others_reads_no_earlier_word_of_theirs",),
    ),
    Mutant(
        "what one press sends twice is one thread",
        f"{ROOM}/flows/talking.py",
        "    if there := repeated.thread(thread, text, _author(participant, by)):\n",
        "    if there := None:\n",
        (f"{REPEATED}::test_the_same_a_second_time_is_the_first",),
    ),
    Mutant(
        "the same words of another are theirs",
        f"{ROOM}/flows/repeated.py",
        "at__gte=since, **author)",
        "at__gte=since)",
        (f"{REPEATED}::test_somebody_else_says_the_same_beside_it",),
    ),
    Mutant(
        "the same words in another thread are no beginning",
        f"{ROOM}/flows/repeated.py",
        'begun.filter(pk=F("first"))',
        "begun",
        (f"{REPEATED}::test_what_was_answered_in_the_same_words_is_no_beginning",),
    ),
    Mutant(
        "what one press answers twice is one answer",
        f"{ROOM}/flows/talking.py",
        "    if there := repeated.comment(thread, text, _author(participant, by)):\n",
        "    if there := None:\n",
        (f"{REPEATED}::test_an_answer_that_comes_twice_is_one",),
    ),
]
