"""R41: a remark goes to the log as typed, or is refused; it is never cut in silence."""

import pytest

from inkseal.contracts.errors import FieldFaultsError
from inkseal.contracts.remarks import REMARK_LIMIT, checked_remark


def test_a_remark_keeps_its_words_and_loses_outer_white_space() -> None:
    assert checked_remark("  said  yes \n") == "said  yes"


@pytest.mark.parametrize("typed", ["", "   ", "\n\t"])
def test_a_required_remark_cannot_be_blank(typed: str) -> None:
    with pytest.raises(FieldFaultsError) as caught:
        checked_remark(typed)
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("note", "required")]
    assert not checked_remark(typed, required=False)


@pytest.mark.parametrize("required", [True, False])
def test_r41_a_remark_fits_the_column_or_is_refused(*, required: bool) -> None:
    assert len(checked_remark("x" * REMARK_LIMIT, required=required)) == 512
    with pytest.raises(FieldFaultsError) as caught:
        checked_remark("x" * (REMARK_LIMIT + 1), required=required)
    assert [(fault.field, fault.code, fault.hint) for fault in caught.value.faults] == [("note", "too_long", "512")]
