"""For the project's own code: sent after the commit, allowed to be lost.

What may not be lost is done in the transaction itself, beside `keep`. The house does not listen to
its own signals.
"""

from django.dispatch import Signal

file_kept = Signal()  # with `sealed_file`; a later generation replaces an earlier one
