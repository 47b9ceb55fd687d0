"""A whole document held against the recomputation, so that no number in it escapes."""

from pathlib import Path

from fixed_words import FIXED
from ledger import Ledger
from page_reading import Page
from published_pages import YearPages
from quarter_pages import QuarterPages
from reading_tables import TableReader
from reading_words import WordsReader
from stage_tables import Stages


def read_document(page: Page, pages: QuarterPages | YearPages, policy: Path, stages: Stages | None = None) -> Ledger:
    """What agreed and what did not, of every number in a document.

    A number must be a figure that equals the recomputed one, or part of a phrase that is known to hold no figure.
    """
    ledger = Ledger()
    tables = TableReader(pages, ledger, stages)
    texts = WordsReader(pages, ledger, policy, stages)
    if isinstance(pages, QuarterPages):
        for table in page.tables:
            if table.label.endswith("-series"):
                pages.hidden_by_choice |= tables.hidden_by_choice(table)
    for words in page.everything:
        for phrase in FIXED:
            words.strike(phrase)
    for table in page.tables:
        tables.read(table)
    for piece in page.pieces:
        texts.read(piece)
    for words in page.everything:
        texts.periods(words)
        ledger.account_for(words)
    return ledger
