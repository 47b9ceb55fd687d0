"""Names as indexes, line ends, addresses and other alphabets write them."""

from __future__ import annotations

from pdf_parts import pdf


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><title>Report</title></head><body>{body}</body></html>".encode()


NAMES_BY_SPELLING = {
    "html island turned round": ("a.html", page("<p>Wight, Isle of</p>")),
    "html point of the compass behind": ("a.html", page("<p>Berkshire, West</p>")),
    "html second word first": ("a.html", page("<p>Keynes (Milton)</p>")),
    "html word broken at a line's end": ("a.html", page("<p>the Med-\nway towns</p>")),
    "pdf word broken at a line's end": (
        "a.pdf", pdf(raw=b"BT /F1 12 Tf 20 100 Td (the Sur-) Tj 0 -14 Td (rey towns) Tj ET")
    ),
    "html Greek eta": ("a.html", page("<p>Ke\u03b7t</p>")),
    "html Cyrillic pe": ("a.html", page("<p>Ke\u043ft</p>")),
    "html hooked letter": ("a.html", page("<p>\u0198ent</p>")),
    "html stroked letters": ("a.html", page("<p>P\u00f8rtsm\u00f8uth and S\u0142ough</p>")),
    "html figure in four letters": ("a.html", page("<p>K3nt</p>")),
    "html filler that prints nothing": ("a.html", page("<p>Ke\u3164nt</p>")),
    "html empty Braille": ("a.html", page("<p>Ke\u2800nt</p>")),
    "html hair space": ("a.html", page("<p>Ke\u200ant</p>")),
    "html trust that serves it": ("a.html", page("<p>Achieving for Children did the work.</p>")),
    "html address of a trust": ("a.html", page("<p>x@brighterfuturesforchildren.org</p>")),
}  # fmt: skip
ADDRESSES = (
    "kentcountycouncil.sharepoint.com", "mkcouncil.sharepoint.com", "surreycc.onmicrosoft.com", "mkcouncil.co.uk",
    "kentcc.org", "oxonschools.net", "iow.gov.uk", "kcc.local",
)  # fmt: skip
