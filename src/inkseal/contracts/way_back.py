"""Reads from the log where a paused contract goes on (T25), for editors and for an author who returns."""

from inkseal.contracts.enums import Progress
from inkseal.contracts.models import ContractLog
from inkseal.contracts.pauses import live_before
from inkseal.contracts.states import Action, Move, Refusal, State, after, decide, refusal


def way_back(state: State, book_id: int) -> Move | Refusal:
    """Return T25 with the progress it leads to; a refusal when there is no pause, or nothing before it."""
    found = decide(state, Action.RESUME_TALKS)
    if isinstance(found, Refusal):
        return found
    history = ContractLog.objects.filter(book_id=book_id).order_by("-id").values_list("progress", flat=True)
    target = live_before(history.iterator(), state.page)
    return refusal(state, Action.RESUME_TALKS) if target is None else found.leading_to(target)


def as_returned(state: State, book_id: int) -> State:
    """Return where the contract stands once its author, who counts as unreachable, acts; else `state` itself."""
    if state.progress is not Progress.UNREACHABLE:
        return state
    found = way_back(state, book_id)
    return state if isinstance(found, Refusal) else after(state, found)
