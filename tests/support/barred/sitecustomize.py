"""Python imports this at the start of every subprocess that a test runs: no network there either."""

import socket


def _barred(self: socket.socket, address: object) -> None:
    if self.family != getattr(socket, "AF_UNIX", None):
        raise OSError(f"a test tried to connect to {address!r}")
    _connect(self, address)  # type: ignore[arg-type] # whatever socket.connect takes is handed on


_connect = socket.socket.connect
socket.socket.connect = _barred  # type: ignore[assignment, method-assign] # barring it is the point
