"""For the project's own code: sent after the commit, allowed to be lost.

What may not be lost is done in the transaction itself, beside `record`. The house does not listen
to its own signals.
"""

from django.dispatch import Signal

event_recorded = Signal(use_caching=True)  # with `event`
checkpoint_made = Signal()  # with `checkpoint`
checkpoint_placed = Signal()  # with `checkpoint`, and `anchor`, its key in the settings
