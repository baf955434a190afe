"""Guards of the means of identification: which one, whose, how fresh, and once."""

from tests.mutants.mutant import Mutant

MEANS = "wagtail_contracts/signing/flows/means.py"
PEOPLE = "wagtail_contracts/contracts/flows/people.py"
SEALED = "wagtail_contracts/signing/flows/sealing.py"
WALK = "tests/security/test_s06_matrix.py"
OPENS = f"{WALK}::test_what_opens_is_shown_to_open_by_the_means_that_is_asked"
SIGNS = f"{WALK}::test_a_signature_rests_on_the_means_that_is_asked_once_and_for_ten_minutes"
GIVES = f"{WALK}::test_a_copy_is_given_for_the_means_that_is_asked_once_and_for_ten_minutes"
FETCH = "tests/public/test_fetching.py"

MUTANTS = [
    Mutant(
        "what opens is the means that is asked",
        MEANS,
        "    return found.filter(participant=session.participant_id, method__in=keys).exists()\n",
        "    return found.filter(participant=session.participant_id).exists()\n",
        (OPENS,),
    ),
    Mutant(
        "what opens was shown to open",
        MEANS,
        "filter(session=session, purpose=Purpose.OPENING)\n",
        "filter(session=session)\n",
        (OPENS,),
    ),
    Mutant(
        "what opens was shown by the person",
        MEANS,
        "    return found.filter(participant=session.participant_id, method__in=keys).exists()\n",
        "    return found.filter(method__in=keys).exists()\n",
        (OPENS,),
    ),
    Mutant(
        "a signature rests on the means that is asked of the person",
        MEANS,
        "    by = identification.method in accepted(participant, Purpose.SIGNING)\n",
        "    by = True\n",
        (SIGNS,),
    ),
    Mutant(
        "an identification is used for one signature",
        MEANS,
        "    unused = not Signature.objects.filter(identification=identification).exists()\n",
        "    unused = True\n",
        (SIGNS,),
    ),
    Mutant(
        "what was shown to take the copy signs nothing",
        MEANS,
        " and unused and identification.purpose != Purpose.FETCHING):\n",
        " and unused):\n",
        (SIGNS,),
    ),
    Mutant(
        "a copy is given for the means that is asked",
        MEANS,
        "    found = _shown(session, Purpose.FETCHING).filter(method__in=keys, fetch=None)\n",
        "    found = _shown(session, Purpose.FETCHING).filter(fetch=None)\n",
        (GIVES,),
    ),
    Mutant(
        "what was shown is good for one copy",
        MEANS,
        "    found = _shown(session, Purpose.FETCHING).filter(method__in=keys, fetch=None)\n",
        "    found = _shown(session, Purpose.FETCHING).filter(method__in=keys)\n",
        (GIVES,),
    ),
    Mutant(
        "whoever has not shown who they are takes no copy",
        SEALED,
        "    if identification is None and not is_link_enough(",
        "    if False and not is_link_enough(",
        (f"{FETCH}::test_without_showing_it_nobody_takes_the_copy",),
    ),
    Mutant(
        "nobody lets others in by weaker means than their own",
        PEOPLE,
        "        name: getattr(person, name) or getattr(like or person, name)\n",
        "        name: getattr(person, name)\n",
        (f"{WALK}::test_whoever_lets_others_in_lets_them_in_by_no_weaker_means",),
    ),
    Mutant(
        "who has to show who they are gets no copy by mail",
        "wagtail_contracts/signing/tasks/__init__.py",
        "        behind = not signing.is_link_enough(who, Purpose.FETCHING)\n",
        "        behind = contract.copy_is_behind\n",
        (f"{FETCH}::test_no_mail_brings_the_copy_to_who_has_to_show_who_they_are",),
    ),
]
