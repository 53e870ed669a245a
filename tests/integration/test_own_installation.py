"""The tests run on the database that was asked for, in a folder of their own."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from inkseal.project.environment import ROOT


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for(request: pytest.FixtureRequest) -> None:
    asked = request.config.getoption("--database")
    assert connection.vendor == {"sqlite": "sqlite", "mariadb": "mysql"}[asked]
    assert "test_inkseal" in connection.settings_dict["NAME"] or "inkseal-test-" in connection.settings_dict["NAME"]


def test_nothing_is_kept_in_the_real_folder() -> None:
    for folder in (settings.VAR_DIR, settings.KEYS_DIR, Path(default_storage.path("x")), settings.STATIC_ROOT):
        assert Path(os.environ["INKSEAL_TEST_FOLDER"]) in folder.parents
        assert ROOT not in folder.parents
    assert isinstance(default_storage, FileSystemStorage)


def test_a_child_process_gets_the_database_of_the_test(child_environment: Mapping[str, str]) -> None:
    assert connection.settings_dict["NAME"] in child_environment["INKSEAL_DATABASE_URL"]
