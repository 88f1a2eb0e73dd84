"""`milebook permissions withdraw`: a story taken out of the book."""

from __future__ import annotations

import click

from milebook.commands.shared import folder_option


@click.command()
@click.argument("story")
@folder_option
@click.pass_context
def withdraw(context: click.Context, story: str, chosen: str | None) -> None:
    """Take a story out of the book with its photos, bio, credits and log rows, and show what was made with it.

    The story's file, its photos and what was agreed stay where they are, for your records.
    """
    from milebook.commands.permission_lines import chosen_folder, finish, say_lines

    folder = chosen_folder(context, chosen)
    from milebook.app.permission_withdrawal import withdraw_story

    done = withdraw_story(folder, story)
    if done.refused:
        status = finish(done)
        say_lines(["Nothing was changed."])
        context.exit(status)
    say_lines(done.changed or [f"{story} is out of the book already."])
    say_lines(f"still speaks of it: {what} ({place})" for what, place in done.mentions)
    for holder in done.holders:
        stamp = ", ".join(part for part in (holder.date, holder.build_id) if part)
        say_lines([f"still holds it: {holder.manifest}" + (f" ({stamp})" if stamp else "")])
        say_lines(f"    {path}" for path in holder.outputs)
    if not done.holders:
        say_lines(["Nothing that was made with it is left under build/."])
    say_lines(["What you have sent to others must be called back by you."])
    context.exit(finish(done))
