"""Charts: every count is drawn, in proportion, and told in words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from flamecheck.audit.outputs.page.charts import Part, bar, calendar, level, steps, timeline
from flamecheck.audit.outputs.page.days import told


@given(st.integers(0, 10**12))
def test_an_axis_has_few_even_round_steps_and_holds_the_highest_count(most: int) -> None:
    marks = steps(most)
    assert 2 <= len(marks) <= 5
    assert marks[0] == 0
    assert marks[-1] >= most
    sizes = {later - earlier for earlier, later in pairwise(marks)}
    assert len(sizes) == 1
    assert re.fullmatch("[125]0*", str(sizes.pop()))


@given(st.lists(st.integers(0, 10**6), max_size=6), st.integers(0, 10**6))
def test_the_parts_of_a_bar_stand_side_by_side(sizes: list[int], more: int) -> None:
    most = sum(sizes) + more
    drawn = re.findall(
        r'class="c(\d)" x="([\d.]+)" width="([\d.]+)"', bar([Part(f"c{at}", n) for at, n in enumerate(sizes)], most)
    )
    assert [int(look) for look, _, _ in drawn] == [at for at, size in enumerate(sizes) if size]
    for look, x, width in drawn:
        at = int(look)
        assert abs(float(x) - 100 * sum(sizes[:at]) / most) < 0.01
        assert abs(float(width) - max(100 * sizes[at] / most, 0.6)) < 0.01


@given(st.integers(1, 10**6), st.data())
def test_more_posts_on_a_day_are_never_drawn_paler(most: int, data: st.DataObject) -> None:
    one, other = sorted((data.draw(st.integers(0, most)), data.draw(st.integers(0, most))))
    assert level(one, most) <= level(other, most)
    assert (level(one, most) == 0) == (one == 0)
    assert level(most, most) == 4


def test_the_timeline_stacks_and_names_every_month() -> None:
    months = [((2024, 12), [Part("t0", 1), Part("t4", 3)]), ((2025, 1), []), ((2025, 2), [Part("t1", 2)])]
    svg = timeline(months, "題")
    assert 'aria-label="題"' in svg
    assert re.findall("<title>(.*?)</title>", svg) == ["2024年12月：4 件", "2025年1月：0 件", "2025年2月：2 件"]
    heights = [float(high) for high in re.findall(r'<rect class="t\d" .*?height="([\d.]+)"', svg)]
    assert abs(heights[1] - 3 * heights[0]) < 0.1


def test_the_calendar_has_every_day_and_names_the_grave_ones() -> None:
    svg = calendar({(3, 11): 5, (2, 29): 1}, {(3, 11): ["<東日本>"]}, "題", lambda name: name.strip("<>"))
    assert svg.count('class="day ') == 366
    assert "3月11日：5 件・東日本" in svg
    assert "2月29日：1 件" in svg
    assert svg.count('class="named"') == 1


def test_the_days_of_an_entry_are_told_as_people_say_them() -> None:
    def run(first: date, count: int) -> list[date]:
        return [first + timedelta(days=more) for more in range(count)]

    assert told([]) == "–"
    assert told([date(2024, 3, 11), date(2025, 3, 11)]) == "3月11日"
    assert told(run(date(2024, 6, 28), 11)) == "6月28日 – 7月8日"
    assert told([*run(date(2024, 12, 30), 4), *run(date(2025, 12, 30), 4)]) == "12月30日 – 1月2日"
    assert told([date(2024, 9, 16), date(2025, 9, 15), date(2026, 9, 21)]) == "9月15日 – 9月21日のうち"
    assert told([date(2024, month, 17) for month in range(1, 13)]) == "毎月17日"
