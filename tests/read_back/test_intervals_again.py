"""The intervals of positions against the raw files: each stands where the authority's own figures put it.

The kit's method draws levels towards the middle and reckons with swings; this one does neither, and uses other draws.
So its middle draws must lie inside every interval, whoever it is of: an interval of another authority, of another
quarter or from the wrong end would leave them out.
"""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from annex_a import LINES
from raw_files import quarter_number
from standings import as_sent

pytestmark = pytest.mark.xdist_group("built")

QUARTER = quarter_number("2025-26", "Q2")
DRAWS = 4000


@pytest.fixture(scope="module")
def table(built_workspace):
    place = built_workspace / "data" / "processed" / "comparisons" / "made-up" / "south-east"
    return pd.read_parquet(place / "2025-26-Q2.parquet")


def middle_places(parts, kind, better, chance):
    """By authority: the middle two fifths of the places that chance alone would give its figures."""
    top, bottom = (np.array([float(getattr(cell, name)) for cell in parts.values()]) for name in ("top", "bottom"))
    if kind == "rate":
        levels = chance.gamma(top + 0.5, size=(DRAWS, len(top))) / bottom
    elif kind == "percentage":
        levels = chance.beta(top + 0.5, bottom - top + 0.5, size=(DRAWS, len(top)))
    else:
        levels = chance.gamma(4 * bottom, size=(DRAWS, len(top))) / (4 * bottom) * (top / bottom)
    ahead = levels if better == "low" else -levels
    places = ahead.argsort(axis=1).argsort(axis=1) + 1
    return dict(zip(parts, np.quantile(places, [0.3, 0.7], axis=0).T, strict=True))


def test_every_interval_stands_where_the_figures_do(table, returns):
    chance = np.random.default_rng(11)
    members = returns.reference.members("South East")
    held = 0
    for line in LINES:
        of = as_sent(returns, line, QUARTER)
        parts = {code: of(code) for code in members if isinstance(of(code).value, Fraction)}
        found = middle_places(parts, line.headline.kind, line.better, chance)
        rows = table[(table["group"] == "region") & table["series"].str.startswith(line.id)].set_index("authority")
        for code, (low, high) in found.items():
            row = rows.loc[code]
            assert row["rank_low"] <= low + 1, (line.id, code)
            assert row["rank_high"] >= high - 1, (line.id, code)
            held += 1
        missing = [code for code in members if code not in found]
        assert rows.loc[missing, "rank_low"].isna().all()
    assert held > 300


def test_an_interval_from_the_wrong_end_would_not_stand_there(table, returns):
    """The check itself, turned round: it must fail for most."""
    line = LINES[0]
    of = as_sent(returns, line, QUARTER)
    parts = {code: of(code) for code in returns.reference.members("South East") if isinstance(of(code).value, Fraction)}
    turned = middle_places(parts, line.headline.kind, "low", np.random.default_rng(11))
    rows = table[(table["group"] == "region") & (table["series"] == "A01-rate")].set_index("authority")
    outside = [
        code
        for code, (low, high) in turned.items()
        if rows.loc[code, "rank_low"] > low + 1 or rows.loc[code, "rank_high"] < high - 1
    ]
    assert len(outside) > len(turned) / 2
