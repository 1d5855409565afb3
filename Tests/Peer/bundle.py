"""Carried files, read from the article Protocol alone: `python3 bundle.py FILE [SEED]` prints what is in one, as JSON. SEED, in hexadecimal, opens one
that is encrypted to the site of that key; without it only the outside is told."""

import json
import sys

import cbor
import ed25519
import sealing
import wire
import zstd
from cbor import Refused

MAGIC = b"caravan\x1a"
SIGNED = b"caravan file 1\0"
HEAD_MAX, BLOCK_MAX = 16 << 20, 65536
BUNDLE, REQUEST, SEALED, PETITION = 1, 2, 3, 4
FIELDS = {BUNDLE: {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15}, REQUEST: {0, 1, 2, 3, 4, 5, 6, 7, 15}, SEALED: {0, 1, 2, 3, 11}, PETITION: {1, 2, 3, 12, 13, 14}}


def byte_string(data, at, most):
    """The byte string that begins there, and where the next item begins."""
    if at >= len(data):
        raise Refused("cut", "the file ends before its end")
    form = data[at] & 31
    width = {24: 1, 25: 2, 26: 4, 27: 8}.get(form, 0)
    if data[at] >> 5 != 2 or form > 27:
        raise Refused("altered", "a byte string must stand here")
    if at + 1 + width > len(data):
        raise Refused("cut", "the file ends before its end")
    length = int.from_bytes(data[at + 1 : at + 1 + width], "big") if width else form
    start = at + 1 + width
    if cbor.head(2, length) != data[at:start] or length > most:
        raise Refused("altered", "a head that is not the shortest, or too long a byte string")
    if start + length > len(data):
        raise Refused("cut", "the file ends before its end")
    return data[start : start + length], start + length


class CarriedFile:
    """A file whose signature held."""

    def __init__(self, data):
        if data[: len(MAGIC)] != MAGIC[: len(data)]:
            raise Refused("not-a-bundle", "another magic")
        self.head_bytes, at = byte_string(data, len(MAGIC), HEAD_MAX)
        head = cbor.decode(self.head_bytes)
        self.kind, version = head[0], head[1]
        if version > 2:
            raise Refused("newer-version", f"version {version}")
        if len(head) != 3 or self.kind not in FIELDS or version not in ((1, 2) if self.kind in (BUNDLE, REQUEST) else (1,)):
            raise Refused("altered", "a head that is none")
        self.fields = head[2]
        if FIELDS[self.kind] - set(self.fields) - ({15} if version == 1 else set()):
            raise Refused("altered", "a field is missing")
        self.site = self.fields[1]
        blocks = []
        while True:
            block, at = byte_string(data, at, BLOCK_MAX)
            if not block:
                break
            blocks.append(block)
        self.blocks = blocks
        digest = wire.sha(data[:at])
        signature, at = byte_string(data, at, 64)
        if at != len(data):
            raise Refused("altered", "something stands behind the end")
        if not ed25519.is_key(self.site) or not ed25519.verify(self.site, SIGNED + digest, signature):
            raise Refused("altered", "it is not signed by its site")
        self.id = digest[:16]
        if self.kind in (REQUEST, PETITION) and blocks:
            raise Refused("altered", "a body where none may be")


def changesets(file):
    """The changesets of a bundle, held against its ranges."""
    plain = zstd.Decompressor().read(b"".join(file.blocks))
    found, at = [], 0
    for item in cbor.sequence(plain):
        if item[0] == 0 and len(item) == 3:
            found.append([item[1], item[2], []])
        elif item[0] == 1 and len(item) == 2:
            found[-1][2].append(item[1])
        else:
            raise Refused("altered", "an item that is none")
    found = [wire.Changeset(header, signature, chunks) for header, signature, chunks in found]
    # By feed and number of the first: how many ranges have not begun, and how those end that have not ended.
    groups, begun = {}, {}
    for scope, site, incarnation, first, last, *end in file.fields[9]:
        group = groups.setdefault((scope, site, incarnation, first), [0, set()])
        group[0] += 1
        group[1].add((last, *end))
    for changeset in found:
        if not changeset.is_signed() or [wire.sha(chunk) for chunk in changeset.chunks] != changeset.hashes:
            raise Refused("altered", "a changeset that its author did not sign")
        group = begun.pop((changeset.feed, changeset.seq - 1, changeset.previous), None)
        if group is None:
            group = groups.get((*changeset.feed, changeset.seq), [0, set()])
            if not group[0]:
                raise Refused("altered", "a changeset that the head does not say comes next")
            group[0] -= 1
        ends = group[1] & {(changeset.seq, changeset.hash[:16]), (changeset.seq,)}
        group[1] -= ends
        if not ends:
            begun[changeset.feed, changeset.seq, changeset.hash] = group
    if begun or any(count or ends for count, ends in groups.values()):
        raise Refused("altered", "fewer changesets than the head says")
    return found


def opened(file, seed):
    """The file within an encrypted one."""
    site = ed25519.public(seed)
    for reader, encapsulated, wrapped in file.fields[11]:
        if reader == site:
            key = sealing.unwrap(seed, file.fields[0], file.site, encapsulated, wrapped)
            break
    else:
        raise Refused("not-for-us", "no key is wrapped for this site")
    pieces = [
        sealing.open_block(key, number, number == len(file.blocks) - 1, wire.sha(file.head_bytes), block)
        for number, block in enumerate(file.blocks)
    ]
    inner = CarriedFile(b"".join(pieces))
    if inner.kind != BUNDLE or inner.site != file.site or inner.fields[0] != file.fields[0]:
        raise Refused("altered", "what is encrypted is not its writer's")
    return inner


def told(file):
    out = {"kind": file.kind, "site": file.site.hex(), "id": file.id.hex(), "written": file.fields[2]}
    if file.kind != PETITION:
        out["alliance"] = file.fields[0].hex()
    if file.kind in (BUNDLE, REQUEST):
        out["held"] = sum(seq for _, entries in file.fields[4] for *_, seq in entries)
        for site, key, signature in file.fields[6]:
            if not ed25519.verify(site, sealing.CARD + key, signature):
                raise Refused("altered", "a card that its site did not sign")
        out["cards"] = [site.hex() for site, _, _ in file.fields[6]]
    if file.kind == BUNDLE:
        found = changesets(file)
        out["for"] = [site.hex() for site in file.fields[8]]
        out["changesets"] = len(found)
        out["operations"] = sum(changeset.count for changeset in found)
    if file.kind == SEALED:
        out["for"] = [site.hex() for site, _, _ in file.fields[11]]
    if file.kind == PETITION:
        out["name"] = file.fields[12]
    return out


def main():
    with open(sys.argv[1], "rb") as opened_file:
        data = opened_file.read()
    try:
        file = CarriedFile(data)
        if file.kind == SEALED and len(sys.argv) > 2:
            file = opened(file, bytes.fromhex(sys.argv[2]))
        print(json.dumps(told(file)))
    except Refused as refused:
        print(json.dumps({"refused": refused.code, "why": str(refused)}))
        sys.exit(1)


if __name__ == "__main__":
    main()
