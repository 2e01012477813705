from pathlib import Path

from tollwire.annotations.guidelines import guidelines_html

CHECKOUT = Path(__file__).parents[2]


def rendered(tmp_path: Path, markdown: str) -> str:
    path = tmp_path / "GUIDELINES.md"
    path.write_text(markdown, "utf-8")
    return guidelines_html(path)


def test_html_in_the_guidelines_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    html = rendered(tmp_path, "Mark <b>nine</b>.\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n")

    assert "Mark &lt;b&gt;nine&lt;/b&gt;." in html
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "href" not in html


def test_a_table_is_a_table(tmp_path: Path) -> None:
    html = rendered(tmp_path, "| key | bound |\n|---|---|\n| `shift+1` | exact |\n")

    assert "<th>key</th>" in html
    assert "<td><code>shift+1</code></td>" in html


def test_the_guidelines_that_ship_have_no_markdown_left_over() -> None:
    html = guidelines_html(CHECKOUT / "annotations" / "GUIDELINES.md")

    assert "<h2>" in html
    assert "<table>" in html
    assert "|---" not in html
    assert "\n## " not in html
