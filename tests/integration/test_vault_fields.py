"""Sealed values open where they were sealed and nowhere else."""

import base64
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from inkseal import vault
from inkseal.vault.models import DataKey
from tests.undo import undone

ALICE, BOB = vault.author_subject(1001), vault.author_subject(1002)
PLACE = ("signonline_exp", "realname_en")


@pytest.mark.django_db
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back(value: str) -> None:
    assert vault.open_sealed(ALICE, *PLACE, vault.seal(ALICE, *PLACE, value)) == value


@pytest.mark.django_db
def test_the_same_value_is_sealed_differently_each_time() -> None:
    assert vault.seal(ALICE, *PLACE, "Alice") != vault.seal(ALICE, *PLACE, "Alice")


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["A" * 60, "陈" * 60, "é" * 60])
def test_sixty_characters_fit_into_the_column(value: str) -> None:
    token = vault.seal(ALICE, *PLACE, value)
    assert len(token) <= 220
    assert token.isascii()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "place",
    [
        (BOB, *PLACE),
        (vault.contract_subject(1001), *PLACE),
        (ALICE, "signonlinepre_exp", "realname_en"),
        (ALICE, "signonline_exp", "cardid_en"),
        (ALICE, "signonline_exprealname", "_en"),
    ],
    ids=["person", "kind of subject", "table", "column", "shifted border"],
)
def test_a_token_moved_to_another_place_is_refused(place: tuple[str, str, str]) -> None:
    vault.seal(BOB, *PLACE, "Bob")
    token = vault.seal(ALICE, *PLACE, "Alice")
    with pytest.raises(vault.SealedValueError):
        vault.open_sealed(*place, token)


@pytest.mark.django_db
def test_tokens_swapped_between_two_people_are_refused() -> None:
    tokens = {person: vault.seal(person, *PLACE, person) for person in (ALICE, BOB)}
    for person, other in ((ALICE, BOB), (BOB, ALICE)):
        with pytest.raises(vault.SealedValueError):
            vault.open_sealed(person, *PLACE, tokens[other])


@pytest.mark.django_db
def test_a_token_with_any_character_changed_is_refused() -> None:
    token = vault.seal(ALICE, *PLACE, "Alice")
    for at, character in enumerate(token):
        changed = f"{token[:at]}{'A' if character != 'A' else 'B'}{token[at + 1 :]}"
        with pytest.raises(vault.SealedValueError):
            vault.open_sealed(ALICE, *PLACE, changed)


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "Alice", "1.2", "1.x.AAAA", "1.1000000001.", "1.99.AAAA", "1.1.é", "1.-1.AAAA"])
def test_what_is_no_token_is_refused(token: str) -> None:
    vault.seal(ALICE, *PLACE, "Alice")
    with pytest.raises(vault.SealedValueError):
        vault.open_sealed(ALICE, *PLACE, token)


@pytest.mark.django_db
def test_every_refusal_looks_the_same() -> None:
    token = vault.seal(ALICE, *PLACE, "Alice")
    facts = set()
    for subject, attempt in ((BOB, token), (ALICE, token[:-2]), (ALICE, "nonsense")):
        with pytest.raises(vault.SealedValueError) as caught:
            vault.open_sealed(subject, *PLACE, attempt)
        facts.add((str(caught.value), caught.value.__cause__))
    assert facts == {("('signonline_exp', 'realname_en')", None)}


@pytest.mark.django_db
def test_a_token_made_with_a_retired_master_key_still_opens(settings: Settings) -> None:
    token = vault.seal(ALICE, *PLACE, "Alice")
    settings.MASTER_KEYS = f"new:{base64.b64encode(b'n' * 32).decode()},{settings.MASTER_KEYS}"
    vault.forget_cached_keys()
    assert vault.open_sealed(ALICE, *PLACE, token) == "Alice"
    vault.seal(BOB, *PLACE, "Bob")
    assert DataKey.objects.get(subject=BOB).master_key_id == "new"


@pytest.mark.django_db
def test_a_data_key_given_to_another_person_opens_nothing() -> None:
    token = vault.seal(ALICE, *PLACE, "Alice")
    DataKey.objects.filter(subject=ALICE).update(subject=BOB)
    vault.forget_cached_keys()
    with connection.cursor(), pytest.raises(vault.SealedValueError):
        vault.open_sealed(BOB, *PLACE, token)


@pytest.mark.django_db(transaction=True)
def test_a_dropped_data_key_makes_everything_unreadable() -> None:
    token = vault.seal(ALICE, *PLACE, "Alice")
    DataKey.objects.filter(subject=ALICE).delete()
    vault.forget_cached_keys()
    with pytest.raises(vault.SealedValueError):
        vault.open_sealed(ALICE, *PLACE, token)


@pytest.mark.django_db(transaction=True)
def test_a_key_of_a_rolled_back_transaction_is_not_used_afterwards() -> None:
    with undone():
        vault.seal(ALICE, *PLACE, "lost")
    token = vault.seal(ALICE, *PLACE, "Alice")
    vault.forget_cached_keys()
    assert vault.open_sealed(ALICE, *PLACE, token) == "Alice"


@pytest.mark.django_db(transaction=True)
def test_a_key_serves_the_transaction_that_made_it() -> None:
    with undone():
        token = vault.seal(ALICE, *PLACE, "Alice")
        assert vault.open_sealed(ALICE, *PLACE, token) == "Alice"
        assert vault.seal(ALICE, *PLACE, "again").split(".")[1] == token.split(".")[1]


@pytest.mark.django_db(transaction=True)
def test_a_warm_key_costs_no_query(django_assert_num_queries: pytest.FixtureRequest) -> None:
    token = vault.seal(ALICE, *PLACE, "Alice")
    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's own type is private
        vault.open_sealed(ALICE, *PLACE, token)
        vault.seal(ALICE, *PLACE, "Alice")


@pytest.mark.django_db(transaction=True)
def test_two_first_seals_at_once_use_one_key() -> None:
    both_ready = Barrier(2)

    def seal(value: str) -> str:
        both_ready.wait(10)
        try:
            return vault.seal(ALICE, *PLACE, value)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        tokens = list(pool.map(seal, ["one", "two"]))
    vault.forget_cached_keys()
    assert [vault.open_sealed(ALICE, *PLACE, token) for token in tokens] == ["one", "two"]
    assert DataKey.objects.count() == 1


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
PLACES = st.tuples(st.integers(1, 10**9).map(vault.author_subject), TEXTS, TEXTS)


@pytest.mark.django_db
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(PLACES, PLACES, TEXTS)
def test_ciphertexts_of_any_two_places_cannot_change_places(
    one: tuple[str, str, str], other: tuple[str, str, str], value: str
) -> None:
    tokens = {place: vault.seal(*place, value) for place in {one, other}}
    for place, another in ((one, other), (other, one)):
        if place == another:
            assert vault.open_sealed(*place, tokens[another]) == value
        else:
            with pytest.raises(vault.SealedValueError):
                vault.open_sealed(*place, tokens[another])


@pytest.mark.django_db
@pytest.mark.parametrize("changed", range(3), ids=["person", "table", "column"])
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(place=PLACES, another=PLACES)
def test_one_changed_part_of_a_place_is_enough(
    changed: int, place: tuple[str, str, str], another: tuple[str, str, str]
) -> None:
    token = vault.seal(*place, "Alice")
    subject, table, column = (another[at] if at == changed else part for at, part in enumerate(place))
    if (subject, table, column) != place:
        with pytest.raises(vault.SealedValueError):
            vault.open_sealed(subject, table, column, token)


@pytest.mark.django_db
def test_a_cut_or_lengthened_token_is_refused() -> None:
    token = vault.seal(ALICE, *PLACE, "Alice")
    for changed in [*(token[:length] for length in range(len(token))), f"{token}A", f"{token}=", f" {token}"]:
        with pytest.raises(vault.SealedValueError):
            vault.open_sealed(ALICE, *PLACE, changed)


@pytest.mark.django_db
def test_a_token_with_any_bit_flipped_is_refused() -> None:
    version, key_id, body = vault.seal(ALICE, *PLACE, "Alice").split(".")
    sealed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    for bit in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        changed = base64.urlsafe_b64encode(flipped).rstrip(b"=").decode()
        with pytest.raises(vault.SealedValueError):
            vault.open_sealed(ALICE, *PLACE, f"{version}.{key_id}.{changed}")
