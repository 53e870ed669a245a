"""The demo mail box keeps messages as files: newest first, a limited number, for their owner only."""

import asyncio
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import Envelope

from inkseal.project.mailbox import Mail, MailFolder, received


def message(subject: str, text: str = "Your code is 123456.", *, kind: str = "plain") -> bytes:
    head = f"Subject: {subject}\r\nTo: Alice <alice@example.org>\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
    return f"{head}\r\n{text}\r\n".encode()


def test_what_was_sent_is_received(tmp_path: Path) -> None:
    MailFolder(tmp_path).keep(message("Your code"), ["alice@example.org"])
    (mail,) = received(10, tmp_path)
    assert mail == Mail(mail.at, "alice@example.org", "Your code", "Your code is 123456.\n")


def test_the_newest_message_comes_first_and_no_more_than_asked_for(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path)
    for number in range(5):
        folder.keep(message(f"Message {number}"), ["alice@example.org"])
    assert [mail.subject for mail in received(3, tmp_path)] == ["Message 4", "Message 3", "Message 2"]


def test_the_time_of_receipt_is_utc_and_now(tmp_path: Path) -> None:
    before = datetime.now(UTC) - timedelta(microseconds=1)
    MailFolder(tmp_path).keep(message("Your code"), ["alice@example.org"])
    (mail,) = received(1, tmp_path)
    assert before <= mail.at <= datetime.now(UTC)


def test_only_the_newest_messages_are_kept(tmp_path: Path) -> None:
    folder = MailFolder(tmp_path, kept=3)
    for number in range(7):
        folder.keep(message(f"Message {number}"), ["alice@example.org"])
    assert [mail.subject for mail in received(10, tmp_path)] == ["Message 6", "Message 5", "Message 4"]
    assert len(list(tmp_path.iterdir())) == 3


def test_only_the_owner_reads_the_folder_and_the_messages(tmp_path: Path) -> None:
    MailFolder(tmp_path / "mailbox").keep(message("Your code"), ["alice@example.org"])
    (path,) = (tmp_path / "mailbox").iterdir()
    assert stat.S_IMODE((tmp_path / "mailbox").stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_empty_or_missing_mail_box_has_no_messages(tmp_path: Path) -> None:
    assert received(10, tmp_path) == []
    assert received(10, tmp_path / "nothing") == []


def test_all_recipients_of_the_envelope_are_shown_hidden_ones_too(tmp_path: Path) -> None:
    MailFolder(tmp_path).keep(message("Your code"), ["alice@example.org", "bob@example.org"])
    assert received(1, tmp_path)[0].to == "alice@example.org, bob@example.org"


def test_a_subject_and_a_text_in_chinese_are_read(tmp_path: Path) -> None:
    encoded = "=?utf-8?b?5oKo55qE6aqM6K+B56CB?="
    MailFolder(tmp_path).keep(message(encoded, "验证码：123456"), ["alice@example.org"])
    (mail,) = received(1, tmp_path)
    assert (mail.subject, mail.text) == ("您的验证码", "验证码：123456\n")


def test_a_message_of_html_alone_shows_its_html(tmp_path: Path) -> None:
    MailFolder(tmp_path).keep(message("Hello", "<p>Hello</p>", kind="html"), ["alice@example.org"])
    assert received(1, tmp_path)[0].text == "<p>Hello</p>\n"


def test_a_message_without_subject_and_text_is_shown_empty(tmp_path: Path) -> None:
    MailFolder(tmp_path).keep(b"X-Nothing: 1\r\n\r\n", ["alice@example.org"])
    (mail,) = received(1, tmp_path)
    assert (mail.subject, mail.text.strip()) == ("", "")


@pytest.mark.parametrize(("error", "code"), [(None, "250"), (OSError(28, "No space left on device"), "452")])
def test_a_full_disk_is_answered_as_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError | None, code: str
) -> None:
    folder = MailFolder(tmp_path)

    def keep(content: bytes, recipients: list[str]) -> None:
        if error is not None:
            raise error

    monkeypatch.setattr(folder, "keep", keep)
    answer = asyncio.run(folder.handle_DATA(None, None, Envelope()))
    assert answer.startswith(code)
