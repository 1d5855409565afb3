"""The test vectors beside the article Protocol: made by this peer (`python3 vectors.py FILE`), and held against it and against the node's own codec."""

import hashlib
import json
import re
import struct
import sys

import cbor
import ed25519
import merge
import wire
from cbor import Refused

SEEDS = [hashlib.sha256(b"caravan test key %d" % number).digest() for number in range(3)]
SITES = [ed25519.public(seed) for seed in SEEDS]
STAMP = 1_800_000_000_000 << 16
SMALL_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000", "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000000", "0100000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]
VALUES = [
    None, 0, 23, 24, 255, 256, 65535, 65536, 2**32 - 1, 2**32, 2**63 - 1, -1, -24, -25, -256, -257, -(2**63), 0.0, 1.0, -1.5, 65504.0, 65505.0, 5.9604644775390625e-08,
    0.1, 1e300, float("inf"), float("-inf"), 3.4028234663852886e38, "", "a", "Бишкек", "a\0b", "😀", cbor.Bytes(b"\xff"), cbor.Bytes(b"a\xc3"), b"", b"\0\xff",
]
REFUSED = {
    "1817": "a head that is not the shortest", "190018": "the same in two bytes", "f98000": "negative zero", "f97e00": "NaN", "fa3f800000": "a wider float than need be",
    "fb3ff0000000000000": "a wider float than need be", "f7": "undefined", "e0": "a simple value", "f863": "a simple value of two bytes", "c24101": "a big number",
    "c100": "a tag", "d95dc04161": "tagged as not UTF-8, and it is", "61ff": "text that is not UTF-8", "63eda080": "a surrogate in text", "5f4101ff": "an indefinite length",
    "9fff": "an indefinite length", "a202000100": "keys out of order", "a201000100": "a key twice", "81" * 17 + "00": "seventeen containers", "0000": "bytes behind the end",
    "8201": "not whole",
}
TAKEN = ["1bffffffffffffffff", "3bffffffffffffffff", "f4", "f5", "f6", "d95dc041ff", "a2010002a0", "81" * 16 + "00", "8340f93c0080"]


def runs(data):
    """Hexadecimal in which `78*1000` is a byte that is there so many times, between bars."""
    out, start = [], 0
    for match in re.finditer(rb"(.)\1{99,}", data, re.DOTALL):
        out += [data[start : match.start()].hex(), f"{match.group(1).hex()}*{match.end() - match.start()}"]
        start = match.end()
    return "|".join(piece for piece in out + [data[start:].hex()] if piece)


def read_runs(text):
    pieces = [piece.partition("*") for piece in text.split("|")]
    return b"".join(bytes.fromhex(piece) * int(count or 1) for piece, _, count in pieces)


def value_text(value):
    """One of SQLite's values, as a word that any language can make."""
    if value is None:
        return "null"
    if isinstance(value, int):
        return f"integer {value}"
    if isinstance(value, float):
        return f"real {struct.pack('>d', value).hex()}"
    if isinstance(value, cbor.Bytes):
        return f"text {bytes(value).hex()}"
    if isinstance(value, str):
        return f"text {value.encode().hex()}"
    return f"blob {value.hex()}"


def rows_text(operations):
    """Rows as lines: what they do, table, key, and cells by name."""
    out = []
    for row in cbor.sequence(operations):
        if row[0] == 0:
            _, table, key, others = row
            continue
        values = row[1 : 1 + len(key)]
        cells = dict(zip(others, row[1 + len(key) :])) if row[0] == 1 else {others[i]: v for i, v in row[1 + len(key)].items()} if row[0] == 2 else {}
        cells = "; ".join(f"{name} = {value_text(value)}" for name, value in sorted(cells.items()))
        out.append(f"{('insert', 'update', 'delete')[row[0] - 1]} {table} [{', '.join(map(value_text, values))}] {cells}".rstrip())
    return out


def rows(*tables):
    return b"".join(cbor.encode(item) for table in tables for item in table)


ITEM = [0, "item", ["id"], ["a", "n"]]


def control():
    """Every operation of control."""
    column = lambda name, kind="TEXT", not_null=False, default=None, collation="BINARY", generated=None: [name, kind, not_null, default, collation, generated]
    return [
        [0, "alliance", b"nonce"],
        [1, SITES[0], "founder", "admin", "an institute", True],
        [1, SITES[1], "second", "member", None, False],
        [2, "item", [column("id", not_null=True), column("a", collation="NOCASE"), column("n", "INTEGER", default="7")], ["id"], False, False, [], [["small", "n < 100"], [None, "a <> ''"]]],
        [2, "part", [column("item", not_null=True), column("no", "INTEGER", not_null=True)], ["item", "no"], True, True, [[["item"], "item", "CASCADE", "NO ACTION", False]], []],
        [3, "by_a", "item", True, [["a", "NOCASE", False], [["lower(a)"], "BINARY", True]], "a IS NOT NULL"],
        [4, "item", column("later", "TEXT", default="'new'"), None, [[None, "length(later) < 9"]]],
        [4, "item", column("up", "TEXT", generated=["upper(a)", False]), None, []],
        [5, "item", "n"],
    ]


def founding_log():
    """Changesets of two authors, with a conflict, a delete that had not seen an edit, a row that is gone, and one that is void."""
    table = [2, "item", [["id", "TEXT", True, None, "BINARY", None], ["a", "TEXT", False, None, "BINARY", None], ["n", "INTEGER", False, None, "BINARY", None]], ["id"], False, False, [], []]
    first = rows([[0, "alliance", b"nonce"], [1, SITES[0], "founder", "admin", None, False], table])
    found = wire.seal(SEEDS[0], "control", 0, 1, wire.ZERO, STAMP, {}, 3, first)
    head = lambda changeset: {changeset.feed: (changeset.seq, changeset.hash[:16])}
    admit = wire.seal(SEEDS[0], "control", 0, 2, found.hash, STAMP + 1, {}, 1, rows([[1, SITES[1], "second", "member", None, False]]))
    a = wire.seal(SEEDS[0], "alliance", 0, 1, wire.ZERO, STAMP + 2, head(admit), 3, rows([ITEM, [1, "1", "one", 1], [1, "2", "two", 2.5], [1, "3", cbor.Bytes(b"\xff"), b"\0"]]))
    b = wire.seal(SEEDS[1], "alliance", 0, 1, wire.ZERO, STAMP + 3, {**head(a), **head(admit)}, 3, rows([ITEM, [2, "1", {0: "B"}], [3, "2"], [3, "3"]]))
    c = wire.seal(SEEDS[0], "alliance", 0, 2, a.hash, STAMP + 4, {}, 2, rows([ITEM, [2, "1", {0: "A", 1: 9}], [2, "2", {1: None}]]))
    d = wire.seal(SEEDS[1], "alliance", 7, 1, wire.ZERO, STAMP + 5, {**head(a), **head(admit), **head(b)}, 1, rows([ITEM, [1, "4", "x" * 70_000, -(2**63)]]))
    # Its context goes back, so that it is void.
    e = wire.seal(SEEDS[1], "alliance", 0, 2, b.hash, STAMP + 6, {found.feed: (1, found.hash[:16])}, 1, rows([ITEM, [1, "5", "void", 5]]))
    return [found, admit, a, b, c, d, e]


def by_feed(log):
    out = {}
    for changeset in log:
        out.setdefault(changeset.feed, []).append(changeset)
    return out


def messages():
    """Every message, by name."""
    held = {("control", SITES[0], 0): 2, ("alliance", SITES[0], 0): 40, ("alliance", SITES[1], 0): 3, ("alliance", SITES[1], 7): 1}
    of = dict(alliance=wire.sha(b"alliance"), site=SITES[0], clock=1_800_000_000_000, control_digest=wire.sha(b"control"), heads_digest=wire.sha(b"heads"))
    unfinished = [["alliance", SITES[1], 7, 2, 12]]
    one, other = wire.sha(b"one way"), wire.sha(b"another way")
    branches = {("alliance", SITES[1], 0, 4, min(one, other)): 6, ("alliance", SITES[1], 0, 4, max(one, other)): 4}
    marks = [["alliance", SITES[0], 0, seq, wire.sha(b"%d" % seq)[:16]] for seq in (1, 36, 38, 39, 40)]
    arriving = [["alliance", SITES[1], 0, 7, 3, 4, min(one, other)]]
    return held, {
        "hello": wire.hello(held=held, unfinished=unfinished, **of),
        "hello that stays": wire.hello(held=held, stays=True, **of),
        "hello by roster": wire.hello(roster_vector=wire.roster_vector(held, sorted(SITES)), **of),
        "hello of who knows a fork": wire.hello(held=held, branches=branches, unfinished=arriving, **of),
        "hello of who looks for a fork": wire.hello(held=held, marks=marks, **of),
        "knock": [wire.KNOCK, {}],
        "join": [wire.JOIN, {0: of["alliance"], 1: bytes(range(16)), 2: "newcomer"}],
        "vector-wanted": [wire.VECTOR_WANTED, {}],
        "vector": [wire.VECTOR, {0: wire.vector(held)}],
        "changes": [wire.CHANGES, {0: b"\x28\xb5\x2f\xfd", 1: False}],
        "ack": [wire.ACK, {0: wire.vector({("alliance", SITES[0], 0): 40}), 1: wire.vector({("alliance", SITES[1], 7): 0})}],
        "ack of a branch": [wire.ACK, {0: wire.vector(branches), 1: []}],
        "ping": [wire.PING, {}],
        "bye": [wire.BYE, {0: 0}],
        "error": [wire.ERROR, {0: "fork", 1: "a sentence"}],
    }


def long_vector(count):
    return {("alliance", wire.sha(b"%d" % number), 1): number + 1 for number in range(count)}


def header_entry(changeset):
    return {
        "header": changeset.bytes.hex(), "signature": changeset.signature.hex(), "hash": changeset.hash.hex(), "chunks": [runs(chunk) for chunk in changeset.chunks],
        "scope": changeset.feed[0], "site": changeset.feed[1].hex(), "incarnation": changeset.feed[2], "seq": changeset.seq, "stamp": changeset.stamp,
        "context": [[scope, site.hex(), incarnation, seq, hash16.hex()] for (scope, site, incarnation), (seq, hash16) in sorted(changeset.advance.items())],
        "chunk-hashes": [value.hex() for value in changeset.hashes],
        "rows": [row if len(row) < 1000 else "SHA-256 " + wire.sha(row.encode()).hex() for row in rows_text(changeset.operations())] if changeset.feed[0] != "control" else [],
    }


def make():
    log, (held, said), roster = founding_log(), messages(), sorted(SITES)
    feeds = by_feed(log)
    heads = {feed: (len(changesets), changesets[-1].hash[:16]) for feed, changesets in feeds.items()}
    invitation = dict(alliance=wire.sha(b"alliance"), inviter=SITES[0], name="founder", addresses=["192.0.2.1:7410", "[2001:db8::1]:7410"], secret=bytes(range(16)), expires=1_800_000_000_000)
    long = wire.frames([wire.VECTOR, {0: wire.vector(long_vector(5000))}])
    return {
        "keys": [{"seed": seed.hex(), "site": site.hex()} for seed, site in zip(SEEDS, SITES)],
        "keys that are nobody's": SMALL_ORDER,
        "signatures": [{"site": SITES[0].hex(), "message": b"message".hex(), "signature": ed25519.sign(SEEDS[0], b"message").hex(), "valid": True}]
        + [{"site": site.hex(), "message": b"message".hex(), "signature": signature.hex(), "valid": False} for site, signature in bad_signatures()],
        "values": [{"value": value_text(value), "bytes": cbor.encode(value).hex()} for value in VALUES],
        "items": TAKEN,
        "refused": REFUSED,
        "control": [{"bytes": cbor.encode(operation).hex()} for operation in control()],
        "log": [header_entry(changeset) for changeset in log],
        "alliance": log[0].hash.hex(),
        "digest of heads": wire.digest_of_heads(heads).hex(),
        "digest of control": wire.digest_of_heads({feed: head for feed, head in heads.items() if feed[0] == "control"}).hex(),
        "digest of tables": merge.Tables(feeds, log[0].hash).digest().hex(),
        "roster": [site.hex() for site in roster],
        "held": [[scope, site.hex(), incarnation, seq] for (scope, site, incarnation), seq in sorted(held.items())],
        "messages": {name: cbor.encode(message).hex() for name, message in said.items()},
        "parts": {"feeds": 5000, "frames": len(long), "sha-256": wire.sha(b"".join(long)).hex()},
        "invitation": {"text": wire.invitation(**invitation), **{key: value.hex() if isinstance(value, bytes) else value for key, value in invitation.items()}},
    }


def bad_signatures():
    """An altered one; one whose s is not below the order; and one that holds only for a key of small order."""
    good = ed25519.sign(SEEDS[0], b"message")
    beyond = good[:32] + (int.from_bytes(good[32:], "little") + ed25519.L).to_bytes(32, "little")
    nobody = bytes([1]) + bytes(31)
    return [(SITES[0], bytes([good[0] ^ 1]) + good[1:]), (SITES[0], beyond), (SITES[1], good), (nobody, nobody + bytes(32))]


def check(path):
    """Each vector is what this peer makes, and what it reads of it is what it was made of."""
    found, made = json.load(open(path)), make()
    wrong = [name for name in made if found.get(name) != json.loads(json.dumps(made[name]))] + [name for name in found if name not in made]
    for entry in found["values"]:
        wrong += [entry["value"]] if value_text(cbor.decode(bytes.fromhex(entry["bytes"]))) != entry["value"] else []
    for item in found["items"]:
        cbor.decode(bytes.fromhex(item))
    wrong += [f"{item} ({why}) is not refused" for item, why in found["refused"].items() if not is_refused(item)]
    wrong += [key for key in found["keys that are nobody's"] if ed25519.is_key(bytes.fromhex(key))]
    for entry in found["signatures"]:
        site, message, signature = (bytes.fromhex(entry[name]) for name in ("site", "message", "signature"))
        wrong += [f"signature by {site.hex()}"] if ed25519.verify(site, message, signature) != entry["valid"] else []
    for entry in found["log"]:
        changeset = wire.Changeset(bytes.fromhex(entry["header"]), bytes.fromhex(entry["signature"]), [read_runs(chunk) for chunk in entry["chunks"]])
        wrong += [] if changeset.is_signed() and list(map(wire.sha, changeset.chunks)) == changeset.hashes else [f"changeset {changeset.seq}"]
    wrong += [name for name, data in found["messages"].items() if cbor.encode(wire.MessageReader().take(bytes.fromhex(data))).hex() != data]
    held = {(scope, bytes.fromhex(site), incarnation): seq for scope, site, incarnation, seq in found["held"]}
    roster = [bytes.fromhex(site) for site in found["roster"]]
    hellos = [wire.MessageReader().take(bytes.fromhex(found["messages"][name]))[1] for name in ("hello", "hello by roster")]
    wrong += [] if wire.read_vector(hellos[0][10]) == held and wire.read_roster_vector(hellos[1][11], roster) == held else ["the vector of a hello"]
    if wrong:
        raise Refused("vectors", "; ".join(wrong))


def is_refused(item):
    try:
        cbor.decode(bytes.fromhex(item))
        return False
    except Refused:
        return True


if __name__ == "__main__":
    with open(sys.argv[1], "w") as file:
        json.dump(make(), file, indent=1, ensure_ascii=False)
        file.write("\n")
