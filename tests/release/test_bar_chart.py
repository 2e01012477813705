"""A chart is drawn the same for the same figures, and its bars are as long as these say."""

import re

from tollwire.release.bar_chart import BARS, draw_bars


def widths(chart: str) -> list[float]:
    return [float(one) for one in re.findall(r'<rect x="\d+" y="\d+" width="([\d.]+)"', chart)]


def test_the_chart_is_the_same_for_the_same_figures():
    groups = {"HTML & dumps": [("tollwire", 0.95), ("other", 0.4)]}

    assert draw_bars(groups, "F1") == draw_bars(groups, "F1")
    assert "HTML &amp; dumps" in draw_bars(groups, "F1")


def test_bars_run_from_the_least_to_the_most():
    groups = {"Figures": [("all", 40.0), ("half", 20.0), ("none", 0.0)]}

    chart = draw_bars(groups, "Figures", most=40, written="{:.0f}".format)

    assert widths(chart) == [BARS, BARS / 2, 0]
    assert ">20<" in chart
    assert widths(draw_bars({"F1": [("below", 0.4)]}, "F1", least=0.5)) == [0]
