"""The command that shows a store in a browser: serve."""

from __future__ import annotations

from pathlib import Path

import click

from depesche.cli.edge import common, store_option
from depesche.errors import DepescheError, UsageError

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@click.command(epilog="Example:  depesche serve --store chronicle.db --port 8000")
@store_option
@click.option("--host", default="127.0.0.1", help="The address to listen on; this machine alone if none is given.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option(
    "--token-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file with the token that decisions need; other addresses than loopback need one even to read.",
)
@click.option(
    "--name",
    "names",
    metavar="HOST",
    multiple=True,
    help="A further name by which browsers may ask, such as that of a proxy; can be given several times.",
)
@common
def serve(store: str, host: str, port: int, token_file: Path | None, names: tuple[str, ...]) -> None:
    """Shows a store in the browser.

    Pages to look at and an API at /api/v1, on this machine alone unless --host says otherwise. Ends with Ctrl-C.
    """
    try:
        import uvicorn

        from depesche.web.app import make_app
        from depesche.web.guards import checked_token
        from depesche.web.site import Serving, Site
    except ModuleNotFoundError as error:
        raise DepescheError(
            f"{error.name} is missing; the extra `web` brings it (pip install 'depesche[web]')"
        ) from error
    from depesche.store import open_store

    local = host in LOOPBACK
    if not local and token_file is None:
        raise UsageError(f"--host {host}: others can reach that address, so --token-file FILE is needed")
    token = checked_token(token_file.read_text("utf-8", "replace")) if token_file else None
    serving = Serving((*LOOPBACK, *names) if local else (host, *LOOPBACK, *names), token, guarded=not local)
    site = Site(open_store(store), serving)
    click.echo(
        f"depesche: http://{f'[{host}]' if ':' in host else host}:{port}/ shows {site.name}; Ctrl-C ends it", err=True
    )
    uvicorn.run(make_app(site), host=host, port=port, log_level="warning", server_header=False, access_log=False)
