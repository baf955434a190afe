"""The child of production with name answers of our own.

{"name": [[first answer], [second answer]], "": seconds to wait}
"""

import json
import socket
import sys
import time
from typing import Any

from wagtail_contracts.wire import child

answers = json.loads(sys.argv[1])
real = socket.getaddrinfo


def getaddrinfo(host: Any, port: Any, *args: Any, **options: Any) -> Any:
    """Each answer once, in order."""
    if host not in answers:
        return real(host, port, *args, **options)
    time.sleep(answers.get("", 0))
    found = answers[host].pop(0)
    return [entry for address in found for entry in real(address, port, type=socket.SOCK_STREAM)]


socket.getaddrinfo = getaddrinfo
child.main()
