"""Pictures and tables made from views: pure functions, views in, bytes and markup out."""

from analysis.figures.bands_table import bands_table
from analysis.figures.block_tables import block_table, members_table, positions_table, published_table
from analysis.figures.comparison import comparison_table
from analysis.figures.distribution import members
from analysis.figures.drawing import Drawing, Table
from analysis.figures.funnel import funnel_picture
from analysis.figures.multiples import small_multiples
from analysis.figures.named_table import named_table
from analysis.figures.readings_table import readings_table
from analysis.figures.regional import regional_rug
from analysis.figures.regional_picture import regional_picture
from analysis.figures.renewal_table import renewal_table
from analysis.figures.returns_tables import findings_table, submissions_table
from analysis.figures.rug import place_of, rug_table
from analysis.figures.trend import trend
from analysis.figures.trends_table import trends_table
from analysis.figures.xmr import xmr_picture

__all__ = [
    "Drawing",
    "Table",
    "bands_table",
    "block_table",
    "comparison_table",
    "findings_table",
    "funnel_picture",
    "members",
    "members_table",
    "named_table",
    "place_of",
    "positions_table",
    "published_table",
    "readings_table",
    "regional_picture",
    "regional_rug",
    "renewal_table",
    "rug_table",
    "small_multiples",
    "submissions_table",
    "trend",
    "trends_table",
    "xmr_picture",
]
