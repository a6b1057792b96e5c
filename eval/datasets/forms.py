"""The public forms by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from . import beir, clapnq, ramdocs
from .converted import Dataset

FORMS: Mapping[str, Callable[[Path, int | None], Dataset]] = {
    "beir": beir.read,
    "clapnq": clapnq.read,
    "ramdocs": ramdocs.read,
}
