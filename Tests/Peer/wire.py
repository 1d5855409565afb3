"""The structures of the article Protocol: headers, chunks, messages, vectors, invitations, and what is hashed and signed."""

import base64
import hashlib

import cbor
import ed25519
from cbor import Refused

CHUNK = 49152
FRAME_LOWEST = 131072
PART = 65536
MESSAGE_MAX = 8 << 20
SIGNED = b"caravan changeset 1\0"
ZERO = bytes(32)


def sha(data):
    return hashlib.sha256(data).digest()


def chunks_of(operations):
    return [operations[start : start + CHUNK] for start in range(0, len(operations), CHUNK)]


def heads(by_feed):
    """`heads`: from feed (scope, site, incarnation) to (seq, the first 16 bytes of a hash)."""
    return [[*feed, seq, hash16] for feed, (seq, hash16) in sorted(by_feed.items())]


def digest_of_heads(by_feed):
    return sha(cbor.encode(heads(by_feed)))


class Changeset:
    """A header with its signature and chunks."""

    def __init__(self, header, signature, chunks):
        self.bytes, self.signature, self.chunks = header, signature, chunks
        self.hash = sha(header)
        fields = cbor.decode(header)
        if not isinstance(fields, list) or len(fields) != 9:
            raise Refused("bad-message", "a header is an array of nine")
        scope, site, incarnation, self.seq, self.previous, self.stamp, context, self.count, self.hashes = fields
        self.feed = (scope, site, incarnation)
        # A feed that went several ways has an entry for each; of those this peer goes by the greatest.
        self.advance = {tuple(entry[:3]): (entry[3], entry[4]) for entry in context}
        order = [(entry[0].encode(), *entry[1:]) for entry in context]
        if any(left >= right for left, right in zip(order, order[1:])) or self.feed in self.advance:
            raise Refused("bad-message", "a context is ascending, and never names the own feed")
        if (self.previous == ZERO) != (self.seq == 1) or (self.count == 0) != (not self.hashes):
            raise Refused("bad-message", "a header that cannot be meant")
        if not ed25519.is_key(site):
            raise Refused("bad-message", "a site that is nobody's key")

    def is_signed(self):
        return ed25519.verify(self.feed[1], SIGNED + self.bytes, self.signature)

    def operations(self):
        return b"".join(self.chunks)


def seal(seed, scope, incarnation, seq, previous, stamp, advance, count, operations):
    pieces = chunks_of(operations)
    feed = [scope, ed25519.public(seed), incarnation]
    header = cbor.encode([*feed, seq, previous, stamp, heads(advance), count, [sha(piece) for piece in pieces]])
    return Changeset(header, ed25519.sign(seed, SIGNED + header), pieces)


# Messages

HELLO, KNOCK, JOIN, VECTOR_WANTED, VECTOR, CHANGES, ACK, PING, BYE, ERROR, PART_TYPE = 1, 3, 5, 7, 9, 11, 13, 2, 15, 17, 19


def vector(by_feed):
    """From (scope, site, incarnation), or (scope, site, incarnation, first, branch) for a branch, to seq."""
    scopes = {}
    for (scope, site, incarnation, *branch), seq in sorted(by_feed.items()):
        scopes.setdefault(scope, []).append([site, seq] if incarnation == 0 and not branch else [site, incarnation, *branch, seq])
    return [[scope, entries] for scope, entries in sorted(scopes.items())]


def read_vector(item):
    out = {}
    for scope, entries in item:
        for entry in entries:
            out[(scope, entry[0], entry[1] if len(entry) > 2 else 0, *entry[2:-1])] = entry[-1]
    if vector(out) != item:
        raise Refused("bad-message", "a vector is ascending, without incarnations of 0")
    return out


def roster_vector(by_feed, roster):
    """`roster`: site ids, ascending. None where a feed's site is not on it."""
    scopes = {}
    for (scope, site, incarnation), seq in by_feed.items():
        if site not in roster:
            return None
        scopes.setdefault(scope, []).append((roster.index(site), incarnation, seq))
    out = []
    for scope, entries in sorted(scopes.items()):
        first, later, after = [], [], 0
        for position, incarnation, seq in sorted(entries):
            if incarnation == 0:
                first += [position - after, seq]
                after = position + 1
            else:
                later += [position, incarnation, seq]
        out.append([scope, first, later])
    return out


def read_roster_vector(item, roster):
    out = {}
    for scope, first, later in item:
        position = 0
        for gap, seq in zip(first[::2], first[1::2]):
            out[(scope, roster[position + gap], 0)] = seq
            position += gap + 1
        for position, incarnation, seq in zip(later[::3], later[1::3], later[2::3]):
            out[(scope, roster[position], incarnation)] = seq
    return out


def hello(**of):
    fields = {
        0: [1, 1], 1: of["alliance"], 2: of["site"], 3: of.get("incarnation", 0), 4: of.get("software", "peer.py"),
        5: of["clock"], 6: of.get("frame_bytes_max", 1 << 20), 7: of.get("scopes", ["alliance", "control"]),
        8: of["control_digest"], 9: of["heads_digest"], 12: of.get("unfinished", []),
    }
    if "roster_vector" in of:
        fields[11] = of["roster_vector"]
    else:
        fields[10] = vector(of["held"])
    if of.get("stays"):
        fields[14] = True
    if "branches" in of:
        fields[15] = vector(of["branches"])
    if "marks" in of:
        fields[16] = sorted(of["marks"])
    return [HELLO, fields]


def frames(message):
    """The payloads of the frames that a message goes in."""
    data = cbor.encode(message)
    if len(data) <= FRAME_LOWEST:
        return [data]
    starts = range(0, len(data), PART)
    return [cbor.encode([PART_TYPE, {0: data[start : start + PART], 1: start + PART >= len(data)}]) for start in starts]


class MessageReader:
    """Puts together what comes in parts."""

    def __init__(self):
        self.gathered = b""

    def take(self, payload):
        message = cbor.decode(payload)
        if not isinstance(message, list) or len(message) != 2 or not isinstance(message[1], dict):
            raise Refused("bad-message", "a message is its type and its fields")
        if message[0] != PART_TYPE:
            if self.gathered and message[0] % 2:
                raise Refused("bad-message", "a message within the parts of another")
            return message
        piece, is_last = message[1][0], message[1][1]
        if not 0 < len(piece) <= PART or not is_last and len(piece) < PART:
            raise Refused("bad-message", "a part that is shorter than it need be")
        self.gathered += piece
        if len(self.gathered) > MESSAGE_MAX:
            raise Refused("too-much", "a message of more than 8 MiB")
        if not is_last:
            return None
        data, self.gathered = self.gathered, b""
        if len(data) <= FRAME_LOWEST:
            raise Refused("bad-message", "parts of a message that goes in one frame")
        return cbor.decode(data)


# Invitations

def invitation(alliance, inviter, name, addresses, secret, expires):
    data = cbor.encode([alliance, inviter, name, addresses, secret, expires])
    return "caravan1-" + base64.b32encode(data + sha(data)[:4]).decode().rstrip("=").lower()


def read_invitation(text):
    line = "".join(text.split()).upper()
    if not line.startswith("CARAVAN1-"):
        raise Refused("bad-invitation", "an invitation begins with caravan1-")
    body = line[len("CARAVAN1-") :]
    data = base64.b32decode(body + "=" * (-len(body) % 8))
    if sha(data[:-4])[:4] != data[-4:]:
        raise Refused("bad-invitation", "a character is wrong")
    return dict(zip(("alliance", "inviter", "name", "addresses", "secret", "expires"), cbor.decode(data[:-4])))
