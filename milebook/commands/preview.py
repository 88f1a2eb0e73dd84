"""`milebook preview`: the book in the browser, until Ctrl-C."""

from __future__ import annotations

import sys

import click

from milebook.commands import terminal
from milebook.commands.option_values import WholeNumber
from milebook.commands.shared import book_folder, folder_option, usage_errors
from milebook.commands.usage_hints import Command


@click.command(cls=Command)
@folder_option
@click.option("--no-browser", is_flag=True, help="Only print the link.")
@click.option("--port", type=WholeNumber(0, 65535), default=0, metavar="N", help="A port of your choice (default: any that is free).")  # fmt: skip
@click.option("--layout", default="trade", metavar="NAME", help="Another layout than “trade”.")
@click.option("--allow-host", "names", multiple=True, metavar="NAME", help="A name under which this computer is reached, for a port forwarded from elsewhere (may be given again).")  # fmt: skip
@click.pass_context
def command(
    context: click.Context, chosen: str | None, no_browser: bool, port: int, layout: str, names: tuple[str, ...]
) -> None:
    """Show the book in the browser, as it will be printed and as an e-book, and draw it again when a file is saved.

    A click on a paragraph opens your editor at its line. The overview shows every story, to choose and to arrange. Nothing
    leaves this computer, and nobody else can look. Ctrl-C ends it.
    """
    folder = book_folder(context, chosen)
    from milebook.app.load import known_layout
    from milebook.app.preview import serve
    from milebook.source import BookFolder

    with usage_errors():
        known_layout(BookFolder(folder), layout)
        try:
            server, engine = serve(folder, port, layout, names)
        except OSError as error:
            hint = "leave --port out to use one that is free"
            raise click.ClickException(f"port {port} cannot be used ({error.strerror}); {hint}") from None
    terminal.say(f"The preview is at {server.gate.link}")
    terminal.say("Ctrl-C ends it.")
    sys.stdout.flush()
    try:
        if not no_browser:
            import webbrowser

            webbrowser.open(server.gate.link)
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        terminal.say()
    finally:
        engine.stop()
        server.server_close()
