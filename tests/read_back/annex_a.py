"""The agreed list (Annex A of the 2019 memorandum) written out by hand: what each of its figures is made of.

Not read from the kit's registry: a slip there would go into its reports, and must not come along into what they are
checked against. Only Python itself is used here and in the other files that recompute.
"""

from typing import NamedTuple

CHILDREN = "children aged 0 to 17"
QUARTER, YEAR = "in the quarter", "12 months to the end of the quarter"
STOCKS = ("cin_at_end", "cpp_at_end", "cla_at_end")
"""Counts on the last day: never added up."""
WEIGHTS = {"a1_days": "a1_children", "a2_days": "a2_children"}
"""Averages that are sent with the number of children behind them."""


class Series(NamedTuple):
    """A figure: `times` x `top` / `bottom`, or a plain count where nothing stands below."""

    kind: str
    top: str
    bottom: str = ""
    times: int = 1
    decimals: int = 0


class Line(NamedTuple):
    """One line of the list."""

    number: int
    series: tuple[Series, ...]
    """The first is the one that is compared."""
    better: str = ""
    """`high`, `low`, or empty where neither is; position 1 is then the highest."""
    over: str = QUARTER
    """The stretch of time of the one that is compared."""
    published: str = ""
    """Empty where DfE publishes nothing by authority; `like` where its figure may stand beside ours, else `unlike`."""
    published_decimals: int = 1

    @property
    def id(self) -> str:
        return f"A{self.number:02d}"

    @property
    def headline(self) -> Series:
        return self.series[0]

    @property
    def is_stock(self) -> bool:
        return self.headline.top in STOCKS


def _per_children(number: int, count: str, published: str = "", published_decimals: int = 1) -> Line:
    """Number and rate per 10,000."""
    series = (Series("rate", count, CHILDREN, 10_000, 1), Series("number", count))
    return Line(number, series, published=published, published_decimals=published_decimals)


def _percent(part: str, whole: str) -> tuple[Series, Series]:
    """Number and percent."""
    return Series("percent", part, whole, 100, 1), Series("number", part)


def _days(number: int, average: str) -> Line:
    return Line(number, (Series("days", average, WEIGHTS[average]),), better="low", over=YEAR)


_SECOND_PLANS = (
    *_percent("cpp_second_ever", "cpp_starting"),
    Series("percent within 2 years", "cpp_second_2_years", "cpp_starting", 100, 1),
    Series("number within 2 years", "cpp_second_2_years"),
)
_WAITED = Series("percent", "a3_under_14_months", "a3_children", 100, 1)

LINES = (
    _per_children(1, "referrals", "like"),
    Line(2, _percent("re_referrals", "referrals"), better="low", published="like"),
    _per_children(3, "assessments"),
    Line(4, _percent("assessments_45_days", "assessments"), better="high", published="like"),
    _per_children(5, "cin_at_end", "like"),
    _per_children(6, "s47_enquiries", "like"),
    Line(7, _percent("icpc_15_days", "s47_enquiries"), better="high", published="unlike"),
    _per_children(8, "cpp_at_end", "like"),
    _per_children(9, "cpp_starting", "like"),
    _per_children(10, "cpp_ceasing", "like"),
    Line(11, _SECOND_PLANS, better="low", published="like"),
    _per_children(12, "cla_at_end", "like", published_decimals=0),
    _per_children(13, "cla_starting", "unlike", published_decimals=0),
    _per_children(14, "cla_ceasing", "unlike", published_decimals=0),
    Line(15, _percent("adopted", "cla_at_end"), better="high", over=YEAR, published="unlike", published_decimals=0),
    _days(16, "a1_days"),
    _days(17, "a2_days"),
    Line(18, (_WAITED,), better="high", over=YEAR),
)
