"""Tests here are coroutines that drive the chat; what they need is in tests.tui.driving."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path

import pytest

from tests.tui.driving import Library, write_pages


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Runs a coroutine test in a loop of its own; no plugin is needed for that."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture
def library(tmp_path: Path, home: Path) -> Library:
    """A corpus of three pages in memory, and a place for its state."""
    folder = tmp_path / "pages"
    write_pages(folder)
    return Library(folder, home / "state")
