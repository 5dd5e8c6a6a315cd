"""A request whose body comes whole or is refused."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import HTTPException, InternalServerException

from financing.access import Actor
from web.cookies import Visit


class Whole(Request[Actor, Visit, State]):
    """A body that breaks off is a fault of who sends it, and no fault of ours."""

    async def stream(self) -> AsyncGenerator[bytes, None]:
        try:
            async for piece in super().stream():
                yield piece
        except InternalServerException:
            raise HTTPException(status_code=400) from None
