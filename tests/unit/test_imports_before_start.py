"""Other packages may import these before Django has loaded its applications."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("package", ["ids", "vault", "evidence", "outbox"])
def test_a_package_can_be_imported_before_the_applications_are_loaded(package: str) -> None:
    program = f"from inkseal.{package} import *; from django.apps import apps; assert not apps.ready"
    environment = {"DJANGO_SETTINGS_MODULE": "inkseal.project.settings"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
