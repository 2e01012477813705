"""How a page is cut into blocks: borders, links, names of parts, menus, pictures."""

from hypothesis import given
from hypothesis import strategies as st

from tollwire.contracts.text import text_faults
from tollwire.corpus.html_blocks import HtmlBlocks, parse_html, read_blocks
from tollwire.corpus.part_names import named_parts


def read(body: str) -> HtmlBlocks:
    return read_blocks(parse_html(f"<html><body>{body}</body></html>"))


def texts(body: str) -> list[str]:
    return [block.text for block in read(body).blocks]


def test_block_elements_part_lines_and_inline_ones_do_not() -> None:
    assert texts("<div>tail<p>a <b>b</b><i>c</i></p>d</div>") == ["tail", "a bc", "d"]


def test_one_break_goes_on_and_two_make_a_paragraph() -> None:
    assert texts("<p>a<br>b<br><br>c</p>") == ["a b", "c"]


def test_in_a_cell_one_break_ends_the_line() -> None:
    cells = "<table><tr><td>Nine killed<br>March 14, 2021</td></tr></table>"
    assert texts(cells) == ["Nine killed", "March 14, 2021"]


def test_scripts_styles_and_forms_are_not_read() -> None:
    assert texts("<script>a</script><style>b</style><noscript>c</noscript><button>d</button><p>e</p>") == ["e"]


def test_a_span_that_names_itself_a_credit_is_a_block_of_its_own() -> None:
    assert texts('<figcaption>Smoke.<span class="photo-credit">Lea Roy</span></figcaption>') == ["Smoke.", "Lea Roy"]


def test_links_and_bold_type_are_counted_in_characters() -> None:
    (block,) = read("<p><a href=x>abc</a> de<b>fgh</b></p>").blocks
    assert (block.text, block.linked, block.strong) == ("abc defgh", 3, 3)


def test_a_menu_is_one_line_and_one_that_holds_the_article_is_not() -> None:
    assert texts("<nav><ul><li><a>World</a></li><li><a>Sport</a></li></ul></nav><p>a</p>") == ["World Sport", "a"]
    assert texts("<nav><a>World</a><h1>Nine killed</h1><p>a</p>") == ["World", "Nine killed", "a"]


def test_hidden_parts_and_article_bodies_are_known_below_them() -> None:
    hidden, body = read('<div style="display: none"><p>a</p></div><div itemprop="articleBody"><p>b</p></div>').blocks
    assert (hidden.element.is_hidden, body.element.is_hidden) == (True, False)
    assert (hidden.element.is_article_body, body.element.is_article_body) == (False, True)


def test_a_path_has_the_element_and_the_two_around_it_with_digits_masked() -> None:
    (block,) = read('<div class="a b7"><section><p class="w-1/2">x</p></section></div>').blocks
    assert block.element.path == "div.a.b0/section./p.w-0-0"


def test_pictures_say_where_they_stand_and_what_they_show() -> None:
    page = read('<p>a</p><figure><img src=x alt="A burnt lorry"><figcaption>b</figcaption></figure>')
    assert (page.pictures, page.alternatives) == ([1], ["A burnt lorry"])
    assert page.blocks[1].element.above is not None
    assert page.blocks[1].element.above.images == 1


@given(st.text(alphabet="ab <>/=\"'&;pdivbrsanxA\u00a0\u200b\n", max_size=200))
def test_whatever_the_page_its_blocks_are_clean_lines(body: str) -> None:
    page = read(body)
    assert [text_faults(block.text) for block in page.blocks] == [[] for _ in page.blocks]
    assert all(block.text and 0 <= block.linked <= len(block.text) for block in page.blocks)


def test_names_are_read_by_their_words_however_they_are_joined() -> None:
    assert named_parts("articleBody") == named_parts("article-body") == named_parts("", "article_body")
    assert named_parts("teaserbox") == named_parts("teaser")
    assert named_parts("shadow") == 0


def test_of_many_choices_and_notes_of_ruby_the_text_around_them_stays() -> None:
    choices = "<select>" + "<option>x</option>" * 20_000 + "</select>"

    assert texts(f"<p>one</p>{choices}<p><ruby>two<rt>three</rt></ruby></p>") == ["one", "twothree"]


def test_menus_inside_menus_are_read_in_time_that_grows_with_the_page() -> None:
    found = texts("<nav>" * 400 + "<i></i>" * 300_000 + "<p>late")

    assert found == ["late"]
