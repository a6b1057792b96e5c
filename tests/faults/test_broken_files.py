"""Files that cannot be read are skipped with a reason; the sound ones are answered from all the same."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.faults import hostile
from tests.faults.program import Ended, Program, skipped

UNREADABLE = {
    "truncated.pdf",
    "text-named.pdf",
    "blank-page.pdf",
    "encrypted.pdf",
    "truncated.docx",
    "bomb.docx",
    "laughs.docx",
    "no-parts.docx",
    "not-xml.docx",
    "noise.txt",
    "zeros.txt",
}
UNSUPPORTED = {"archive.zip", "picture.png"}
EMPTY = {"empty.pdf", "empty.txt", "blank.txt", "empty.html", "empty.md", "empty.docx"}

Indexed = tuple[Program, Ended, dict[str, str]]
Odd = tuple[Program, Ended, list[bytes]]
GIGABYTE = 2**30


def test_the_index_run_reports_broken_files_and_says_so_by_its_exit_code(broken: Indexed) -> None:
    _, ran, _ = broken
    ran.is_fine(4)


@pytest.mark.parametrize("name", sorted(UNREADABLE | UNSUPPORTED | EMPTY))
def test_each_unreadable_file_is_named_with_a_reason(broken: Indexed, name: str) -> None:
    _, ran, reasons = broken
    assert reasons.get(name), reasons
    assert "\n" not in reasons[name]
    assert name in ran.out + ran.err


def test_a_sound_document_among_broken_ones_is_answered_from(broken: Indexed) -> None:
    program, _, _ = broken
    ran = program.run("ask", "--json", "How much cargo did the harbour of Klaipeda handle?")
    ran.is_fine()
    assert [c["document"] for c in json.loads(ran.out)["citations"]] == ["sound.txt"]


def test_an_external_entity_is_not_followed(broken: Indexed) -> None:
    program, _, _ = broken
    ran = program.run("search", "--json", "root shell of the secret")
    ran.is_fine(0, 3)
    assert "/bin/" not in ran.out


def test_broken_files_are_not_tried_and_failed_silently_the_second_time(broken: Indexed) -> None:
    program, _, _ = broken
    program.run("index").is_fine(4)


def test_a_zip_bomb_is_not_unpacked_into_memory(fresh: Program) -> None:
    resource = pytest.importorskip("resource", reason="the memory of a process is limited on Unix")
    if sys.platform == "darwin":
        pytest.skip("macOS does not enforce a limit on memory")
    (fresh.corpus / "sound.txt").write_text(hostile.FACT, encoding="utf-8")
    needed = fresh.run("index", before=lambda: resource.setrlimit(resource.RLIMIT_DATA, (GIGABYTE, GIGABYTE)))
    needed.is_fine()
    (fresh.corpus / "bomb.docx").write_bytes(hostile.zip_bomb())
    ran = fresh.run("index", before=lambda: resource.setrlimit(resource.RLIMIT_DATA, (GIGABYTE, GIGABYTE)))
    ran.is_fine(4)
    assert "bomb.docx" in ran.out + ran.err


def test_files_of_every_encoding_are_read(odd: Odd) -> None:
    program, _, _ = odd
    shown = program.run_all(*(("show", name) for name in hostile.ENCODED))
    for (name, (_, words)), ran in zip(hostile.ENCODED.items(), shown, strict=True):
        ran.is_fine()
        assert words in ran.out, (name, ran.out)


def test_a_file_with_two_encodings_is_read_or_named(fresh: Program) -> None:
    mixed = "The tower of Šiauliai is 41 metres high.\n".encode() + "The café is “shut”.\n".encode("cp1252")
    (fresh.corpus / "mixed.txt").write_bytes(mixed)
    (fresh.corpus / "sound.txt").write_text(hostile.FACT, encoding="utf-8")
    fresh.run("index").is_fine(0, 4)
    if "mixed.txt" not in skipped(fresh):
        shown = fresh.run("show", "mixed.txt")
        shown.is_fine()
        assert "41 metres high" in shown.out


def test_odd_names_are_read_or_named_and_never_act(odd: Odd) -> None:
    program, indexed, names = odd
    indexed.is_fine(0, 4)
    indexed.is_safe()
    listed, listing, answered = program.run_all(
        ("sources",),
        ("sources", "--json"),
        ("ask", "How many metres from the shore does the lighthouse number 6 stand?"),
    )
    for ran in (listed, listing, answered):
        ran.is_fine()
        ran.is_safe()
    told = json.loads(listing.out)
    assert len(told["documents"]) + len(told["skipped"]) == len(names) + len(hostile.ENCODED)
    assert "706 metres" in answered.out


def test_a_document_with_an_odd_name_is_shown(odd: Odd) -> None:
    program, _, names = odd
    skipped_count = 0
    for number, shown in enumerate(program.run_all(*(("show", "--", name) for name in names))):
        shown.is_safe()
        if shown.code == 2:
            skipped_count += 1
        else:
            shown.is_fine()
            assert f"{700 + number} metres" in shown.out
    assert skipped_count <= 4


def test_links_pipes_and_folders_named_like_files_do_no_harm(fresh: Program) -> None:
    corpus = fresh.corpus
    (corpus / "sound.txt").write_text(hostile.FACT, encoding="utf-8")
    (corpus / "loop").symlink_to(".")
    (corpus / "self.txt").symlink_to("self.txt")
    (corpus / "dangling.txt").symlink_to("nowhere.txt")
    (corpus / "folder.txt").mkdir()
    (corpus / "folder.txt" / "inside.txt").write_text("The crane of the dock lifts 88 tonnes.\n", encoding="utf-8")
    if hasattr(os, "mkfifo"):
        os.mkfifo(corpus / "pipe.txt")
    if Path("/proc/self/mem").exists():
        (corpus / "device.txt").symlink_to("/proc/self/mem")
    deep = corpus.joinpath(*(["d" * 20] * 60))
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text("The anchor of the deepest ship weighs 77 tonnes.\n", encoding="utf-8")
    ran = fresh.run("index")
    ran.is_fine(0, 4)
    listing = json.loads(fresh.run("sources", "--json").out)
    paths = [document["path"] for document in listing["documents"]]
    assert sorted(path.rsplit("/", 1)[-1] for path in paths) == ["deep.txt", "inside.txt", "sound.txt"]


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="root reads every file; the link to a device covers it"
)
def test_a_file_without_permission_is_named(fresh: Program) -> None:
    (fresh.corpus / "sound.txt").write_text(hostile.FACT, encoding="utf-8")
    locked = fresh.corpus / "locked.txt"
    locked.write_text("The strongroom is empty.\n", encoding="utf-8")
    locked.chmod(0)
    fresh.run("index").is_fine(4)
    assert "ermission" in skipped(fresh)["locked.txt"]


def test_nothing_readable_is_one_line(fresh: Program) -> None:
    (fresh.corpus / "picture.png").write_bytes(hostile.PNG)
    fresh.run("ask", "What is in the picture?").says(4)
