"""The page about the query round says what the code does."""

from pathlib import Path

import yaml

from analysis.queries import answer_rules
from analysis.registers.answers import Choice
from analysis.registers.apply_corrections import LEDGER_RULES
from analysis.registers.corrections import Correction, State
from analysis.returns.rules.rule import RULES, Rule

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "query-round.md"


def test_every_rule_is_on_the_page_with_its_severity():
    text = PAGE.read_text(encoding="utf-8")
    rules = [one for one in vars(answer_rules).values() if isinstance(one, Rule)]
    for rule in [*rules, *(RULES[rule_id] for rule_id in LEDGER_RULES)]:
        assert f"| `{rule.id}` | {rule.severity} |" in text


def test_the_example_is_an_entry_and_every_key_and_word_is_explained():
    text = PAGE.read_text(encoding="utf-8")
    (example,) = yaml.safe_load(text.split("```yaml\n")[1].split("```")[0])
    Correction.model_validate(example)
    for word in (*Correction.model_fields, *State):
        assert f"`{word}`" in text
    for choice in Choice:
        assert f"| {choice} |" in text


def test_the_page_says_where_worries_go():
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert "They go to the director, from person to person (regional memorandum 2025-26, 4.4.1)" in text
    assert "are not kept by the kit" in text
