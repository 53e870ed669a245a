"""Strangers' browsers, and a file with the seal of a company that a configured root stands above."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from inkseal.documents.demo_pki import DemoPki, init_demo_pki
from inkseal.documents.seal import Pkcs12SealKey, seal
from inkseal.project.clock import database_now
from tests.unit.documents.seal_kit import small_pdf

PASSPHRASE = "an invented passphrase"


@pytest.fixture
def stranger(db: None) -> Client:
    """A browser that nobody is signed in with."""
    return Client()


@pytest.fixture
def pki(db: None, tmp_path: Path, settings: Settings) -> DemoPki:
    """The publisher's keys; their root is the one that is trusted."""
    files = init_demo_pki(tmp_path / "keys", passphrase=PASSPHRASE, now=database_now())
    settings.TRUST_ROOTS = files.roots
    return files


@pytest.fixture
def sealed(pki: DemoPki) -> bytes:
    """A sealed file of one page."""
    key = Pkcs12SealKey.load(pki.seal, PASSPHRASE)
    number = "100000001101100"
    return seal(small_pdf(), key, company="Northlight Press", contract_number=number, now=database_now()).pdf
