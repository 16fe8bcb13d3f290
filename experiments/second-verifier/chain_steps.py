"""Steps 7 to 14: from the batch's root to the hash of the block, and who might submit."""

from event_steps import OK, OPEN, word
from faults import Fault, must
from keccak import keccak
from rlp import decode, encode, number, number_bytes, proven

ANCHORED = keccak(b"Anchored(address,bytes32,uint64,uint32,bytes32,bytes32,bytes32,address,string)")
# Sizes in bytes of the first fifteen fields of a header; None is a number or bytes of any length.
HEADER_SIZES = [32, 32, 20, 32, 32, 32, 256, None, None, None, None, None, None, 32, 8]


def head_after(previous, link, seq):
    must(seq < 2**64, "more batches than there can be")
    return keccak(previous + link["root"] + word(link["count"]) + link["schemaId"] + word(seq))


def batch_head(bundle, _):
    batch = bundle["batch"]
    must(head_after(batch["prevHead"], batch, batch["seq"]) == batch["head"], "the batch gives another head")
    return OK


def predecessors(bundle, _):
    before, batch = bundle["predecessors"], bundle["batch"]
    if before is None:
        return OPEN
    head, seq = before["head"], before["seq"]
    must((seq == 0) == (head == bytes(32)), "only the first batch follows no head, and it follows no other")
    for link in before["links"]:
        seq += 1
        head = head_after(head, link, seq)
    must(head == batch["prevHead"] and seq + 1 == batch["seq"], "the batches before it lead elsewhere")
    return OK


def _header(bundle):
    header = bundle["header"]
    must(15 <= len(header) <= 32, f"a header of {len(header)} fields")
    for at, field in enumerate(header):
        size = HEADER_SIZES[at] if at < len(HEADER_SIZES) else None
        must(len(field) <= 1_024 and size in (None, len(field)), f"header field {at} of {len(field)} bytes")
    return {"hash": keccak(encode(header)), "number": number(header[8]), "time": number(header[11])}


def _receipt(bundle):
    _header(bundle)
    log = bundle["log"]
    key = encode(number_bytes(log["transactionIndex"]))
    value = proven(bundle["header"][5], key, log["receiptProof"])
    receipt = decode(value[1:] if value[0] <= 0x7F else value)
    must(isinstance(receipt, list) and len(receipt) == 4, "a receipt of another form")
    status, gas, bloom, logs = receipt
    is_form = isinstance(status, bytes) and isinstance(bloom, bytes) and isinstance(logs, list)
    must(is_form and all(_is_log(entry) for entry in logs), "a receipt of another form")
    number(gas)
    return status, logs


def _is_log(entry):
    if not isinstance(entry, list) or len(entry) != 3:
        return False
    address, topics, data = entry
    are_topics = isinstance(topics, list) and len(topics) <= 4
    return (
        isinstance(address, bytes)
        and len(address) == 20
        and are_topics
        and all(isinstance(topic, bytes) and len(topic) == 32 for topic in topics)
        and isinstance(data, bytes)
    )


def receipt(bundle, _):
    must(_receipt(bundle)[0] == b"\x01", "the transaction failed, so nothing was logged")
    return OK


def log(bundle, _):
    batch, place = bundle["batch"], bundle["log"]["position"]
    logs = _receipt(bundle)[1]
    must(place < len(logs), f"the receipt has no log at {place}")
    address, topics, data = logs[place]
    must(address == bundle["anchorContract"], "the log is of another contract")
    uri = batch["uri"].encode("utf-8", "surrogatepass")
    expected_topics = [ANCHORED, word(batch["partner"]), batch["root"], word(batch["seq"])]
    expected = (
        word(batch["count"])
        + batch["prevHead"]
        + batch["head"]
        + batch["schemaId"]
        + word(bundle["leaf"]["submitter"])
        + word(6 * 32)
        + word(len(uri))
        + uri
        + bytes(-len(uri) % 32)
    )
    must(topics == expected_topics and data == expected, "the log says something else of the batch")
    return OK


def transaction(bundle, _):
    key = encode(number_bytes(bundle["log"]["transactionIndex"]))
    value = proven(bundle["header"][4], key, bundle["log"]["transactionProof"])
    is_typed = value[0] in (1, 2, 3, 4)
    fields = decode(value[1:] if is_typed else value)
    must(isinstance(fields, list), "a transaction of another form")
    if is_typed:
        must(fields, "a transaction of another form")
        chain = number(fields[0])
    else:
        must(len(fields) == 9 and number(fields[6]) >= 35, "the transaction names no chain")
        chain = (number(fields[6]) - 35) // 2
    must(chain == bundle["chainId"], f"the transaction was signed for chain {chain}")
    return OK


def header(bundle, options):
    found = _header(bundle)["hash"]
    if options.get("header") is None:
        return OPEN
    must("0x" + found.hex() == options["header"].lower(), f"the block has the hash 0x{found.hex()}")
    return OK


def contract(bundle, options):
    if options.get("anchor") is None:
        return OPEN
    must("0x" + bundle["anchorContract"].hex() == options["anchor"].lower(), "the contract is another")
    return OK


def submitter(bundle, options):
    rights, batch, leaf = bundle["rights"], bundle["batch"], bundle["leaf"]
    if rights is None:
        return OPEN
    account = decode(proven(bundle["header"][3], keccak(rights["registry"]), rights["accountProof"]))
    must(isinstance(account, list) and len(account) == 4, "no account at the end of the way")
    storage = account[2]
    must(isinstance(storage, bytes) and len(storage) == 32, "no account at the end of the way")
    partner = word(batch["partner"])
    slot = keccak(partner + word(1))
    record = _slot(storage, slot, rights["partnerProof"])
    must(record & 0xFF == 1, "the registry does not hold the partner")
    gln_slot = word((int.from_bytes(slot, "big") + 1) % 2**256)
    gln = int.from_bytes(keccak(rights["gln"].encode("utf-8", "surrogatepass")), "big")
    must(_slot(storage, gln_slot, rights["glnProof"]) == gln, "the registry holds another GLN")
    if leaf["submitter"] == batch["partner"]:
        must(rights["keyProof"] is None, "a proof of a key, but the partner itself submitted")
    else:
        _key(bundle, storage, partner, record >> 8 & (2**64 - 1))
    if options.get("registry") is None:
        return OPEN
    must("0x" + rights["registry"].hex() == options["registry"].lower(), "the registry is another")
    return OK


def _key(bundle, storage, partner, generation):
    proof = bundle["rights"]["keyProof"]
    if proof is None:
        raise Fault("no proof that the submitter speaks for the partner")
    of_generation = keccak(word(generation) + keccak(partner + word(3)))
    validity = _slot(storage, keccak(word(bundle["leaf"]["submitter"]) + of_generation), proof)
    begin, end = validity & (2**64 - 1), validity >> 64 & (2**64 - 1)
    must(begin <= _header(bundle)["time"] < end, "the key was not valid at the time of the block")


def _slot(storage, slot, proof):
    item = decode(proven(storage, keccak(slot), proof))
    must(isinstance(item, bytes) and item, "no number at the end of the way")
    return number(item)
