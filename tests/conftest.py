"""What holds for every test: no network, and nothing of the user's own home is read or written."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# The same examples in every run, and no time limit an example: the machine may be busy.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("same")

ROOT = Path(__file__).parent.parent


class NetworkBarredError(Exception):
    """A test tried to reach the network."""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def barred(self: socket.socket, address: Any) -> None:
        if self.family == getattr(socket, "AF_UNIX", None):
            return connect(self, address)
        raise NetworkBarredError(f"connection to {address!r}")

    connect = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", barred)
    monkeypatch.setattr(socket.socket, "connect_ex", barred)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home directory, the only one that the test and its subprocesses know."""
    folder = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("ASSISTANT_", "OPENAI_", "XDG_")) or name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
            monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setenv("ASSISTANT_HOME", str(folder / "state"))
    return folder


@pytest.fixture
def seeds() -> Path:
    """The five pages that ship with the repository."""
    return ROOT / "seeds"
