"""Who may act on what. `access_*` returns what the actor may use, or raises."""

from typing import Final

from django.conf import settings

from inkseal.catalog.models import Author, EditorGroup, Staff
from inkseal.contracts.board import Board
from inkseal.contracts.errors import NotYoursError, RoleRefusedError
from inkseal.contracts.models import ContractControl
from inkseal.core.actor import Actor, Role

STAFF_ROLES: Final = frozenset({Role.RESPONSIBLE_EDITOR, Role.CHIEF_EDITOR, Role.SIGNING_EDITOR})


def author_actor(author: Author) -> Actor:
    """Return the author as an actor, under his pen name."""
    return Actor(Role.AUTHOR, author.id, author.pen_name)


def roles_of(staff: Staff) -> frozenset[Role]:
    """Return the duties of a member of staff as they are now; a removed duty counts at once (A-08)."""
    if not staff.user.is_active:
        return frozenset()
    codes = EditorGroup.objects.filter(staff=staff).values_list("responsibility", flat=True)
    return frozenset(Role(code) for code in codes if code in STAFF_ROLES)


def acting_as(staff: Staff, *roles: Role) -> Actor:
    """Return the member of staff in the first of `roles` that is his, or raise `RoleRefusedError`."""
    held = roles_of(staff)
    for role in roles:
        if role in held:
            return Actor(role, staff.id, staff.name)
    raise RoleRefusedError("role")


def require_author(board: Board) -> None:
    """Raise unless the acting author owns the book; a stranger learns nothing."""
    if board.actor.role is not Role.AUTHOR or board.actor.id != board.author.id:
        raise NotYoursError


def require_role(actor: Actor, *roles: Role) -> None:
    """Raise unless the actor acts in one of `roles`."""
    if actor.role not in roles:
        raise RoleRefusedError("role")


def require_follower(board: Board, *roles: Role) -> None:
    """Raise unless the actor follows this contract up (its tracker), or acts in one of `roles`."""
    follows = board.contract is not None and board.contract.tracker_id == board.actor.id
    if board.actor.role not in roles and not (follows and board.actor.role in STAFF_ROLES):
        raise RoleRefusedError("role")


def require_four_eyes(board: Board) -> None:
    """Raise when who submitted the contract would also audit it (C3.9, guarantee 5)."""
    if is_submitter(board.control, board.actor):
        raise RoleRefusedError("four_eyes")


def is_submitter(control: ContractControl, actor: Actor) -> bool:
    """Return whether four eyes keep `actor` from auditing what he submitted himself."""
    return settings.FOUR_EYES and control.submitted_by == actor.id
