"""What a file inside a sealed PDF may be called."""

import re

# It becomes a name on disk when somebody takes it out: no path, no dot in front, no control.
ATTACHMENT = re.compile(r"\w[\w .()-]{0,119}")
EVIDENCE = "evidence.json"
