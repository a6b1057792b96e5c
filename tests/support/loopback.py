"""A hole in the wall that conftest builds around every test, just wide enough for servers of our own."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from tests.conftest import NetworkBarredError

_connect = socket.socket.connect


@pytest.fixture
def loopback(_no_network: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to 127.0.0.1, and to nothing else."""

    def narrow(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] != "127.0.0.1":
            raise NetworkBarredError(f"connection to {address!r}")
        return _connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", narrow)
