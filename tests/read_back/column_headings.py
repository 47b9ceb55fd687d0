"""Which series a column of a table holds, read off its heading."""

import re

from annex_a import QUARTER, YEAR, Line, Series


def series_named(line: Line, heading: str) -> tuple[Series, str]:
    """The series of a line of the list, and the stretch of time, that a heading names."""
    stretch = YEAR if heading.endswith(YEAR) else QUARTER
    label = heading.removesuffix(f", {YEAR}")
    if "per 10,000" in label:
        kind = "rate"
    elif "Average days" in label:
        kind = "days"
    else:
        kind = "percent" if re.search(r"[Ss]hare|percent|%", label) else "number"
    kind += " within 2 years" if "2 years" in label else ""
    (series,) = [series for series in line.series if series.kind == kind]
    return series, stretch
