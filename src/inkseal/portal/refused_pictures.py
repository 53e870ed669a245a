"""Pictures that were just sent and not accepted, for the page that says so beside where they were chosen."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refused:
    """One picture: its file name, as the author knows it, where it was chosen, and what to do."""

    file_name: str = field(repr=False)
    #: "signed", or the document and side as "card:1".
    place: str
    sentence: str
