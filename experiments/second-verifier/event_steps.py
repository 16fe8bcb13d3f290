"""Steps 2 to 6 of an event, and those of a text: from what is shown to the batch's root."""

import hashlib
import hmac

from canonical import fields, jcs
from faults import Fault, must
from keccak import keccak

SCHEMAS = {
    1: keccak(b"tallyhouse/event-leaf/1"),
    2: keccak(b"tallyhouse/event-leaf/2"),
    "text": keccak(b"tallyhouse/text-leaf/1"),
}
OK, OPEN = "ok", "open"


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).digest()


def word(value):
    """The 32-byte ABI word of a number or an address."""
    return value.to_bytes(32, "big") if isinstance(value, int) else value.rjust(32, b"\x00")


def content(bundle, _):
    event, leaf = bundle["event"], bundle["leaf"]
    if event["shown"] == "some":
        return OPEN
    must(sha256(jcs(event["body"])) == leaf["jcsSha256"], "the event has another SHA-256 than the leaf says")
    return OK


def event_hash_id(bundle, _):
    """This verifier computes no Event Hash ID; what it can say is that no namespace is idle."""
    event = bundle["event"]
    if event["shown"] == "all" and event["namespaces"] is not None:
        used = _prefixes(event["body"])
        must(set(event["namespaces"]) <= used, "a namespace that no key uses")
    return OPEN


def _prefixes(value):
    if isinstance(value, list):
        return set().union(*map(_prefixes, value))
    if not isinstance(value, dict):
        return set()
    own = {key.split(":", 1)[0] for key in value if ":" in key}
    return own.union(*map(_prefixes, value.values()))


def shown_fields(bundle):
    """Pairs of path and value."""
    if bundle["form"] == "text":
        return [("/text", bundle["text"])] + [(f"/record/{name}", text) for name, text in bundle["record"].items()]
    event = bundle["event"]
    return fields(event["body"]) if event["shown"] == "all" else [(f["path"], f["value"]) for f in event["fields"]]


def disclosure(bundle, _):
    event = bundle["event"]
    if event["shown"] == "all":
        body = fields(event["body"]) if event["body"] else []
        salted = [(path, value, hmac.digest(event["secret"], path.encode(), "sha256")) for path, value in body]
        hidden = []
    else:
        salted = [(field["path"], field["value"], field["salt"]) for field in event["fields"]]
        hidden = event["hidden"]
    digests = [keccak(sha256(path) + sha256(_scalar(value)) + salt) for path, value, salt in salted] + hidden
    must(digests, "a tree needs at least one leaf")
    root = tree_root([keccak(digest) for digest in digests])
    must(root == bundle["leaf"]["disclosureRoot"], "the fields give another root than the leaf says")
    return OK


def _scalar(value):
    if isinstance(value, (dict, list)) and value:
        raise Fault("only an empty array or object is a field of its own")
    return jcs(value)


def tree_root(leaves):
    """Root of the tree of section "Merkle trees over leaves"."""
    nodes = [b""] * (len(leaves) - 1) + sorted(leaves, reverse=True)
    for at in range(len(leaves) - 2, -1, -1):
        nodes[at] = pair(nodes[2 * at + 1], nodes[2 * at + 2])
    return nodes[0]


def pair(a, b):
    return keccak(min(a, b) + max(a, b))


def asked(bundle, options):
    paths = [path for path, _ in shown_fields(bundle)] if options.get("disclose") else []
    for asked_for in options.get("disclose") or []:
        pointer = asked_for if asked_for == "" or asked_for.startswith("/") else f"/{asked_for}"
        found = any(path == pointer or path.startswith(f"{pointer}/") for path in paths)
        must(found, f"the bundle does not show {asked_for}")
    return OK


def text(bundle, _):
    must(sha256(bundle["text"]) == bundle["leaf"]["textSha256"], "the words have another SHA-256 than the leaf says")
    return OK


def record(bundle, _):
    hashed = {**bundle["record"], "textSha256": "0x" + bundle["leaf"]["textSha256"].hex()}
    must(sha256(jcs(hashed)) == bundle["leaf"]["recordSha256"], "the record has another SHA-256 than the leaf says")
    must(bundle["record"]["partner"] == "0x" + bundle["batch"]["partner"].hex(), "the record is of another partner")
    return OK


def batch_path(bundle, _):
    batch = bundle["batch"]
    count = batch["count"]
    must(batch["schemaId"] == SCHEMAS[bundle["form"]], "leaves of another schema than the form has")
    must(count > 0, "a batch of nothing")
    least, most = count.bit_length() - 1, (2 * count - 1).bit_length() - 1
    must(least <= len(batch["path"]) <= most, f"{len(batch['path'])} siblings in a batch of {count}")
    node = keccak(keccak(_leaf_words(bundle)))
    for sibling in batch["path"]:
        node = pair(node, sibling)
    must(node == batch["root"], "the leaf does not lie under the root")
    return OK


def _leaf_words(bundle):
    leaf, form = bundle["leaf"], bundle["form"]
    tail = word(leaf["submitter"]) + word(leaf["recordTime"])
    if form == "text":
        return leaf["textSha256"] + leaf["recordSha256"] + tail
    if form == 1:
        return leaf["eventHashId"] + leaf["jcsSha256"] + leaf["disclosureRoot"] + tail
    if "content" in leaf:
        return leaf["content"] + leaf["disclosureRoot"] + tail
    blind = hmac.digest(bundle["event"]["secret"], b"content", "sha256")
    return keccak(blind + leaf["eventHashId"] + leaf["jcsSha256"]) + leaf["disclosureRoot"] + tail
