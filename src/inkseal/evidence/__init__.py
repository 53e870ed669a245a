"""What happened, as rows that are only ever appended and chained by hashes (flows.md, Evidence)."""

from inkseal.evidence.chain import NotInTransactionError, append
from inkseal.evidence.commitments import erase_salts, is_committed
from inkseal.evidence.verdict import ChainFault, ChainVerdict
from inkseal.evidence.verify import verify_chain

__all__ = [
    "ChainFault",
    "ChainVerdict",
    "NotInTransactionError",
    "append",
    "erase_salts",
    "is_committed",
    "verify_chain",
]
