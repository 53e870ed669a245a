"""No English sentence of the desk or the public pages is left on a Chinese page."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse

import inkseal
from tests.integration.contracts.journey import Journey
from tests.integration.desk.conftest import ClientOf
from tests.integration.desk.pages import IDLE, IN_AUDIT, PROPOSED, Page, filled, text

CHINESE = {"accept-language": "zh-CN,zh;q=0.9"}
PAGES = {
    "queue": ("dora", reverse("desk:queue")),
    "empty section": ("dora", reverse("desk:queue") + "?section=resting"),
    "search": ("dora", reverse("desk:queue") + "?find=zzz"),
    "contract": ("dora", reverse("desk:contract", args=[IN_AUDIT])),
    "audit": ("dora", reverse("desk:audit", args=[IN_AUDIT])),
    "refused": ("bob", reverse("desk:audit", args=[IN_AUDIT])),
    "propose": ("charlie", reverse("desk:propose", args=[IDLE])),
    "submit": ("bob", reverse("desk:submit", args=[PROPOSED])),
}


@cache
def english(package: str) -> tuple[str, ...]:
    """Return the messages of two words and more that the package says in English."""
    path = Path(inkseal.__file__).parent / package / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalog = read_po(file)
    known = [message.id if isinstance(message.id, str) else message.id[0] for message in catalog if message.id]
    return tuple(message for message in known if " " in message and not re.search(r"[%{<]", message))


def left_over(response: Page, package: str) -> list[str]:
    words = text(response)
    return [message for message in english(package) if re.search(rf"(?<!\w){re.escape(message)}(?!\w)", words)]


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_of_the_desk_is_chinese_throughout(name: str, case: Journey, client_of: ClientOf) -> None:
    user, address = PAGES[name]
    response = client_of(user).get(address, headers=CHINESE)
    assert re.search(r"[\u4e00-\u9fff]{4}", text(response))
    assert left_over(response, "desk") == []


def test_a_conflict_is_told_in_chinese(case: Journey, dora: Client) -> None:
    address = reverse("desk:audit", args=[IN_AUDIT])
    late = filled(dora, address, decision="info", reason="请写全名。")
    case.send_back()
    response = dora.post(address, late, headers=CHINESE)
    assert response.status_code == 409
    assert "请写全名。" in text(response)
    assert left_over(response, "desk") == []


def test_faults_of_a_form_are_told_in_chinese(charlie: Client) -> None:
    address = reverse("desk:propose", args=[IDLE])
    response = charlie.post(address, filled(charlie, address, agreement="1", share_ratio="101"), headers=CHINESE)
    assert response.status_code == 422
    assert "请填写 1 到 100 之间的数字。" in text(response)


@pytest.mark.parametrize("address", ["/", "/verify", "/desk/sign-in"])
def test_a_public_page_is_chinese_throughout(address: str, db: None) -> None:
    response = Client().get(address, headers=CHINESE)
    assert left_over(response, "public") == []
    assert left_over(response, "desk") == []


def test_the_verdict_on_junk_is_chinese(db: None, tmp_path: Path) -> None:
    junk = tmp_path / "junk.pdf"
    junk.write_bytes(b"hello")
    with junk.open("rb") as file:
        response = Client().post("/verify", {"file": file}, headers=CHINESE)
    assert left_over(response, "public") == []
    assert left_over(response, "desk") == []
