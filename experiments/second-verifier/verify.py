#!/usr/bin/env python3
"""A second verifier of Tallyhouse proof bundles, written from docs/verification.md; standard library only.

    python3 verify.py bundle.json [--header 0x…] [--anchor 0x…] [--registry 0x…] [--disclose path,…]
    python3 verify.py --lines < cases.jsonl      one JSON object a line: {"bundle": …, "header": …, …}

Exit code 0: every step held or was left open; 1: one failed, and it is named; 2: usage.
"""

import argparse
import json
import sys

import bundle as reader
import chain_steps as chain
import event_steps as event
from canonical import parse
from faults import Fault

TO_BLOCK = [
    ("batch path", event.batch_path),
    ("batch head", chain.batch_head),
    ("predecessors", chain.predecessors),
    ("receipt", chain.receipt),
    ("log", chain.log),
    ("transaction", chain.transaction),
    ("header", chain.header),
    ("contract", chain.contract),
    ("submitter", chain.submitter),
]
EVENT = [
    ("content", event.content),
    ("event hash id", event.event_hash_id),
    ("disclosure", event.disclosure),
    ("fields asked for", event.asked),
    *TO_BLOCK,
]
TEXT = [("text", event.text), ("record", event.record), ("fields asked for", event.asked), *TO_BLOCK]


def verify(value, options):
    """The verdict, the step that failed, and every step that was taken."""
    taken = []
    try:
        bundle = _step("format", taken, lambda: reader.read(value))
        for name, work in TEXT if bundle["form"] == "text" else EVENT:
            outcome = _step(name, taken, lambda work=work: work(bundle, options))
            taken[-1] = (name, outcome, "")
    except Fault:
        return {"verdict": "invalid", "failed": taken[-1][0], "steps": taken}
    verdict = "consistent" if options.get("header") is None else "valid"
    return {"verdict": verdict, "failed": None, "steps": taken}


def _step(name, taken, work):
    try:
        outcome = work()
    except (Fault, ValueError, RecursionError) as fault:
        taken.append((name, "FAILED", str(fault)))
        raise Fault(name) from fault
    taken.append((name, "ok", ""))
    return outcome


def _lines():
    for line in sys.stdin:
        case = parse(line)
        answer = verify(case.pop("bundle"), case)
        open_steps = [name for name, outcome, _ in answer["steps"] if outcome == "open"]
        print(json.dumps({"verdict": answer["verdict"], "failed": answer["failed"], "open": open_steps}), flush=True)
    return 0


def _file(path, options):
    try:
        with open(path, encoding="utf-8") as file:
            value = parse(file.read())
    except OSError as error:
        print(f"{path} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    except (ValueError, RecursionError):
        print("FAILED  format: the file is no JSON\nnot valid: format")
        return 1
    answer = verify(value, options)
    for name, outcome, says in answer["steps"]:
        print(f"{outcome:7} {name}{': ' + says if says else ''}")
    print(answer["verdict"] if answer["failed"] is None else f"not valid: {answer['failed']}")
    return 1 if answer["verdict"] == "invalid" else 0


def main():
    parser = argparse.ArgumentParser(description="Verifies a Tallyhouse proof bundle without network.")
    parser.add_argument("file", nargs="?")
    for pin in ("header", "anchor", "registry"):
        parser.add_argument(f"--{pin}")
    parser.add_argument("--disclose", type=lambda paths: [path.strip() for path in paths.split(",") if path.strip()])
    parser.add_argument("--lines", action="store_true", help="read cases from standard input")
    given = parser.parse_args()
    if given.lines:
        return _lines()
    if given.file is None:
        parser.error("name a bundle, or give --lines")
    return _file(given.file, vars(given))


if __name__ == "__main__":
    sys.exit(main())
