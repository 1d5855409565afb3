"""zstd frames, one after the other, in either direction: the C library by ctypes, so that nothing but it is needed."""

import ctypes

from cbor import Refused

_lib = ctypes.CDLL("libzstd.so.1")


class _Buffer(ctypes.Structure):
    _fields_ = [("at", ctypes.c_void_p), ("size", ctypes.c_size_t), ("pos", ctypes.c_size_t)]


_OUT = ctypes.POINTER(_Buffer)
for _name, _result, _arguments in (
    ("ZSTD_createCCtx", ctypes.c_void_p, []),
    ("ZSTD_createDCtx", ctypes.c_void_p, []),
    ("ZSTD_CCtx_setParameter", ctypes.c_size_t, [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]),
    ("ZSTD_DCtx_setParameter", ctypes.c_size_t, [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]),
    ("ZSTD_compressStream2", ctypes.c_size_t, [ctypes.c_void_p, _OUT, _OUT, ctypes.c_int]),
    ("ZSTD_decompressStream", ctypes.c_size_t, [ctypes.c_void_p, _OUT, _OUT]),
    ("ZSTD_isError", ctypes.c_uint, [ctypes.c_size_t]),
):
    getattr(_lib, _name).restype = _result
    getattr(_lib, _name).argtypes = _arguments

WINDOW_LOG = 20
_C_WINDOW_LOG, _D_WINDOW_LOG_MAX, _FLUSH, _END = 101, 100, 1, 2
_ROOM = 1 << 17


def _run(step, data):
    source = ctypes.create_string_buffer(data, len(data) or 1)
    room = ctypes.create_string_buffer(_ROOM)
    given = _Buffer(ctypes.addressof(source), len(data), 0)
    pieces = []
    while True:
        made = _Buffer(ctypes.addressof(room), _ROOM, 0)
        left = step(ctypes.byref(made), ctypes.byref(given))
        if _lib.ZSTD_isError(left):
            raise Refused("bad-frame", "the zstd stream is broken")
        pieces.append(room.raw[: made.pos])
        if given.pos == given.size and made.pos < _ROOM:
            return b"".join(pieces)


class Compressor:
    def __init__(self):
        self.context = _lib.ZSTD_createCCtx()
        _lib.ZSTD_CCtx_setParameter(self.context, _C_WINDOW_LOG, WINDOW_LOG)

    def flushed(self, data):
        return _run(lambda made, given: _lib.ZSTD_compressStream2(self.context, made, given, _FLUSH), data)

    def ended(self, data):
        return _run(lambda made, given: _lib.ZSTD_compressStream2(self.context, made, given, _END), data)


class Decompressor:
    def __init__(self):
        self.context = _lib.ZSTD_createDCtx()
        _lib.ZSTD_DCtx_setParameter(self.context, _D_WINDOW_LOG_MAX, WINDOW_LOG)

    def read(self, data):
        if not data:
            return b""
        return _run(lambda made, given: _lib.ZSTD_decompressStream(self.context, made, given), data)
