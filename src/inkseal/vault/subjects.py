"""Whose data it is: the owner of a data key, as text without anything personal in it."""


def author_subject(cauthorid: int) -> str:
    """Return the subject of one author."""
    return f"author:{cauthorid}"


def contract_subject(cbid: int) -> str:
    """Return the subject of a contract's company files, which outlive the erasure of its author."""
    return f"contract:{cbid}"
