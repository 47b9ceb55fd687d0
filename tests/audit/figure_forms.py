"""Ways to write the same figures down: in words, cells, labels, comments, scripts and parts of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from office_parts import S, W, docx, pptx, row, run, shape, xlsx
from planted import notebook, page, svg


def forms(values: Sequence[float]) -> Iterator[tuple[str, str, bytes]]:
    """Name of the form, of a file in it, and the file.

    Parameters
    ----------
    values
        At least six, of at most three digits before the point and with decimals.
    """
    for name, body in _bodies(values).items():
        yield f"{name} of a page", "a.html", page(body)
    for name, text in _scripts(values).items():
        yield f"{name} of a script", "a.html", page(f"<script>{text}</script>")
    for name, text in _texts(values).items():
        yield name, "a.txt", text.encode()
    yield from _office(values)
    yield from _data(values)


def _listed(values: Sequence[float]) -> str:
    return ", ".join(map(str, values))


def _bodies(values: Sequence[float]) -> dict[str, str]:
    def each(pattern: str) -> str:
        return "".join(pattern.format(value, place) for place, value in enumerate(values))

    def cells(pattern: str) -> str:
        return f"<table>{each(f'<tr><td>a</td><td>{pattern}</td></tr>')}</table>"

    line = "line {}\n"
    labels = each("<text x='3' y='{1}'>{0}</text>")
    exponents = "".join(f"<tr><td>a</td><td>{value:.6e}</td></tr>" for value in values)
    commas, dots = (each("<p>{0}</p>").replace(".", mark) for mark in (",", "·"))
    wide = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)})
    intervals = "".join(
        f"<tr><td>a</td><td>{value} ({value - 7.3:.1f} to {value + 7.3:.1f})</td></tr>" for value in values
    )
    return {
        "sentence": f"<p>The rates were {_listed(values)} per 10,000.</p>",
        "sentences": each("<p>One had {}, another less.</p>"),
        "list": f"<ul>{each('<li>{}</li>')}</ul>",
        "paragraphs": each("<p>{}</p>"),
        "divisions": each("<div>{}</div>"),
        "lines": f"<pre>{each(line)}</pre>",
        "labels": f"<svg>{labels}</svg>",
        "comment": f"<!-- {_listed(values)} -->",
        "attributes": each("<i data-value='{}'></i>"),
        "titles": each("<i title='{}'></i>"),
        "attributes among coordinates": "<svg>" + "".join(
            f"<path d='M{place}.5 {' '.join(f'{place * 7 + step}.25 {step}' for step in range(60))}' data-y='{value}'/>"
            for place, value in enumerate(values)
        ) + "</svg>",
        "cells with a unit": cells("{} per 10,000"),
        "cells with an interval": f"<table>{intervals}</table>",
        "cells with a footnote": cells("{}<sup>2</sup>"),
        "cells with an arrow": cells("▲ {}"),
        "exponents": f"<table>{exponents}</table>",
        "decimal commas": commas,
        "middle dots": dots,
        "wide digits": each("<p>{}</p>").translate(wide),
        "far apart": "".join(
            f"<p>{' '.join(str(1000 + 90 * place + step) for step in range(3))}</p><p>{value}</p>"
            for place, value in enumerate(values)
        ),
    }  # fmt: skip


def _scripts(values: Sequence[float]) -> dict[str, str]:
    numbered = list(enumerate(values))
    return {
        "objects": f"d=[{','.join(f'{{x:{place},y:{value}}}' for place, value in numbered)}]",
        "pairs": f"d=[{','.join(f'[{place},{value}]' for place, value in numbered)}]",
        "steps": "".join(f"d.push({value});" for value in values),
        "keys": "d={" + ",".join(f"'k{place}':{value}" for place, value in numbered) + "}",
        "string": f"d='{','.join(map(str, values))}'.split(',')",
    }


def _texts(values: Sequence[float]) -> dict[str, str]:
    return {
        "column": "\n".join(map(str, values)),
        "table in Markdown": "|a|r|\n|-|-|\n" + "\n".join(f"|x|{value}|" for value in values),
    }


def _office(values: Sequence[float]) -> Iterator[tuple[str, str, bytes]]:
    def sheets(many: Sequence[str]) -> dict[str, str | bytes]:
        return {f"xl/worksheets/sheet{place}.xml": f"<worksheet {S}><sheetData>{rows}</sheetData></worksheet>"
                for place, rows in enumerate(many, start=2)}  # fmt: skip

    yield "paragraphs of a document", "a.docx", docx("".join(run(str(value)) for value in values))
    yield "sentence of a document", "a.docx", docx(run(f"The rates were {_listed(values)}."))
    runs = "".join(run(*str(value).partition(".")) for value in values)
    yield "figures cut into runs", "a.docx", docx(runs)
    comments = "".join(f"<w:comment>{run(f'It was {value} then')}</w:comment>" for value in values)
    yield (
        "comments of a document",
        "a.docx",
        docx(more={"word/comments.xml": f"<w:c {W}>{comments}</w:c>"}),
    )
    yield "boxes of a slide", "a.pptx", pptx("".join(shape(f"rate {value}") for value in values))
    notes = {f"ppt/notesSlides/notesSlide{place}.xml": f"<notes><p>{value} here</p></notes>"
             for place, value in enumerate(values)}  # fmt: skip
    yield "notes of slides", "a.pptx", pptx(more=notes)
    texts = "".join(row(place, "a", f"{value} per 10,000") for place, value in enumerate(values, start=1))
    yield "cells of text", "a.xlsx", xlsx(texts)
    diagonal = "".join(
        row(place, *["a"] * (place % 6), value) for place, value in enumerate(values, start=1)
    )  # fmt: skip
    yield "cells on a diagonal", "a.xlsx", xlsx(diagonal)
    yield "a sheet each", "a.xlsx", xlsx(more=sheets([row(1, value) for value in values]))
    formulas = "".join(f'<row r="{place}"><c r="A{place}"><f>{value}+0</f></c></row>'
                       for place, value in enumerate(values, start=1))  # fmt: skip
    yield "formulas", "a.xlsx", xlsx(formulas)


def _data(values: Sequence[float]) -> Iterator[tuple[str, str, bytes]]:
    numbered = list(enumerate(values))
    printed = [f"{place}    {value}\n" for place, value in numbered]
    output = {"output_type": "execute_result", "data": {"text/plain": ["     rate\n", *printed]}, "metadata": {}}
    stream = {"output_type": "stream", "name": "stdout", "text": [f"[{_listed(values)}]\n"]}
    yield "table that a notebook printed", "a.ipynb", notebook(outputs=[output])
    yield "list that a notebook printed", "a.ipynb", notebook(outputs=[stream])
    yield "strings of objects", "a.json", json.dumps([{"r": str(value)} for value in values]).encode()
    yield (
        "objects in an object",
        "a.json",
        json.dumps({f"k{place}": {"r": one} for place, one in numbered}).encode(),
    )
    yield "pairs", "a.json", json.dumps(numbered).encode()
    yield "cells with a unit", "a.csv", "".join(["a,r\n", *(f"x,{value} per 10000\n" for value in values)]).encode()
    yield "labels of a drawing", "a.svg", svg("".join(f"<text>{value}</text>" for value in values))
