"""What is shipped, and that it works away from the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.support.command import BARRED, ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without build isolation, so without a download."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (file,) = folder.glob("*.whl")
    return file


def test_the_wheel_holds_the_package_with_its_model_and_licences_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    info = f"corpus_assistant-{PROJECT['project']['version']}.dist-info"
    assert {name.split("/")[0] for name in names} == {"assistant", info}
    assert {"assistant/py.typed", f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"} <= names
    tracked = subprocess.run(
        ["git", "ls-files", "assistant"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert set(tracked) - names == set()


def test_the_installed_wheel_answers_outside_the_checkout(wheel: Path, tmp_path: Path, seeds: Path) -> None:
    site, away = tmp_path / "site", tmp_path / "away"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            str(site),
            str(wheel),
        ],
        check=True,
    )
    shutil.copytree(seeds, away / "seeds")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join((str(site), str(BARRED)))
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=away,
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    assert run("-c", "import assistant; print(assistant.__file__)").stdout.startswith(str(site))
    assert run("-m", "assistant", "--help").stdout.startswith("Usage: assistant ")
    assert run("-m", "assistant", "--version").stdout == f"assistant {PROJECT['project']['version']}\n"
    indexed = run("-m", "assistant", "index")  # by itself: on a busy machine it reports its progress
    assert (indexed.returncode, indexed.stdout.splitlines()[-1][:24]) == (0, "5 documents, 30 passages")
    answered = run("-m", "assistant", "ask", "What did Sullivan claim?")
    assert (answered.returncode, answered.stderr) == (0, "")
    assert "[1] seeds/" in answered.stdout
    evaluated = run("-m", "assistant", "eval", "--model", "extractive", "--sample", "2", "--report", "eval.html")
    assert (evaluated.returncode, (away / "eval.html").exists()) == (0, True)


def pins(lock: str) -> dict[str, list[tuple[Version, str]]]:
    """Package name to its pinned versions, each with the marker under which it is installed."""
    found: dict[str, list[tuple[Version, str]]] = {}
    for name, version, marker in re.findall(
        r"^([a-z0-9._-]+)==(\S+?)(?: ; (.+?))? \\$", (ROOT / lock).read_text(), re.MULTILINE
    ):
        found.setdefault(name, []).append((Version(version), marker))
    return found


def requirements() -> list[str]:
    groups = PROJECT["dependency-groups"]
    return [*PROJECT["project"]["dependencies"], *groups["build"]]


@pytest.mark.parametrize("text", requirements())
def test_the_lock_fits_every_dependency(text: str) -> None:
    requirement = Requirement(text)
    versions = [version for version, _ in pins("requirements.lock")[canonicalize_name(requirement.name)]]
    assert any(version in requirement.specifier for version in versions), "run `make lock`"


@pytest.mark.parametrize("text", PROJECT["dependency-groups"]["dev"])
def test_the_development_lock_fits_every_development_dependency(text: str) -> None:
    requirement = Requirement(text)
    assert all(
        version in requirement.specifier
        for version, _ in pins("requirements-dev.lock")[canonicalize_name(requirement.name)]
    )


def test_development_uses_the_versions_that_users_get() -> None:
    development = pins("requirements-dev.lock")
    assert {name: development.get(name) for name in pins("requirements.lock")} == pins("requirements.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_pin_by_hash_and_name_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == sum(map(len, pins(lock).values()))
    assert all("--hash=sha256:" in block for block in blocks)
