"""What is refused before the database is asked."""

import pytest
from pytest_django.fixtures import Settings

from inkseal import ids


def test_an_unknown_sequence_is_refused() -> None:
    with pytest.raises(ids.UnknownSequenceError) as caught:
        ids.next_id("invoice")
    assert caught.value.name == "invoice"


@pytest.mark.parametrize("region", [-1, 10])
def test_a_region_of_more_than_one_digit_is_refused(settings: Settings, region: int) -> None:
    settings.REGION = region
    with pytest.raises(ids.RegionError) as caught:
        ids.next_id("row")
    assert caught.value.configured == region
