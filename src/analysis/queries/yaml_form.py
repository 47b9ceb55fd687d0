"""The form as YAML, for those who work with text; read back as text alone, so that nothing in it is ever run."""

from __future__ import annotations

import yaml

from analysis.queries.form import ANSWERED, ASKED, CHOICES, GUIDANCE, MARKING, NOTHING_ASKED, about, cells, title
from analysis.queries.sheet import Sheet
from analysis.render.document import MADE_UP_WORDS
from analysis.returns.reading.document import Sheet as Rows
from analysis.returns.reading.document import unreadable
from analysis.returns.rules.file_rules import TOO_LARGE, Refusal

MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
_QUERIES = "Queries"


def write_yaml(sheet: Sheet) -> str:
    """The form of a sheet."""
    words = [title(sheet), MARKING, *GUIDANCE, f"Answers: {'; '.join(CHOICES)}"]
    if sheet.made_up:
        words.insert(0, MADE_UP_WORDS)
    if not sheet.queries:
        words.append(NOTHING_ASKED)
    form: dict[str, object] = dict(about(sheet))
    form[_QUERIES] = [
        dict(zip(map(str, ASKED), cells(query), strict=True)) | {str(column): "" for column in ANSWERED}
        for query in sheet.queries
    ]
    return "".join(f"# {line}\n" for line in words) + yaml.safe_dump(
        form, sort_keys=False, allow_unicode=True, width=120
    )


def open_yaml(content: bytes) -> Rows | Refusal:
    """The form as rows: what it says of itself, a heading, and a row for each query.

    Returns
    -------
    Rows or Refusal
        Every value is text. A refusal where it is no YAML of this shape, repeats a key, or refers to itself.
    """
    if len(content) > MAX_BYTES:
        return Refusal(TOO_LARGE, "a text that is far longer than a form")
    try:
        text = content.decode("utf-8-sig")
        if _endless(text):
            return unreadable("YAML with references or nesting that a form never has")
        rows = _rows(yaml.compose(text, yaml.BaseLoader))
    except Exception:
        # The parser's own message may quote the text.
        return unreadable("neither a Word document, nor a workbook, nor YAML as the form was sent")
    return Rows.of(enumerate(rows, start=1))


def _endless(text: str) -> bool:
    """Whether a text refers to itself, which makes a short one stand for an endless one, or is deeply nested.

    Read event by event, and no further than that: the parser takes the square of the depth.
    """
    depth = 0
    for event in yaml.parse(text, yaml.BaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > MAX_DEPTH:
            return True
    return False


def _rows(node: yaml.Node | None) -> list[list[str]]:
    form = _mapping(node)
    queries = form.pop(_QUERIES, None)
    above = [[label, _scalar(value)] for label, value in form.items()]
    listed = queries.value if isinstance(queries, yaml.SequenceNode) else []
    held = [{key: _scalar(value) for key, value in _mapping(one).items()} for one in listed]
    columns = list(dict.fromkeys(key for one in held for key in one))
    return [*above, columns, *([one.get(key, "") for key in columns] for one in held)]


def _mapping(node: yaml.Node | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise ValueError
    keys = [_scalar(key) for key, _ in node.value]
    if len(set(keys)) < len(keys):
        raise ValueError
    return dict(zip(keys, (value for _, value in node.value), strict=True))


def _scalar(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise ValueError
    return " ".join(str(node.value).split())
