"""Write the first draft of a rule: `make rule ID=F111 NAME=short-name FAMILY=form`."""

import re
import sys
from pathlib import Path

DRAFT = """id = "{id}"
name = "{name}"
severity = "info"
principle = "规范完整性"
looks_at = ["indicator.name"]
kind = "contains"
basis = "经验规则"
since = "0.1.0"

[parameters]
patterns = ['']

[title]
zh = ""
en = ""

[message]
zh = "“{{quote}}”"
en = "“{{quote}}”"

[suggestion]
zh = ""
en = ""

[explain]
zh = ""
en = ""

[[flag]]
text = ""

[[pass]]
text = ""
"""


def main(rule: str, name: str, family: str) -> None:
    if not re.fullmatch(r"[A-Z]\d{3}", rule) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or not family:
        sys.exit("usage: make rule ID=F111 NAME=short-name FAMILY=form")
    path = Path(__file__).resolve().parent.parent / "rules" / family / f"{rule}-{name}.toml"
    if path.exists():
        sys.exit(f"{path.name} exists already")
    path.parent.mkdir(exist_ok=True)
    path.write_text(DRAFT.format(id=rule, name=name), encoding="utf-8")
    print(f"rules/{family}/{path.name}: fill it in, then run `make test`")


if __name__ == "__main__":
    main(*[*sys.argv[1:], "", "", ""][:3])
