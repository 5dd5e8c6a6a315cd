"""The site at the moment of the makers' things, behind the product's own server, in a process of its own: `python -m tests.faults.serving`.

The settings are those of an installation. Nothing runs beside the pages, so that the same requests find the same site each time.
"""

from __future__ import annotations

import asyncio
from contextlib import closing

from granian.constants import Interfaces
from granian.server.embed import Server

from financing.db import Database
from financing.settings import Settings
from tests.makers import NOW
from web.app import create_app
from web.asgi import HTTP
from web.collector import settle


def serve() -> None:
    settings = Settings()
    with closing(Database(settings.url)) as database:
        app = create_app(database, settings, lambda: NOW)
        settle()
        server = Server(
            app,
            address="127.0.0.1",
            port=settings.port,
            interface=Interfaces.ASGI,
            websockets=False,
            http1_settings=HTTP,
        )
        asyncio.run(server.serve())


if __name__ == "__main__":
    serve()
