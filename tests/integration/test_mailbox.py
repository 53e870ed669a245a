"""The demo mail box over real SMTP, on this machine only."""

import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from pytest_django import Settings

from inkseal.project import mailbox
from inkseal.project.mailbox import received


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def box(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A running mail box that Django's messages go to."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    controller = mailbox.start(tmp_path / "mailbox", settings.EMAIL_PORT)
    yield tmp_path / "mailbox"
    controller.stop()


def test_a_message_that_the_product_sends_is_received(box: Path) -> None:
    send_mail("Your code", "Your code is 123456.", "contracts@inkseal.example", ["alice@example.org"])
    (mail,) = received(10, box)
    assert (mail.to, mail.subject, mail.text) == ("alice@example.org", "Your code", "Your code is 123456.\n")


def test_a_message_with_an_html_part_shows_its_plain_part(box: Path) -> None:
    message = EmailMultiAlternatives("代码", "验证码：123456", "contracts@inkseal.example", ["bea@example.org"])
    message.attach_alternative("<b>123456</b>", "text/html")
    message.send()
    (mail,) = received(10, box)
    assert (mail.subject, mail.text.strip()) == ("代码", "验证码：123456")


def test_messages_come_newest_first(box: Path) -> None:
    for number in range(3):
        send_mail(f"Message {number}", "text", "contracts@inkseal.example", ["alice@example.org"])
    assert [mail.subject for mail in received(2, box)] == ["Message 2", "Message 1"]


def test_lines_that_begin_with_a_dot_arrive_whole(box: Path) -> None:
    send_mail("Dots", "one\n.two\n..three\n", "contracts@inkseal.example", ["alice@example.org"])
    assert received(1, box)[0].text == "one\n.two\n..three\n"


def test_a_message_that_is_too_large_is_refused_and_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "LARGEST_MESSAGE_BYTES", 1000)
    port = free_port()
    controller = mailbox.start(tmp_path, port)
    try:
        with (
            smtplib.SMTP("127.0.0.1", port) as server,
            pytest.raises((smtplib.SMTPDataError, smtplib.SMTPSenderRefused)) as caught,
        ):
            server.sendmail("a@example.org", ["b@example.org"], "Subject: x\r\n\r\n" + "y" * 2000)
    finally:
        controller.stop()
    assert caught.value.smtp_code == 552
    assert received(1, tmp_path) == []


def test_the_folder_of_the_settings_is_read_unless_another_is_given(tmp_path: Path, settings: Settings) -> None:
    settings.VAR_DIR = tmp_path
    mailbox.MailFolder(mailbox.mail_folder()).keep(b"Subject: Hello\r\n\r\n", ["alice@example.org"])
    assert [mail.subject for mail in received(1)] == ["Hello"]


def test_the_mail_box_listens_on_this_machine_only() -> None:
    assert mailbox.HOST == "127.0.0.1"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_receives_until_it_is_asked_to_end(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    command = [sys.executable, "-m", "inkseal.project.mailbox", str(tmp_path), str(port)]
    with subprocess.Popen(command) as process:
        while True:
            try:
                with smtplib.SMTP("127.0.0.1", port) as server:
                    server.sendmail("a@example.org", ["alice@example.org"], b"Subject: Hello\r\n\r\n")
                break
            except ConnectionRefusedError:
                assert process.poll() is None
        process.send_signal(number)
        assert process.wait(10) == 0
    assert [mail.subject for mail in received(1, tmp_path)] == ["Hello"]
