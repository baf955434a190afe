"""From a bundle to an archival PDF, in a process of its own."""

from django.utils.translation import gettext as _

from wagtail_contracts.sealing.errors import RenderingLimit, RenderingRefused
from wagtail_contracts.sealing.rendering import typefaces, worker
from wagtail_contracts.sealing.rendering.bundle import Bundle, to_json

JOB = "wagtail_contracts.sealing.rendering.archive:job"
LIMITS = worker.Limits()


def render(bundle: Bundle) -> bytes:
    """The PDF/A-3a and PDF/UA-1 file of a bundle. Raises RenderingRefused, RenderingLimit.

    The same bundle gives the same bytes. Nothing outside the bundle is read, no font beside the
    bundled and configured ones is used. No database; call it outside a transaction.
    """
    try:
        return worker.shared(JOB, LIMITS, typefaces.places())(to_json(bundle))
    except worker.LimitReached as error:
        raise RenderingLimit(
            _("The document takes too long or too much memory to print.")
        ) from error
    except worker.JobRefused as error:
        if error.characters:
            text = _("These characters can't be printed, no font has them: %(characters)s.")
            words = {"characters": " ".join(error.characters)}
        else:
            text = _("The document can't be printed: %(reason)s.")
            words = {"reason": str(error) or error.kind}
        raise RenderingRefused(text % words, error.characters) from error
