"""CBOR as the article Protocol has it: one value, one encoding, and anything else is refused."""

import struct

TEXT_TAG = 24000
NESTING_MAX = 16


class Refused(Exception):
    """Bytes that break a rule of the article; `code` is the error's name on the wire."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code = code


class Bytes(bytes):
    """Text that is not valid UTF-8, as SQLite may hold it."""

    __hash__ = bytes.__hash__

    def __eq__(self, other):
        return isinstance(other, Bytes) and bytes.__eq__(self, other)


def head(major, argument):
    if argument < 24:
        return bytes([major << 5 | argument])
    for form, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << (8 * width):
            return bytes([major << 5 | form]) + argument.to_bytes(width, "big")
    raise ValueError(argument)


def encode_float(value):
    if value != value:
        raise ValueError("NaN has no encoding")
    value += 0.0  # -0.0 + 0.0 is 0.0
    for form, code in ((25, "e"), (26, "f")):
        try:
            packed = struct.pack(">" + code, value)
        except OverflowError:
            continue
        if struct.unpack(">" + code, packed)[0] == value:
            return bytes([7 << 5 | form]) + packed
    return b"\xfb" + struct.pack(">d", value)


def encode(value):
    if value is None:
        return b"\xf6"
    if value is False or value is True:
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return encode_float(value)
    if isinstance(value, Bytes):
        return head(6, TEXT_TAG) + head(2, len(value)) + value
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        content = value.encode()
        return head(3, len(content)) + content
    if isinstance(value, (list, tuple)):
        return head(4, len(value)) + b"".join(map(encode, value))
    if isinstance(value, dict):
        pairs = sorted((encode(key), encode(item)) for key, item in value.items())
        return head(5, len(pairs)) + b"".join(key + item for key, item in pairs)
    raise TypeError(type(value))


class Truncated(Refused):
    def __init__(self):
        super().__init__("bad-message", "the bytes end within an item")


def refuse(sentence):
    raise Refused("bad-message", sentence)


class Reader:
    def __init__(self, data, offset=0):
        self.data = data
        self.offset = offset

    def head(self):
        """Major type, form and argument of the next item."""
        if self.offset >= len(self.data):
            raise Truncated()
        first = self.data[self.offset]
        major, form = first >> 5, first & 31
        if form < 24:
            self.offset += 1
            return major, form, form
        if form > 27:
            refuse("an indefinite length, or a reserved form")
        width = 1 << (form - 24)
        content = self.data[self.offset + 1 : self.offset + 1 + width]
        if len(content) < width:
            raise Truncated()
        argument = int.from_bytes(content, "big")
        if major != 7 and argument < (24 if width == 1 else 1 << (4 * width)):
            refuse("a head that is not the shortest")
        self.offset += 1 + width
        return major, form, argument

    def take(self, count):
        content = self.data[self.offset : self.offset + count]
        if len(content) < count:
            raise Truncated()
        self.offset += count
        return bytes(content)

    def item(self, containers=0):
        major, form, argument = self.head()
        if major >= 4 and major < 7 and containers >= NESTING_MAX:
            raise Refused("too-much", "more than 16 containers around an item")
        if major == 0:
            return argument
        if major == 1:
            return -1 - argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            return self.text(argument)
        if major == 4:
            return [self.item(containers + 1) for _ in range(self.count(argument))]
        if major == 5:
            return self.map(argument, containers)
        if major == 6:
            return self.tagged(argument)
        return self.simple(form, argument)

    def count(self, argument):
        if argument > len(self.data) - self.offset:
            raise Truncated()
        return argument

    def text(self, count):
        try:
            return self.take(count).decode()
        except UnicodeDecodeError:
            refuse("text that is not UTF-8")

    def map(self, argument, containers):
        out, last = {}, None
        for _ in range(self.count(argument)):
            start = self.offset
            key = self.item(containers + 1)
            raw = self.data[start : self.offset]
            if last is not None and raw <= last:
                refuse("map keys that are not in ascending order")
            last = raw
            out[key if not isinstance(key, (list, dict)) else raw] = self.item(containers + 1)
        return out

    def tagged(self, tag):
        if tag != TEXT_TAG:
            refuse("another tag")
        major, _, count = self.head()
        if major != 2:
            refuse("a tag round something else than bytes")
        content = self.take(count)
        try:
            content.decode()
        except UnicodeDecodeError:
            return Bytes(content)
        refuse("tagged as not UTF-8, and it is")

    def simple(self, form, argument):
        if form in (20, 21):
            return form == 21
        if form == 22:
            return None
        if form not in (25, 26, 27):
            refuse("a simple value that is none of ours")
        value = struct.unpack(">" + {25: "e", 26: "f", 27: "d"}[form], argument.to_bytes(1 << (form - 24), "big"))[0]
        width = 1 + (1 << (form - 24))
        if value != value or encode_float(value) != bytes(self.data[self.offset - width : self.offset]):
            refuse("a float that is NaN, negative zero, or not the shortest")
        return value


def decode(data):
    reader = Reader(data)
    value = reader.item()
    if reader.offset != len(data):
        refuse("bytes behind the end of an item")
    return value


def sequence(data):
    reader, items = Reader(data), []
    while reader.offset < len(data):
        items.append(reader.item())
    return items
