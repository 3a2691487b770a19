"""The style page shows every part of the look, in light and in dark."""

from pathlib import Path

import pytest
from django.test import Client

from folkmoot.web.demo.standing import Summary

PARTS = Path(__file__).resolve().parents[3] / "src/folkmoot/web/look/templates/look/parts"


@pytest.mark.parametrize("theme", ["", "light", "dark"])
def test_every_part_of_the_look_is_on_the_style_page(filled: Summary, client: Client, theme: str) -> None:
    answer = client.get(f"/styleguide/?theme={theme}")
    shown = {template.name for template in answer.templates}
    assert {f"look/parts/{part.name}" for part in PARTS.glob("*.html")} - shown == set()
    assert (f'data-theme="{theme}"' in answer.content.decode()) is bool(theme)


def test_a_theme_that_is_none_is_left_to_the_device(filled: Summary, client: Client) -> None:
    assert "data-theme" not in client.get('/styleguide/?theme="><b>').content.decode()
