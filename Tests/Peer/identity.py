"""A site's key as TLS wants it: a certificate that the key signed itself, written byte by byte."""

import os
import ssl
import tempfile
from base64 import b64encode

import ed25519

_ALGORITHM = bytes.fromhex("300506032b6570")


def _der(tag, content):
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content


def certificate(seed):
    key = ed25519.public(seed)
    name = _der(0x30, _der(0x31, _der(0x30, bytes.fromhex("0603550403") + _der(0x0C, b"peer"))))
    validity = _der(0x30, _der(0x17, b"700101000000Z") + _der(0x18, b"99991231235959Z"))
    holder = _der(0x30, _ALGORITHM + _der(0x03, b"\0" + key))
    content = _der(0x30, b"\xa0\x03\x02\x01\x02" + b"\x02\x01\x01" + _ALGORITHM + name + validity + name + holder)
    return _der(0x30, content + _ALGORITHM + _der(0x03, b"\0" + ed25519.sign(seed, content)))


def _pem(kind, der):
    text = b64encode(der).decode()
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return f"-----BEGIN {kind}-----\n" + "\n".join(lines) + f"\n-----END {kind}-----\n"


def context(seed, listens=False):
    """A TLS context. Whose key answers is asked afterwards: no authority is involved. (A listening side would ask for the other's certificate too,
    which this library can only do with an authority.)"""
    private = bytes.fromhex("302e020100300506032b657004220420") + seed
    out = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if listens else ssl.PROTOCOL_TLS_CLIENT)
    out.minimum_version = ssl.TLSVersion.TLSv1_3
    out.check_hostname = False
    out.verify_mode = ssl.CERT_NONE
    with tempfile.NamedTemporaryFile("w", suffix=".pem", delete=False) as file:
        file.write(_pem("PRIVATE KEY", private) + _pem("CERTIFICATE", certificate(seed)))
    try:
        out.load_cert_chain(file.name)
    finally:
        os.unlink(file.name)
    return out


def site_of(der):
    """The Ed25519 key in a certificate."""
    marker = bytes.fromhex("302a300506032b6570032100")
    start = der.index(marker) + len(marker)
    return der[start : start + 32]
