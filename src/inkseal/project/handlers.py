"""Which effect of the outbox is run by what. Importing this module registers all of them."""

import hashlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from inkseal import outbox
from inkseal.contracts.seal import seal_contract
from inkseal.contracts.templates import signing_company
from inkseal.documents.seal import Pkcs12SealKey, SealedFile, TimeStamping, seal
from inkseal.notices.send import send_notice, send_push
from inkseal.portal.send_code import send_code
from inkseal.project import erasure
from inkseal.project.events import publish_author, publish_book

outbox.handler("notice.send")(send_notice)
outbox.handler("notice.push")(send_push)
outbox.handler("portal.code")(send_code)
outbox.handler("event.book")(publish_book)
outbox.handler("event.author")(publish_author)
outbox.handler(erasure.EFFECT)(erasure.delete_files)


@outbox.handler("contract.seal")
def seal_approved(effect: outbox.Effect, now: datetime) -> None:
    """Seal an approved contract with the company's key."""
    key = seal_key()
    company = signing_company().name

    def sealer(pdf: bytes, number: str) -> SealedFile:
        return seal(
            pdf, key, now=now, time_stamper=_time_stamping(), company=company, contract_number=number, font=_seal_font()
        )

    fingerprint = hashlib.sha256(key.certificate).hexdigest()
    seal_contract(int(str(effect.payload["cbid"])), sealer=sealer, key_fingerprint=fingerprint, now=now)


@lru_cache(maxsize=1)
def seal_key() -> Pkcs12SealKey:
    """Return the company's key, loaded once: parsing an RSA key again for each seal costs ten times the seal."""
    return Pkcs12SealKey.load(settings.SEAL_KEY_FILE, settings.SEAL_KEY_PASSPHRASE)


def _time_stamping() -> TimeStamping | None:
    if not settings.TIME_STAMP_URL:
        return None
    return TimeStamping(settings.TIME_STAMP_URL, settings.TRUST_ROOTS.read_bytes())


@lru_cache(maxsize=1)
def _seal_font() -> Path | None:
    """Return a font with Latin and Chinese glyphs for the company's name."""
    found = (path for folder in settings.FONT_DIRS for path in sorted(folder.glob("noto-serif-sc/*/*Regular.ttf")))
    return next(found, None)
