"""`flowengine serve`: the pages on which customers confirm and the intake of events, to try them here."""

from __future__ import annotations

from flowengine.cli.desk import Desk, pass_desk
from flowengine.cli.helping import option
from flowengine.cli.options import db_option, verb
from flowengine.cli.trouble import Trouble
from flowengine.cli.values import Number


@verb("serve")
@option("--host", default="127.0.0.1", show_default=True, help="option.serve.host")
@option("--port", type=Number(0, 65_535), default=8000, show_default=True, help="option.serve.port")
@option(
    "--event-secrets", metavar="whsec_…", default="", envvar="FLOWENGINE_EVENT_SECRETS", show_envvar=True,
    help="option.serve.event-secrets",
)  # fmt: skip
@db_option
@pass_desk
def command(desk: Desk, *, host: str, port: int, event_secrets: str) -> int:
    """Serve until stopped. Nothing is logged of who looks at what: the address of a page is its key."""
    try:
        import uvicorn

        from flowengine.web import answers, intake
    except ImportError as missing:
        raise Trouble("no_extra", "web", module=missing.name) from missing
    engine = desk.engine()
    app = answers(engine)
    secrets = event_secrets.split()
    if secrets:
        app.routes.extend(intake(engine, secrets).routes)
    for said in ("serve.at", *(["serve.events"] if secrets else [])):
        desk.note(said, url=f"http://{host}:{port}")
    uvicorn.run(app, host=host, port=port, access_log=False, log_level="warning")
    return 0
