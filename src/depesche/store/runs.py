"""What a store remembers of the builds that wrote it."""

from __future__ import annotations

import msgspec

from depesche.model.page import PassedOver


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """One build, told by the program at the edge, which has a clock. No part of byte comparisons."""

    started: str
    ended: str
    package_version: str
    knowledge: str
    read: int = 0
    unread: int = 0
    passed_over: tuple[PassedOver, ...] = ()
