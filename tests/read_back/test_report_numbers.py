"""Every number on a report, read back from the HTML and the PDF, equals a recomputation from the raw CSV files.

The recomputation shares no line with the kit. A number that it doesn't explain fails the test, so that none escapes.
"""

import ast
import shutil
import sys
from pathlib import Path

import pytest
from page_reading import Page, Words, read_page
from pdf_reading import numbers, read_pdf, without_repeated_headings
from published_pages import YearPages
from quarter_pages import QuarterPages
from raw_files import Reference, counts, quarter_number
from reading import read_document
from reading_pictures import PictureReader
from recompute import Recomputed
from rich.console import Console

from analysis.batch.progress import Silent
from analysis.cli.build import Order, build
from analysis.config import PACKAGE
from analysis.figures import members, small_multiples, trend
from analysis.pipeline.load import load_view
from ledger import Ledger

pytestmark = pytest.mark.xdist_group("built")

PERIOD, REGION = "2025-26-Q2", "south-east"
VARIANTS = ("internal", "own", "anonymised", "dfe")
POLICY = PACKAGE / "disclosure" / "policy.yml"
