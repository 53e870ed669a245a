"""The queue: sections, counts, search, the preview beside it, and what is opened by whom."""

import pytest
from django.test import Client
from django.urls import reverse

from inkseal.contracts.models import SigningDraft
from tests.integration.contracts.journey import Journey
from tests.integration.desk.pages import HOSTILE, IDLE, IN_AUDIT, PROPOSED, TOLD, text

QUEUE = "/desk/"


def rows(client: Client, **query: str) -> list[int]:
    page = client.get(QUEUE, query).content.decode()
    return [int(part.split('"')[0]) for part in page.split('<tr data-book="')[1:]]


def test_what_waits_for_me_comes_first(charlie: Client, bob: Client, dora: Client) -> None:
    assert rows(charlie) == [IDLE]
    assert rows(bob) == [PROPOSED]
    assert rows(dora) == [IN_AUDIT]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("to_propose", [IDLE]),
        ("to_submit", [PROPOSED]),
        ("author_fills", [TOLD]),
        ("to_audit", [IN_AUDIT]),
        ("complete", []),
    ],
)
def test_each_section_shows_its_own(bob: Client, section: str, expected: list[int]) -> None:
    assert rows(bob, section=section) == expected


def test_an_unknown_section_is_my_own_work(dora: Client) -> None:
    assert rows(dora, section="../etc/passwd") == [IN_AUDIT]


def test_sections_carry_their_counts(dora: Client) -> None:
    page = dora.get(QUEUE).content.decode()
    assert 'data-count="to_audit">1<' in page
    assert 'data-count="author_fills">1<' in page
    assert 'data-count="complete">0<' in page


@pytest.mark.parametrize("find", ["lantern", "LANTERN FERRY", "Tan Lanyue", "tan lan"])
def test_a_contract_is_found_by_title_and_pen_name(dora: Client, find: str) -> None:
    assert rows(dora, section="to_audit", find=find) == [IN_AUDIT]


def test_a_contract_is_found_by_its_number(dora: Client) -> None:
    number = SigningDraft.objects.get(book_id=IN_AUDIT).contract_no
    assert rows(dora, section="to_audit", find=str(number)) == [IN_AUDIT]


def test_a_search_without_result_says_what_to_try(dora: Client) -> None:
    response = dora.get(QUEUE, {"section": "to_audit", "find": "The Quiet Engine"})
    assert "Try the pen name." in text(response)


def test_per_cent_signs_and_quotes_are_searched_as_they_are(dora: Client) -> None:
    assert rows(dora, section="to_audit", find="%") == []
    assert rows(dora, section="to_audit", find="' OR 1=1 --") == []


def test_an_empty_section_says_so_in_one_sentence(dora: Client) -> None:
    assert "Nothing stands here now." in text(dora.get(QUEUE, {"section": "complete"}))


def test_who_has_no_duty_has_nothing_waiting(idler: Client) -> None:
    assert "Nothing waits for you." in text(idler.get(QUEUE))


def test_the_first_row_is_shown_beside_the_list(dora: Client) -> None:
    response = dora.get(QUEUE)
    assert 'aria-selected="true"' in response.content.decode()
    assert "All pages, none twice" in text(response)


def test_a_link_chooses_the_row_without_any_script(bob: Client) -> None:
    page = bob.get(QUEUE, {"section": "author_fills", "row": str(TOLD)}).content.decode()
    assert f'data-book="{TOLD}" data-peek="/desk/contracts/{TOLD}/peek" aria-selected="true"' in page


def test_a_row_opens_the_step_only_for_whom_it_is(bob: Client, dora: Client) -> None:
    audit, facts = (reverse(f"desk:{name}", args=[IN_AUDIT]) for name in ("audit", "contract"))
    assert f'class="title" href="{audit}"' in dora.get(QUEUE, {"section": "to_audit"}).content.decode()
    assert f'class="title" href="{facts}"' in bob.get(QUEUE, {"section": "to_audit"}).content.decode()


def test_the_preview_is_a_part_without_the_page_around_it(dora: Client) -> None:
    response = dora.get(reverse("desk:peek", args=[IN_AUDIT]))
    assert "<html" not in response.content.decode()
    assert "Open the audit" in text(response)


def test_the_checks_are_read_for_auditors_only(bob: Client) -> None:
    assert "none twice" not in text(bob.get(reverse("desk:peek", args=[IN_AUDIT])))


def test_a_hostile_title_is_text_everywhere(charlie: Client) -> None:
    for address in (QUEUE, *(reverse(f"desk:{name}", args=[IDLE]) for name in ("peek", "contract", "propose"))):
        response = charlie.get(address)
        page = response.content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert HOSTILE in text(response)


def test_a_hostile_search_is_text(dora: Client) -> None:
    page = dora.get(QUEUE, {"find": '"><script>alert(3)</script>'}).content.decode()
    assert "<script>alert(3)" not in page


def test_the_queue_says_when_it_was_read(dora: Client) -> None:
    assert "Up to date" in text(dora.get(QUEUE))


def test_nobody_writes_to_the_queue(dora: Client) -> None:
    assert dora.post(QUEUE).status_code == 405


def test_the_contract_page_tells_what_happened_and_hides_digits(case: Journey, bob: Client) -> None:
    page = text(bob.get(reverse("desk:contract", args=[IN_AUDIT])))
    assert "Signed pages handed in" in page
    assert "Submitted by the chief editor" in page
    assert "E••••567K" in page
    assert "E1204567K" not in page
    assert case.information["bank_account"] not in page
    assert "alice@example.org" not in page


def test_files_are_offered_to_signing_editors_only(case: Journey, bob: Client, dora: Client) -> None:
    case_page = reverse("desk:contract", args=[IN_AUDIT])
    link = reverse("desk:file", args=[IN_AUDIT, "signed"])
    assert link not in bob.get(case_page).content.decode()
    assert link in dora.get(reverse("desk:audit", args=[IN_AUDIT])).content.decode()
