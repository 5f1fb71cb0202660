"""The command that shows a store in a browser: serve."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import click

from depesche.cli.edge import common, store_option
from depesche.errors import DepescheError, UsageError

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@click.command(epilog="Example:  depesche serve --store chronicle.db --port 8000")
@store_option
@click.option("--host", default="127.0.0.1", help="The address to listen on; this machine alone if none is given.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes any that is free.",
)
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
    help="A further name by which browsers may ask, such as that of a proxy; needs a token file.",
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

    local = host in LOOPBACK and not names
    if not local and token_file is None:
        reached = f"--name {names[0]}" if names else f"--host {host}"
        raise UsageError(f"{reached}: others can reach it there, so --token-file FILE is needed")
    token = checked_token(token_file.read_text("utf-8", "replace")) if token_file else None
    serving = Serving(tuple(dict.fromkeys((*LOOPBACK, host, *names))), token, guarded=not local)
    site = Site(open_store(store), serving)
    with _listening(host, port) as listening:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/"
        click.echo(f"depesche: {address} shows {site.name}; Ctrl-C ends it", err=True)
        config = uvicorn.Config(make_app(site), log_level="warning", server_header=False, access_log=False)
        with suppress(KeyboardInterrupt):  # how it is ended
            uvicorn.Server(config).run([listening])


def _listening(host: str, port: int) -> socket.socket:
    """The open port; 0 asks for any that is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        says = (error.strerror or str(error)).partition(" (")[0]
        raise DepescheError(f"{host}, port {port}: {says}; another --host or --port may work") from error
