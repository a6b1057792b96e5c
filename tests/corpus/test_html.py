from __future__ import annotations

import pytest

from assistant.corpus.formats import html
from assistant.errors import CorpusError

PARAGRAPH = "The minister said on Monday that the bridge would be closed for repairs."


def text(body: str) -> str:
    return html.extract(f"<!doctype html><html><body>{body}</body></html>".encode()).text


def test_page_builders_name_every_block_a_widget() -> None:
    block = f'<div class="elementor-widget elementor-widget-text-editor"><div><p>{PARAGRAPH}</p></div></div>'
    assert text(block * 4) == "\n\n".join([PARAGRAPH] * 4) + "\n"


def test_posts_of_an_index_page_are_all_kept() -> None:
    post = (
        f'<div class="post tag-bridge category-news"><h2><a href="/1">A title of words</a></h2><p>{PARAGRAPH}</p></div>'
    )
    assert text(post * 3) == "\n\n".join(["## A title of words", PARAGRAPH] * 3) + "\n"


def test_a_page_without_paragraphs_is_read_by_its_line_breaks() -> None:
    assert text(f'<div class="popular">{PARAGRAPH}<br><br>{PARAGRAPH}<br/>Short.</div>') == (
        f"{PARAGRAPH}\n\n{PARAGRAPH}\nShort.\n"
    )


def test_a_table_for_layout_is_walked_and_one_for_data_is_not() -> None:
    layout = f"<table><tr><td>Menu</td><td><p>{PARAGRAPH}</p><p>{PARAGRAPH * 3}</p></td></tr></table>"
    assert text(layout) == f"Menu\n\n{PARAGRAPH}\n\n{PARAGRAPH * 3}\n"
    assert text("<table><tr><td>a</td><td>b <b>c</b></td></tr></table>") == "| a | b c |\n"


def test_preformatted_text_keeps_its_lines() -> None:
    assert text("<pre>one\n  two\n</pre>") == "one\n  two\n"


def test_links_that_are_headlines_are_dropped_and_links_in_sentences_kept() -> None:
    links = "<ul><li><a href=/1>Ten other things that you must read</a></li><li><a href=/2>Vilnius</a></li></ul>"
    assert text(f"<p>{PARAGRAPH} <a href=/3>More</a>.</p>{links}") == f"{PARAGRAPH} More.\n\n- Vilnius\n"


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>x y</p>",
        '<p style="display:none">x y</p>',
        '<p aria-hidden="true">x y</p>',
        '<span style="font-size:0">x y</span>',
        '<div role="navigation">x y</div>',
        "<template>x y</template>",
        "<noscript>x y</noscript>",
        "<!-- x y -->",
    ],
)
def test_what_a_reader_of_the_page_does_not_see_is_not_read(hidden: str) -> None:
    assert text(f"<p>{PARAGRAPH}</p>{hidden}") == f"{PARAGRAPH}\n"


def test_deep_nesting_does_not_break_the_walk() -> None:
    assert PARAGRAPH in text("<div><b>" * 90 + PARAGRAPH + "</b></div>" * 90)
    with pytest.raises(CorpusError, match="holds no text"):
        text("<div>" * 100_000 + "deep")


def test_many_links_in_one_paragraph_take_linear_time() -> None:
    assert len(text("<p>" + "<a href=x>word</a> and " * 20_000 + "end.</p>")) > 160_000


def test_a_site_name_behind_the_headline_is_no_part_of_the_title() -> None:
    page = (
        "<html><head><title>Bridge Closes for Repairs - TIMES Daily</title></head><body><h1>Bridge Closes for Repairs"
        f"</h1><p>{PARAGRAPH}</p><h1>Ferry Sinks</h1></body></html>"
    )
    assert html.extract(page.encode()).declared.title == "Bridge Closes for Repairs"


def test_a_page_of_a_many_nested_declarations_takes_linear_time() -> None:
    """Linear: 0.5 s. Moving the whole list at each step took 7 s for a fifth of them."""
    script = f'<script type="application/ld+json">[{"[1]," * 199_000}{{"@type": "Report", "headline": "A"}}]</script>'
    declared = html.extract(f"<html><head>{script}</head><body><p>{PARAGRAPH}</p></body></html>".encode()).declared
    assert declared.title == "A"
