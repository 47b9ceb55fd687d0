"""Concealed figures are found in rows of numbers and in the places of marks; other figures are not."""

from __future__ import annotations

import base64
import io
import json

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from office_parts import chart, docx, row, xlsx
from planted import page

from analysis.audit.deny import Deny, Kind
from analysis.audit.report import Verdict
from analysis.audit.scan import scan

GENERATOR = np.random.default_rng(20260930)
RATES = tuple(np.round(GENERATOR.lognormal(6.2, 0.25, 18), 1).tolist())
"""Referrals per 10,000, about as far apart as published ones are."""
CLOSE = tuple(np.round(GENERATOR.normal(82, 5, 18), 1).tolist())
VALUES = {"A04": RATES, "A11": CLOSE}
SHUFFLED: list[float] = GENERATOR.permutation(RATES).tolist()
SHEET = xlsx("".join(row(place, value) for place, value in enumerate(SHUFFLED, start=1)))


def dots(kind: str, values: list[float]) -> bytes:
    with mpl.rc_context({"svg.hashsalt": "x"}):
        figure, axes = plt.subplots(figsize=(5, 3))
        axes.scatter(values, range(len(values)))
        axes.set_yticks([])
        out = io.BytesIO()
        figure.savefig(out, format=kind)
        plt.close(figure)
    return out.getvalue()


def plotly(values: list[float]) -> bytes:
    packed = base64.b64encode(np.asarray(values, dtype="<f8").tobytes()).decode("ascii")
    return json.dumps({"data": [{"x": {"dtype": "f8", "bdata": packed}, "type": "scatter"}]}).encode()


HOLDING = {
    "array.json": json.dumps({"x": SHUFFLED}).encode(),
    "records.json": json.dumps([{"label": "x", "rate": value} for value in SHUFFLED]).encode(),
    "plotly.json": plotly(SHUFFLED),
    "plotly in a page.html": page(f'<script type="application/json">{plotly(SHUFFLED).decode()}</script>'),
    "script.html": page(f"<script>var series = {SHUFFLED};</script>"),
    "attribute.html": page(f"<div data-points='{','.join(map(str, SHUFFLED))}'></div>"),
    "column.html": page("<table>" + "".join(f"<tr><td>x</td><td>{value}</td></tr>" for value in SHUFFLED) + "</table>"),
    "after the end.html": page("") + "".join(f"<p>{value}</p>" for value in SHUFFLED).encode(),
    "row.html": page("<table><tr>" + "".join(f"<td>{value}</td>" for value in SHUFFLED) + "</tr></table>"),
    "column.csv": ("rate\n" + "\n".join(map(str, SHUFFLED)) + "\n").encode(),
    "column.xlsx": xlsx("".join(row(place, "x", value) for place, value in enumerate(SHUFFLED, start=1))),
    "chart.docx": docx(more={"word/charts/chart1.xml": chart("x", tuple(SHUFFLED))}),
    "chart's workbook.docx": docx(more={"word/embeddings/a.xlsx": SHEET}),
    "packed.html": page(f"<p>{base64.b64encode(np.asarray(SHUFFLED, dtype='<f8').tobytes()).decode()}</p>"),
    "whole numbers.json": json.dumps([round(value) for value in SHUFFLED]).encode(),
    "half of them.json": json.dumps([*SHUFFLED[:9], *range(100, 110)]).encode(),
    "dots.svg": dots("svg", SHUFFLED),
    "dots in a page.html": page(dots("svg", SHUFFLED).decode().partition("?>")[2].partition(">")[2]),
    "dots.pdf": dots("pdf", SHUFFLED),
    "circles.svg": (
        "<svg xmlns='http://www.w3.org/2000/svg'>"
        + "".join(f"<circle cx='{40 + 0.7 * value:.3f}' cy='9' r='3'/>" for value in SHUFFLED)
        + "</svg>"
    ).encode(),
}


@pytest.mark.parametrize("name", HOLDING)
def test_concealed_figures_are_found(name: str, deny: Deny) -> None:
    report = scan(HOLDING[name], deny, VALUES, name=f"a.{name.rpartition('.')[2]}")
    assert {finding.kind for finding in report.findings} == {Kind.VALUES}
    assert not any(str(value) in repr(report) for value in RATES)


def test_nothing_is_looked_for_where_no_figures_are_given(deny: Deny) -> None:
    report = scan(HOLDING["array.json"], deny, name="a.json")
    assert report.verdict is Verdict.PASS
    assert not report.values_looked_for


def test_figures_of_others_are_rarely_taken_for_those_concealed(deny: Deny) -> None:
    """At most 1 file of 100, each with 12 rows of rates, percentages and counts from the same ranges."""
    failed = 0
    for seed in range(100):
        draw = np.random.default_rng(seed)
        rows = [np.round(draw.lognormal(6.2, 0.25, 20), 1).tolist() for _ in range(4)]
        rows += [np.round(draw.normal(82, 5, 20), places).tolist() for places in (0, 0, 1, 1)]
        rows += [draw.integers(1, 900, 40).tolist() for _ in range(4)]
        failed += scan(json.dumps(rows).encode(), deny, VALUES, name="a.json").verdict is Verdict.FAIL
    assert failed <= 1


def concentrated(draw: np.random.Generator, count: int, places: int) -> list[float]:
    """Percentages most of which stand within a few points, and two far below: how figures near a ceiling are."""
    near, far = draw.normal(94.5, 1.2, count - 2), draw.uniform(20, 60, 2)
    return np.round(np.concatenate([near, far]).clip(0, 100), places).tolist()


def test_concentrated_figures_of_others_are_rarely_taken_for_those_concealed(deny: Deny) -> None:
    """Rows as dense as the figures themselves, in 25 files: accident is what stands beside, not what stands far off."""
    values = {f"A{place}": concentrated(np.random.default_rng(1000 + place), 18, 1) for place in range(12)}
    failed = 0
    for seed in range(25):
        draw = np.random.default_rng(seed)
        rows = [concentrated(draw, count, places) for count in (12, 20, 60) for places in (0, 1)]
        failed += scan(json.dumps(rows).encode(), deny, values, name="a.json").verdict is Verdict.FAIL
    assert failed == 0


def test_close_figures_are_found_where_they_do_not_take_every_step(deny: Deny) -> None:
    close = np.round(np.random.default_rng(3).normal(90, 3, 18), 1).tolist()
    content = json.dumps({"x": close[::-1]}).encode()
    assert scan(content, deny, {"A11": close}, name="a.json").verdict is Verdict.FAIL


def test_dots_of_others_are_rarely_taken_for_those_concealed(deny: Deny) -> None:
    failed = 0
    for seed in range(10):
        others = np.random.default_rng(seed).lognormal(6.2, 0.25, 18).tolist()
        failed += scan(dots("svg", others), deny, VALUES, name="a.svg").verdict is Verdict.FAIL
    assert failed == 0


def test_bands_and_own_figures_beside_them_pass(deny: Deny) -> None:
    """Three smoothed numbers of two figures for each quarter, and an own series, are not the group's figures."""
    lower, middle, upper = (float(f"{value:.2g}") for value in np.quantile(RATES, [0.25, 0.5, 0.75]))
    own = np.round(np.random.default_rng(1).normal(520, 30, 12), 1).tolist()
    content = json.dumps({"own": own, "bands": [[lower, middle, upper]] * 12}).encode()
    assert scan(content, deny, VALUES, name="a.json").verdict is Verdict.PASS
