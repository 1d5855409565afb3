"""What the article's section *Encrypted* needs, in plain Python and slow: X25519 (RFC 7748), HKDF (RFC 5869), ChaCha20-Poly1305 (RFC 8439), and HPKE's
base mode (RFC 9180)."""

import hashlib
import hmac
import struct

import ed25519
from cbor import Refused

CARD = b"caravan sealing key 1\0"
SEALED = b"caravan sealed 1\0"
P = 2**255 - 19


def x25519(scalar, point):
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = k[31] & 127 | 64
    k, u = int.from_bytes(k, "little"), int.from_bytes(point, "little") & (2**255 - 1)
    x2, z2, x3, z3, swap = 1, 0, u, 1, 0
    for bit in range(254, -1, -1):
        now = k >> bit & 1
        if swap != now:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = now
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % P, b * b % P, d * a % P, c * b % P
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % P, u * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


BASE = (9).to_bytes(32, "little")


def extract(salt, material):
    return hmac.new(salt or bytes(32), material, hashlib.sha256).digest()


def expand(key, info, length):
    out, last = b"", b""
    while len(out) < length:
        last = hmac.new(key, last + info + bytes([len(out) // 32 + 1]), hashlib.sha256).digest()
        out += last
    return out[:length]


def secret(seed):
    """A site's X25519 key, from its Ed25519 seed."""
    return expand(extract(b"", seed), CARD, 32)


def _quarter(s, a, b, c, d):
    for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        s[x] = s[x] + s[y] & 0xFFFFFFFF
        word = s[z] ^ s[x]
        s[z] = (word << turn | word >> 32 - turn) & 0xFFFFFFFF


def _chacha(key, counter, nonce):
    start = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574, *struct.unpack("<8I", key), counter, *struct.unpack("<3I", nonce)]
    s = list(start)
    for _ in range(10):
        for column in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15), (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            _quarter(s, *column)
    return struct.pack("<16I", *(x + y & 0xFFFFFFFF for x, y in zip(s, start)))


def _poly(key, message):
    r, s = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF, int.from_bytes(key[16:], "little")
    total = 0
    for at in range(0, len(message), 16):
        total = (total + int.from_bytes(message[at : at + 16] + b"\1", "little")) * r % (2**130 - 5)
    return (total + s & 2**128 - 1).to_bytes(16, "little")


def chacha_open(key, nonce, data, box):
    text, tag = box[:-16], box[-16:]
    pad = lambda piece: bytes(-len(piece) % 16)
    sizes = struct.pack("<QQ", len(data), len(text))
    if not hmac.compare_digest(_poly(_chacha(key, 0, nonce)[:32], data + pad(data) + text + pad(text) + sizes), tag):
        raise Refused("altered", "what is encrypted was altered")
    stream = b"".join(_chacha(key, 1 + at // 64, nonce) for at in range(0, len(text), 64))
    return bytes(x ^ y for x, y in zip(text, stream))


def _labeled_extract(suite, salt, label, material):
    return extract(salt, b"HPKE-v1" + suite + label + material)


def _labeled_expand(suite, key, label, info, length):
    return expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)


def hpke_open(own, encapsulated, info, data, box):
    """RFC 9180, sections 4.1 and 5.1: base mode, one message."""
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x03"
    shared = x25519(own, encapsulated)
    context = encapsulated + x25519(own, BASE)
    shared = _labeled_expand(kem, _labeled_extract(kem, b"", b"eae_prk", shared), b"shared_secret", context, 32)
    schedule = b"\0" + _labeled_extract(suite, b"", b"psk_id_hash", b"") + _labeled_extract(suite, b"", b"info_hash", info)
    prk = _labeled_extract(suite, shared, b"secret", b"")
    key, nonce = _labeled_expand(suite, prk, b"key", schedule, 32), _labeled_expand(suite, prk, b"base_nonce", schedule, 12)
    return chacha_open(key, nonce, data, box)


def unwrap(seed, alliance, writer, encapsulated, wrapped):
    return hpke_open(secret(seed), encapsulated, SEALED + alliance + writer, ed25519.public(seed), wrapped)


def open_block(key, number, is_last, head_hash, block):
    return chacha_open(key, bytes([0, 0, 0, is_last]) + number.to_bytes(8, "big"), head_hash, block)
