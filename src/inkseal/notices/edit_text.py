"""Staff put a message into words of their own."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from inkseal import evidence
from inkseal.contracts.access import require_role
from inkseal.contracts.enums import SendReason
from inkseal.core.actor import Actor, Role
from inkseal.core.errors import PermanentError
from inkseal.notices.models import NoticeTemplate
from inkseal.notices.wording import Wording, WordingFaultsError, faults_of
from inkseal.notices.write import present_wording

#: The evidence of all changes of wordings.
CHAIN: Final = "notices"


class UnknownLanguageError(PermanentError):
    """Messages are not written in this language."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


@dataclass(frozen=True, slots=True)
class EditedText:
    """What a message says from now on, and what it said."""

    wording: Wording
    before: Wording


def edit_text(reason: SendReason, language: str, *, subject: str, text: str, actor: Actor, now: datetime) -> EditedText:
    """Let the message of `reason` say `text` under `subject` from now on.

    Signing and chief editors may. Raises RoleRefusedError, UnknownLanguageError, WordingFaultsError.
    """
    require_role(actor, Role.SIGNING_EDITOR, Role.CHIEF_EDITOR)
    if language not in dict(settings.LANGUAGES):
        raise UnknownLanguageError(language)
    wording = Wording(subject.strip(" "), text.replace("\r\n", "\n"))
    if faults := faults_of(wording):
        raise WordingFaultsError(faults)
    with transaction.atomic():
        # The row is locked before its wording is read, so that "before" in the evidence is what was replaced.
        NoticeTemplate.objects.select_for_update().filter(reason=reason, language=language).first()
        before = present_wording(reason, language)
        NoticeTemplate.objects.update_or_create(
            reason=reason,
            language=language,
            defaults={
                "subject": wording.subject,
                "text": wording.text,
                "updated_by": actor.name[:50],
                "updated_at": now,
            },
        )
        facts = {"before": _digest(before), "after": _digest(wording)}
        evidence.append(
            CHAIN, "notice.text_edited", actor, {"reason": int(reason), "language": language, **facts}, now=now
        )
    return EditedText(wording, before)


def _digest(wording: Wording) -> str:
    return hashlib.sha256(f"{wording.subject}\n{wording.text}".encode()).hexdigest()
