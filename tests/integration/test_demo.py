"""`inkseal demo`, run once as a person would: its files, its timeline, and what it leaves in tables and logs."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from inkseal.project.demo.story import BASIC, INFORMATION

INKSEAL = [sys.executable, "-m", "inkseal.project.cli"]

#: Values that are plain in the original's tables too (setup.md: sex, zip code, prefixes, bank and branch names...).
PLAIN = {"nationality", "is_alone", "is_all_copyright", "is_exclusive_sign", "sex", "cardtype", "job", "telpre"}
PLAIN |= {"zipcode", "contacttelpre", "bank", "bank_info", "bank_address", "country", "swiftcode"}
PERSONAL = {name: value for name, value in {**BASIC, **INFORMATION}.items() if name not in PLAIN}


@dataclass(frozen=True)
class Demo:
    """One finished run."""

    out: Path
    keys: Path
    timeline: list[dict[str, Any]]
    errors: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Run the command with everything logged."""
    out = tmp_path_factory.mktemp("demo") / "out"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("INKSEAL_")}
    keys = tmp_path_factory.mktemp("keys")
    run = subprocess.run(
        [*INKSEAL, "demo", "--json", "--out", str(out)],
        env=environ | {"INKSEAL_LOG_LEVEL": "DEBUG", "INKSEAL_KEYS_DIR": str(keys)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    yield Demo(out, keys, json.loads(run.stdout), run.stderr)
    shutil.rmtree(out)


def test_the_demo_leaves_print_photos_signed_and_sealed_file(demo: Demo) -> None:
    for name in ("print.pdf", "signed.pdf", "sealed.pdf"):
        assert (demo.out / name).read_bytes().startswith(b"%PDF-")
    with pikepdf.open(demo.out / "print.pdf") as printed:
        assert len(list((demo.out / "photos").glob("page-*.jpg"))) == len(printed.pages)
    assert json.loads((demo.out / "timeline.json").read_text(encoding="utf-8")) == demo.timeline


def test_the_contract_goes_through_the_values_of_the_specification(demo: Demo) -> None:
    values = [value for value, _ in groupby(row["contract"] for row in demo.timeline) if value is not None]
    assert values == [5, 70, 50, 80, 110, 50, 80, 90, 40]
    last = demo.timeline[-1]
    assert (last["contract"], last["step"], last["review_status"]) == (40, 60, 3)


@pytest.mark.parametrize(
    ("transition", "tables"),
    [
        ("T1", {"responsibleeditor": 1}),
        ("T2", {"novelscontract": 1, "scontractlog": 1, "oversea_signonline_msg": 1}),
        (
            "T6",
            {"signonlinepre": 1, "signonlinepre_exp": 1, "signonlinestep": 1, "novelscontract": 1, "scontractlog": 1},
        ),
        ("T9", {"novelscontract": 1, "scontractlog": 1, "signonlinestep": 1, "signonlinepre": 1}),
        (
            "T11",
            {
                "signonline": 1,
                "signonline_exp": 1,
                "signonline_result": 1,
                "signonline_result_exp": 1,
                "signonlinestep": 1,
                "novelscontract": 1,
                "scontractlog": 1,
            },
        ),
        (
            "T14",
            {
                "signonline": 1,
                "signonline_result": 1,
                "signonlineauditlog": 1,
                "novelscontract": 1,
                "signonlinestep": 1,
                "scontractlog": 1,
                "oversea_signonline_msg": 1,
                "author_signonline_pennamelock": 1,
            },
        ),
        (
            "T13",
            {"signonline": 1, "signonline_result": 1, "signonlineauditlog": 1, "novelscontract": 1, "scontractlog": 1},
        ),
        ("T17", {"signonline_exp": 1, "signonline_result_exp": 1}),
        ("T18", {"book_novels": 1}),
        ("T19", {"signonline": 1, "signonline_result": 1}),
        ("T20", {"novelscontract": 1, "signonlinestep": 1, "scontractlog": 1, "oversea_signonline_msg": 1}),
    ],
)
def test_a_transition_writes_the_rows_of_the_specification(demo: Demo, transition: str, tables: dict[str, int]) -> None:
    wrote = next(row["wrote"] for row in demo.timeline if row["transition"] == transition)
    assert {name: wrote.get(name, 0) for name in tables} == tables


def test_the_final_copy_is_untouched_before_the_submission(demo: Demo) -> None:
    before = demo.timeline[: [row["transition"] for row in demo.timeline].index("T11")]
    assert before
    for row in before:
        assert not {"signonline", "signonline_exp", "signonline_result"} & row["wrote"].keys()


def test_the_stranger_s_tool_calls_the_seal_valid(demo: Demo) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig (poppler-utils) is not installed")
    run = subprocess.run(["pdfsig", demo.out / "sealed.pdf"], capture_output=True, text=True, check=False)
    assert "Signature Validation: Signature is Valid." in run.stdout
    assert "Total document signed" in run.stdout


def _verify(pdf: Path, demo: Demo) -> int:
    """Verify as the demo's output says: with the roots of the installation, not given by hand."""
    environ = os.environ | {"INKSEAL_KEYS_DIR": str(demo.keys)}
    run = subprocess.run([*INKSEAL, "verify", pdf, "--json"], env=environ, capture_output=True, check=False)
    return run.returncode


def test_verify_accepts_the_sealed_file_and_finds_one_changed_byte(demo: Demo, tmp_path: Path) -> None:
    sealed = (demo.out / "sealed.pdf").read_bytes()
    assert _verify(demo.out / "sealed.pdf", demo) == 0
    changed = bytearray(sealed)
    changed[len(changed) // 2] ^= 1
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(changed)
    assert _verify(forged, demo) == 1


def _pictures_and_attachments(path: Path) -> tuple[list[bytes], dict[str, bytes]]:
    with pikepdf.open(path) as pdf:
        pictures = [image.read_raw_bytes() for page in pdf.pages for image in page.get_images().values()]
        return pictures, {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}


def test_the_sealed_file_shows_exactly_what_was_approved(demo: Demo) -> None:
    sealed, signed = demo.out / "sealed.pdf", demo.out / "signed.pdf"
    assert sealed.read_bytes().startswith(signed.read_bytes())
    pictures, attachments = _pictures_and_attachments(sealed)
    assert (pictures, attachments) == _pictures_and_attachments(signed)
    assert list(attachments.values()) == [(demo.out / "print.pdf").read_bytes()]


def test_no_personal_value_stands_in_a_table(demo: Demo) -> None:
    connection = sqlite3.connect(demo.out / "data" / "inkseal.db")
    dump = "\n".join(connection.iterdump())
    connection.close()
    assert "signonlinepre" in dump
    assert [name for name, value in PERSONAL.items() if value in dump] == []


def test_no_personal_value_stands_in_a_stored_file(demo: Demo) -> None:
    files = [path for path in (demo.out / "data" / "files").rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        content = path.read_bytes()
        assert not content.startswith((b"%PDF", b"\xff\xd8\xff"))
        assert [name for name, value in PERSONAL.items() if value.encode() in content] == []


def test_no_personal_value_stands_in_the_logs(demo: Demo) -> None:
    assert demo.errors
    assert [name for name, value in PERSONAL.items() if value in demo.errors] == []


def test_a_folder_with_somebody_s_files_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text("chapter one", encoding="utf-8")
    run = subprocess.run(
        [*INKSEAL, "demo", "--out", str(tmp_path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 1
    assert "not empty" in run.stderr
    assert (tmp_path / "novel.txt").read_text(encoding="utf-8") == "chapter one"
