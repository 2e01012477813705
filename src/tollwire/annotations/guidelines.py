"""The guidelines as Label Studio shows them beside an article: Markdown made into plain HTML."""

from pathlib import Path


def guidelines_html(path: Path) -> str:
    """Render the guidelines, their lines kept; HTML that stands in the Markdown is shown as text, not obeyed."""
    from markdown_it import MarkdownIt

    return str(
        MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").render(path.read_text("utf-8"))
    )
