"""A server on this machine that only counts who comes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def server() -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what visitors said first."""
    came: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                visitor, _ = listener.accept()
            except OSError:
                return
            came.append(visitor.recv(200))
            visitor.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
            visitor.close()

    threading.Thread(target=answer, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", came
    listener.close()
