"""A real contract, printed, signed and photographed, taken in by several at once: every page comes back."""

import gc
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from inkseal.documents.assemble import assemble_signed_file
from inkseal.documents.demo_photos import photograph, photograph_pages
from inkseal.documents.intake import Picture, read_picture
from inkseal.documents.render import page_count, page_image
from inkseal.documents.scan import ExpectedPages, Reading, sort_pages
from inkseal.documents.typeset import Typeset, load_template, typeset
from tests.unit.documents.sheets import jpeg, payload, sheet
from tests.unit.documents.typeset_kit import CODES, FONT_DIRS, STANDARD, sample


@cache
def printed(who: str = "adult") -> Typeset:
    return typeset(load_template(STANDARD, FONT_DIRS), sample(who), codes=CODES)


def expected(result: Typeset) -> ExpectedPages:
    version = load_template(STANDARD, FONT_DIRS).version
    return ExpectedPages(CODES.serial, CODES.revision, result.page_count, version, CODES.content_hash, CODES.key)


def resident_kilobytes() -> int:
    gc.collect()
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def test_four_threads_get_the_same_as_one() -> None:
    pages = [jpeg(sheet(payload(page))) for page in (1, 2, 3)]
    alone = [read_picture(page) for page in pages]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(read_picture, pages * 4))
    assert together == alone * 4


def test_taking_pictures_in_costs_the_service_no_memory() -> None:
    """A large decoded picture would be 36 MB: it never is in this process."""
    large = jpeg(sheet(payload(1)).resize((3_000, 4_000)))
    for _ in range(2):
        read_picture(large)
    before = resident_kilobytes()
    for _ in range(6):
        read_picture(large)
    assert resident_kilobytes() - before < 12_000


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_the_pages_of_a_real_print_are_read_from_any_photograph(seed: int) -> None:
    """One page of the contract per seed, the signed one each fourth time: 40 photographs."""
    result = printed("minor" if seed % 2 else "adult")
    page = result.page_count if seed % 4 == 0 else seed % result.page_count + 1
    photo = photograph(page_image(result.pdf, page, dpi=200), seed=seed)
    sorted_pages = sort_pages([Reading(1, read_picture(photo).codes)], expected(result))
    assert dict(sorted_pages.pages) == {page: 1}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["adult", "minor"])
def test_a_whole_contract_goes_from_print_to_signed_file(who: str) -> None:
    result = printed(who)
    photos = photograph_pages(
        result.pdf,
        result.places,
        signer_name="Alice Tan",
        guardian_name="Bob Tan" if who == "minor" else "",
        signed_on=date(2026, 11, 21),
        seed=11,
    )
    order = list(range(len(photos)))
    random.Random(4).shuffle(order)  # noqa: S311 - the order of a hasty sender
    with ThreadPoolExecutor(2) as threads:
        pictures: list[Picture] = list(threads.map(read_picture, [photos[number] for number in order]))
    readings = [Reading(number, picture.codes) for number, picture in enumerate(pictures)]
    pages = sort_pages(readings, expected(result))
    assert pages.complete
    assert [order[file_id] for file_id in pages.pages.values()] == list(range(len(photos)))
    contents = [pictures[file_id].content for file_id in pages.pages.values()]
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    signed = assemble_signed_file(contents, result.pdf, title="Contract", language="en", created=moment)
    assert page_count(signed) == result.page_count
    assert 0 < len(signed) - sum(map(len, contents)) < len(result.pdf) + 40_000


@pytest.mark.slow
def test_an_old_print_s_photographs_do_not_pass_for_the_new() -> None:
    """Sent back, changed, printed anew: the pages signed before are all foreign."""
    result = printed()
    asked = expected(result)
    newer = ExpectedPages(asked.serial, "B", asked.page_count, asked.template_version, "ef" * 32, asked.key)
    codes = [
        read_picture(photograph(page_image(result.pdf, page, dpi=200), seed=page)).codes
        for page in range(1, result.page_count + 1)
    ]
    sorted_pages = sort_pages([Reading(number, found) for number, found in enumerate(codes)], newer)
    assert not sorted_pages.pages
    assert {page.reason.value for page in sorted_pages.foreign} == {"old_print"}
    assert len(sorted_pages.foreign) == result.page_count
