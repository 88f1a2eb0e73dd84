"""Write word/comments.xml, one comment for each query of a proof."""

from __future__ import annotations

from datetime import UTC, datetime

from milebook.model.draft import Draft, DraftQuery, Stamp
from milebook.writers.docx.markup import HEAD, W, one_line, text

AUTHOR, INITIALS = "milebook", "mb"


def comment_ids(draft: Draft) -> dict[int, int]:
    """Serial of a query -> id of its comment."""
    return {query.serial: order for order, query in enumerate(draft.queries)}


def comments_xml(queries: tuple[DraftQuery, ...], stamp: Stamp) -> bytes:
    date = moment(stamp.made or stamp.date, stamp.epoch).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = [HEAD, f'<w:comments xmlns:w="{W}">']
    for order, query in enumerate(queries):
        words = one_line(f"{query.label} {query.text}")
        made.append(
            f'<w:comment w:id="{order}" w:author="{AUTHOR}" w:date="{date}" w:initials="{INITIALS}"><w:p><w:pPr>'
            '<w:pStyle w:val="CommentText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
            f"<w:annotationRef/></w:r><w:r>{text(words)}</w:r></w:p></w:comment>"
        )
    made.append("</w:comments>")
    return "".join(made).encode()


def moment(written: str, epoch: int) -> datetime:
    """An ISO date or date and time as UTC; `epoch` where it is neither."""
    try:
        made = datetime.fromisoformat(written)
    except ValueError:
        return datetime.fromtimestamp(max(0, epoch), UTC)
    return made.astimezone(UTC) if made.tzinfo else made.replace(tzinfo=UTC)
