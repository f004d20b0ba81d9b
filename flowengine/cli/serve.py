"""`flowengine serve`: the pages on which customers confirm, on this machine, to try them."""

from __future__ import annotations

import click

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.options import db_option, verb
from flowengine.cli.trouble import Trouble


@verb("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="The port.")
@db_option
@pass_desk
def command(desk: Desk, *, host: str, port: int) -> int:
    """Serve until stopped. Nothing is logged of who looks at what: the address of a page is its key."""
    try:
        import uvicorn

        from flowengine.web import answers
    except ImportError as missing:
        raise Trouble("no_extra", "web", module=missing.name) from missing
    engine = desk.engine()
    desk.note("serve.at", url=f"http://{host}:{port}")
    uvicorn.run(answers(engine), host=host, port=port, access_log=False, log_level="warning")
    return 0
