"""Numbers from the database in blocks, per region; a number is never given twice (R87, R91, R92)."""

from inkseal.ids.blocks import RegionError, UnknownSequenceError, forget_blocks, next_id

__all__ = ["RegionError", "UnknownSequenceError", "forget_blocks", "next_id"]
