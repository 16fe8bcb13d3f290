"""Reads a bundle: step 1 of docs/verification.md. Hexadecimal text becomes bytes."""

from faults import Fault
from shape import (
    UINT32,
    ascending,
    hexadecimal,
    json_object,
    list_of,
    members,
    sequence_number,
    text,
    well_formed,
    whole,
)

FORMS = {"tallyhouse-proof/1": 1, "tallyhouse-proof/2": 2, "tallyhouse-text-proof/1": "text"}
WORD, ADDRESS = 32, 20
ANCHOR = ["format", "chainId", "anchorContract", "leaf", "batch", "log", "header", "stated"]
ORIGIN = ["predecessors", "rights"]


def read(value):
    form = FORMS.get(value.get("format")) if isinstance(value, dict) and isinstance(value.get("format"), str) else None
    if form is None:
        raise Fault(f"/format: expected one of {', '.join(FORMS)}")
    about = ["text", "record"] if form == "text" else ["event"]
    members(value, "", ANCHOR + about + ([] if form == 1 else ORIGIN))
    bundle = {
        "form": form,
        "format": value["format"],
        "chainId": whole(value["chainId"], "/chainId"),
        "anchorContract": hexadecimal(value["anchorContract"], "/anchorContract", ADDRESS),
        "batch": _batch(value["batch"]),
        "log": _log(value["log"]),
        "header": list_of(value["header"], "/header", 32, hexadecimal),
        "predecessors": None if form == 1 else _predecessors(value["predecessors"]),
        "rights": None if form == 1 or value["rights"] is None else _rights(value["rights"]),
    }
    if form == "text":
        bundle["text"] = well_formed(value["text"], "/text", 1_048_576)
        bundle["record"] = _record(value["record"])
        named = ["textSha256", "recordSha256"]
    else:
        bundle["event"] = _event(value["event"])
        is_blind = form == 2 and bundle["event"]["shown"] == "some"
        named = (["content"] if is_blind else ["eventHashId", "jcsSha256"]) + ["disclosureRoot"]
    bundle["leaf"] = _leaf(value["leaf"], named)
    _stated(value["stated"], form == 2)
    return bundle


def _leaf(value, named):
    leaf = members(value, "/leaf", named + ["submitter", "recordTime"])
    words = {name: hexadecimal(leaf[name], f"/leaf/{name}", WORD) for name in named}
    submitter = hexadecimal(leaf["submitter"], "/leaf/submitter", ADDRESS)
    return {**words, "submitter": submitter, "recordTime": whole(leaf["recordTime"], "/leaf/recordTime")}


def _event(value):
    shown = value.get("shown") if isinstance(value, dict) else None
    if shown == "all":
        event = members(value, "/event", ["shown", "body", "secret", "namespaces"])
        if event["namespaces"] is not None:
            for prefix, namespace in json_object(event["namespaces"], "/event/namespaces").items():
                well_formed(prefix, "/event/namespaces", 200)
                well_formed(namespace, f"/event/namespaces/{prefix}", 2_000)
        body = json_object(event["body"], "/event/body")
        return {**event, "body": body, "secret": hexadecimal(event["secret"], "/event/secret", WORD)}
    if shown != "some":
        raise Fault('/event/shown: expected "all" or "some"')
    event = members(value, "/event", ["shown", "fields", "hidden"])
    fields = list_of(event["fields"], "/event/fields", 200_000, _field)
    ascending(fields, "/event/fields", lambda field: field["path"])
    hidden = list_of(event["hidden"], "/event/hidden", 200_000, lambda digest, at: hexadecimal(digest, at, WORD))
    ascending(event["hidden"], "/event/hidden", lambda digest: digest)
    return {"shown": "some", "fields": fields, "hidden": hidden}


def _field(value, at):
    field = members(value, at, ["path", "value", "salt"])
    if isinstance(field["value"], str):
        text(field["value"], f"{at}/value", 1_048_576)
    else:
        json_object({"value": field["value"]}, f"{at}/value")
    path = well_formed(field["path"], f"{at}/path", 65_536)
    return {"path": path, "value": field["value"], "salt": hexadecimal(field["salt"], f"{at}/salt", WORD)}


def _record(value):
    record = members(value, "/record", ["partner", "kind", "source", "reference", "writtenAt"])
    return {name: well_formed(record[name], f"/record/{name}", 65_536) for name in record}


def _batch(value):
    words = ["root", "prevHead", "head", "schemaId"]
    batch = members(value, "/batch", words + ["partner", "count", "seq", "uri", "path"])
    return {
        **{name: hexadecimal(batch[name], f"/batch/{name}", WORD) for name in words},
        "partner": hexadecimal(batch["partner"], "/batch/partner", ADDRESS),
        "count": whole(batch["count"], "/batch/count", UINT32),
        "seq": sequence_number(batch["seq"], "/batch/seq"),
        "uri": text(batch["uri"], "/batch/uri", 65_536),
        "path": list_of(batch["path"], "/batch/path", 64, lambda node, at: hexadecimal(node, at, WORD)),
    }


def _log(value):
    log = members(value, "/log", ["transactionIndex", "position", "receiptProof", "transactionProof"])

    def nodes(name):
        return list_of(log[name], f"/log/{name}", 32, lambda node, at: hexadecimal(node, at, most=8 * 2**20))

    return {
        "transactionIndex": whole(log["transactionIndex"], "/log/transactionIndex", UINT32),
        "position": whole(log["position"], "/log/position", UINT32),
        "receiptProof": nodes("receiptProof"),
        "transactionProof": nodes("transactionProof"),
    }


def _predecessors(value):
    read = members(value, "/predecessors", ["head", "seq", "links"])
    return {
        "head": hexadecimal(read["head"], "/predecessors/head", WORD),
        "seq": sequence_number(read["seq"], "/predecessors/seq"),
        "links": list_of(read["links"], "/predecessors/links", 1_000, _link),
    }


def _link(value, at):
    link = members(value, at, ["root", "count", "schemaId"])
    return {
        "root": hexadecimal(link["root"], f"{at}/root", WORD),
        "count": whole(link["count"], f"{at}/count", UINT32),
        "schemaId": hexadecimal(link["schemaId"], f"{at}/schemaId", WORD),
    }


def _rights(value):
    proofs = ["accountProof", "partnerProof", "glnProof", "keyProof"]
    rights = members(value, "/rights", ["registry", "gln"] + proofs)

    def nodes(name):
        if name == "keyProof" and rights[name] is None:
            return None
        return list_of(rights[name], f"/rights/{name}", 80, lambda node, at: hexadecimal(node, at, most=1_024))

    return {
        "registry": hexadecimal(rights["registry"], "/rights/registry", ADDRESS),
        "gln": text(rights["gln"], "/rights/gln", 13),
        **{name: nodes(name) for name in proofs},
    }


def _stated(value, with_declarations):
    stated = members(value, "/stated", ["asOfBlock", "corrections"] + (["declarations"] if with_declarations else []))
    whole(stated["asOfBlock"], "/stated/asOfBlock")
    list_of(stated["corrections"], "/stated/corrections", 1_000, _correction)
    if with_declarations:
        list_of(stated["declarations"], "/stated/declarations", 1_000, _declaration)


def _correction(value, at):
    correction = members(value, at, ["block", "transaction", "reason", "submitter"])
    whole(correction["block"], f"{at}/block")
    hexadecimal(correction["transaction"], f"{at}/transaction", WORD)
    text(correction["reason"], f"{at}/reason", 65_536)
    hexadecimal(correction["submitter"], f"{at}/submitter", ADDRESS)


def _declaration(value, at):
    declaration = members(value, at, ["declaredAt", "reason", "anchoredInBlock"])
    text(declaration["declaredAt"], f"{at}/declaredAt", 40)
    if declaration["reason"] is not None:
        text(declaration["reason"], f"{at}/reason", 65_536)
    if declaration["anchoredInBlock"] is not None:
        whole(declaration["anchoredInBlock"], f"{at}/anchoredInBlock")
