"""Ed25519 (RFC 8032), with the verification that the article Protocol states: no cofactor, and no keys of small order."""

import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _hash(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def _add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(scalar, point):
    out = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            out = _add(out, point)
        point = _add(point, point)
        scalar >>= 1
    return out


def _x(y, sign):
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    if x == 0 and sign:
        return None
    return P - x if x & 1 != sign else x


_BY = 4 * pow(5, P - 2, P) % P
_BX = _x(_BY, 0)
BASE = (_BX, _BY, 1, _BX * _BY % P)


def _encode(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _decode(data):
    number = int.from_bytes(data, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    if y >= P:
        return None
    x = _x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def is_key(data):
    """Whether this is the one encoding of a point whose order is not small."""
    point = _decode(data) if len(data) == 32 else None
    return point is not None and _encode(_times(8, point)) != (1).to_bytes(32, "little")


def _expand(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
    return scalar, digest[32:]


def public(seed):
    return _encode(_times(_expand(seed)[0], BASE))


def sign(seed, message):
    scalar, prefix = _expand(seed)
    key = _encode(_times(scalar, BASE))
    r = _hash(prefix, message) % L
    point = _encode(_times(r, BASE))
    s = (r + _hash(point, key, message) * scalar) % L
    return point + s.to_bytes(32, "little")


def verify(key, message, signature):
    if len(signature) != 64 or not is_key(key):
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    x, y, z, t = _times(_hash(signature[:32], key, message) % L, _decode(key))
    return _encode(_add(_times(s, BASE), (P - x, y, z, P - t))) == signature[:32]
