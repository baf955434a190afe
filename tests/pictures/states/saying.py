"""What is otherwise than in its draft, and why, by the name of the state."""

SAID = {
    "turn": (
        "The draft shows a package that is chosen in its steps; here the steps are those of "
        "the contract at hand, with what is left as a list, and the contents can be searched."
    ),
    "ready": (
        "The draft says how long signing takes; here the steps say what follows, and no time "
        "that nobody measured."
    ),
    "news": (
        "The draft counts the changes in its notice. Here the notice names the version, the "
        "contents mark the clauses, and the comparison counts."
    ),
    "waiting": (
        "The draft offers the receipt here; it is offered on the page that follows the signature. "
        "The mail and the page say when all have signed."
    ),
    "not-yet": (
        "The draft has no fields left; here one may already fill in while others sign, and is "
        "told what follows."
    ),
    "signed": ("As in the draft."),
    "declined": ("The draft offers the text as a PDF; here it stays on the page, which prints it."),
    "expired": (
        "“Ask for more time” leads to a page where a day can be wished for; in the draft it "
        "is one button."
    ),
    "problem": ("As in the draft: what is wrong stands in the summary and at its field."),
    "offline": (
        "The draft shuts the button and puts a notice into the text. Here the message stays "
        "in sight while one scrolls, and the button says why nothing is sent."
    ),
    "code": ("The draft offers another way; here the sender chose one, the code by e-mail."),
    "code-wrong": ("As in the draft, but for the other way that it offers."),
    "review-and-sign": (
        "As in the draft, what was not opened is said. Exhibits are listed with their "
        "fingerprints, and what changed since one last knew the text is added."
    ),
    "review-stale": (
        "In the draft one stays on the review; here the comparison itself is shown, because "
        "that is what has to be read next."
    ),
    "signing": ("As in the draft. After eight seconds it says that one may leave the page."),
    "done": (
        "As in the draft there is a receipt at once. The draft tells of reminders, too, which "
        "are the sender's to choose."
    ),
    "done-by-all": ("As in the draft."),
    "changes": (
        "The draft shows a comment beside its change; here comments stay with their clause in "
        "the contract, and the reason for the version stands on top."
    ),
    "changes-signed": ("As in the draft, with the reason for the version on top."),
    "changes-none": (
        "In the draft one had looked at an earlier version; here there is none, and the page "
        "says so."
    ),
    "decline": (
        "The draft offers to suggest a change; here the way leads to the sender, because "
        "suggestions belong to a clause."
    ),
    "verify": (
        "The draft takes a fingerprint as well. Here only a file is taken: a fingerprint that "
        "somebody types proves nothing about the file that they hold."
    ),
    "verify-unchanged": (
        "The draft offers a report to be downloaded; here the page itself is the report."
    ),
    "verify-changed": ("As in the draft; what was found is in the details."),
    "verify-unsealed": (
        "The draft has one verdict for what is not ours; here a file without a seal and a "
        "file with a stranger's are told apart."
    ),
    "forward": (
        "In the draft whoever forwards goes on reading; here the link ends with handing the "
        "signature on, and the page says so before. Advice is one more thing to ask for."
    ),
    "identify": (
        "The draft offers several means to choose from; here the sender chose one for this "
        "person, so there is no choice to make."
    ),
    "mail-invitation": (
        "The draft has the contract's title for its heading; here that is the subject, as in "
        "every mail. It has a line for one's records, too: the version and where the audit trail "
        "stands, so that later changes can be shown."
    ),
    "agree": (
        "No draft was drawn: the button says what one agrees to, the words below it that this is "
        "no signature. On a phone it is in the bar, once nothing else comes first."
    ),
    "agree-next": (
        "No draft was drawn: what is to be filled in comes first, and agreeing stands apart."
    ),
    "threads": (
        "No draft was drawn: what was said comes first, and where one writes comes first only "
        "for whoever came to write."
    ),
    "suggest-look": (
        "No draft was drawn: the comparison and what sends it stand before the boxes, and a few "
        "words among longer changes are drawn into these."
    ),
    "changes-most": (
        "No draft was drawn: that it is to be read as a whole is said before the changes are "
        "listed."
    ),
    "changes-exhibit": (
        "No draft of its own; in that of the changes an exhibit is named. Here both files stand "
        "beside each other with name, pages, size and fingerprint."
    ),
    "confidential": (
        "No draft was drawn: the text is as ever, with what can't be prevented beside it."
    ),
    "owner-suggested": (
        "No draft of its own; in that of the overview it is accepted at once. Here accepting has "
        "a page, which says what it changes in today's text and which signatures lapse."
    ),
    "owner-copied": (
        "No draft was drawn: the link is shown once, and that it was copied stands in the audit "
        "trail and beside the signature."
    ),
    "sms-invitation": (
        "No draft was drawn: it is one SMS, in which the title gives way to the sender and the "
        "link."
    ),
}
