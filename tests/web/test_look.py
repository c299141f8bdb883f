"""The token test: every pair of the palette is computed anew from the stylesheet."""

import re
from pathlib import Path

import pytest

from quizapp.web import filters

STATIC = Path(filters.__file__).parent / "static"
STYLES = "".join((STATIC / name).read_text() for name in ("look.css", "reading.css", "study.css"))
TOKENS = {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+):light-dark\((#\w+),(#\w+)\)", STYLES)}

PAIRS = [
    *(("ink", ground, 7) for ground in ("paper", "sheet", "well", "right-tint", "wrong-tint", "claim-tint")),
    *(("ink2", ground, 4.5) for ground in ("paper", "well", "right-tint", "wrong-tint", "claim-tint")),
    ("accent", "paper", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-hover", 4.5),
    *(("control", ground, 3) for ground in ("paper", "sheet", "well")),
    *(("focus", ground, 3) for ground in ("paper", "sheet")),
    *((state, "sheet", 4.5) for state in ("right", "wrong", "partial", "claim")),
    *((state, f"{state}-tint", 4.5) for state in ("right", "wrong", "partial", "claim")),
]


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "need"), PAIRS)
def test_each_pair_of_colours_has_the_contrast_it_needs(ink, ground, need, theme):
    assert contrast(TOKENS[ink][theme], TOKENS[ground][theme]) >= need


def test_no_component_uses_a_colour_outside_the_tokens():
    after = STYLES[STYLES.index("@layer base {") :]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", after) == []


def test_stylesheet_and_script_stay_small():
    """A page loads the common stylesheet and at most one other; in the studio, that of the studio and one more.

    The scripts come to one page together.
    """
    size = {path.name: path.stat().st_size for path in STATIC.iterdir()}
    common, studio = size.pop("look.css"), size["studio.css"]
    others = {name: bytes_ for name, bytes_ in size.items() if name.endswith(".css")}
    loaded = [bytes_ + (studio if name.startswith("studio_") else 0) for name, bytes_ in others.items()]
    assert common + max(loaded) <= 30_000
    assert sum(bytes_ for name, bytes_ in size.items() if name.endswith(".js")) <= 40_000


def test_the_scheme_is_told_so_that_form_fields_follow_the_theme():
    assert "color-scheme:light dark" in STYLES
