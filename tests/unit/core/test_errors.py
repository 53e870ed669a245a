"""Every error of ours answers one question: may the same call be tried again? (house style)."""

import importlib
import inspect
import pkgutil

import pytest

import inkseal
from inkseal.core.errors import InksealError, PermanentError, RetryableError

#: Asking for their code would run them.
RUN_WHEN_IMPORTED = {"inkseal.project.wsgi", "inkseal.project.cli.__main__"}


def modules() -> list[str]:
    found = pkgutil.walk_packages(inkseal.__path__, "inkseal.")
    return [each.name for each in found if each.name not in RUN_WHEN_IMPORTED and ".migrations" not in each.name]


def errors() -> list[type[Exception]]:
    """Return every exception class that the product defines."""
    classes: set[type[Exception]] = set()
    for name in modules():
        for _, found in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if issubclass(found, Exception) and found.__module__.startswith("inkseal."):
                classes.add(found)
    return sorted(classes, key=lambda each: f"{each.__module__}.{each.__qualname__}")


#: Caught where the answer of a sandboxed child is read, and never seen outside of it.
PRIVATE = {"inkseal.documents.sandbox.frames.FrameError"}
ROOTS = {InksealError, PermanentError, RetryableError}
ALL = [each for each in errors() if each not in ROOTS and f"{each.__module__}.{each.__name__}" not in PRIVATE]


def test_there_are_errors_to_look_at() -> None:
    assert len(ALL) > 25


@pytest.mark.parametrize("error", ALL, ids=lambda error: error.__name__)
def test_an_error_is_either_retryable_or_permanent(error: type[Exception]) -> None:
    assert issubclass(error, RetryableError) != issubclass(error, PermanentError)


@pytest.mark.parametrize("error", ALL, ids=lambda error: error.__name__)
def test_an_error_is_named_as_one_and_says_what_it_means(error: type[Exception]) -> None:
    assert error.__name__.endswith("Error")
    assert (error.__doc__ or "").strip().endswith(".")
