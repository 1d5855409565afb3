import ReplicaModel

/// Writes deterministic CBOR (RFC 8949, section 4.2): shortest heads, definite lengths. The caller writes as many items
/// as an array's or a map's head names, and a map's keys in ascending order.
package struct CBORWriter: Sendable {
    package internal(set) var bytes: [UInt8] = []

    package init() {}

    @inline(__always)
    mutating func head(_ major: UInt8, _ argument: UInt64) {
        if argument < 24 {
            bytes.append(major << 5 | UInt8(truncatingIfNeeded: argument))
        } else if argument <= 0xFF {
            bytes.append(major << 5 | 24)
            bytes.append(UInt8(truncatingIfNeeded: argument))
        } else {
            longHead(major, argument)
        }
    }

    private mutating func longHead(_ major: UInt8, _ argument: UInt64) {
        let (form, width): (UInt8, Int) =
            switch argument {
            case 0...0xFFFF: (25, 2)
            case 0...0xFFFF_FFFF: (26, 4)
            default: (27, 8)
            }
        bytes.append(major << 5 | form)
        bigEndian(argument, width: width)
    }

    private mutating func bigEndian(_ argument: UInt64, width: Int) {
        for index in stride(from: (width - 1) * 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: argument >> UInt64(index)))
        }
    }

    /// Forgets what is written, and keeps the room that it took.
    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    /// Appends what is encoded already, or the content of a string whose head is written.
    mutating func append(_ content: UnsafeRawBufferPointer) { bytes.append(contentsOf: content) }

    mutating func append(_ content: [UInt8]) { bytes.append(contentsOf: content) }

    package mutating func write(unsigned: UInt64) { head(CBORMajor.unsigned, unsigned) }

    package mutating func write(integer: Int64) {
        if integer >= 0 {
            head(CBORMajor.unsigned, UInt64(integer))
        } else {
            head(CBORMajor.negative, UInt64(bitPattern: ~integer))
        }
    }

    package mutating func write(bytes content: some Collection<UInt8>) {
        head(CBORMajor.bytes, UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    mutating func write(_ bytes: Bytes32) { write(bytes: bytes.bytes) }

    package mutating func write(text: some StringProtocol) {
        let content = text.utf8
        head(CBORMajor.text, UInt64(content.count))
        bytes.append(contentsOf: content)
    }

    mutating func write(texts: [String]) {
        beginArray(texts.count)
        for text in texts { write(text: text) }
    }

    /// Writes text, or null for nil.
    mutating func write(optional text: String?) {
        if let text { write(text: text) } else { writeNull() }
    }

    package mutating func write(name: Identifier) { write(text: name.text) }

    package mutating func write(names: [Identifier]) {
        beginArray(names.count)
        for name in names { write(name: name) }
    }

    package mutating func write(bool: Bool) { head(CBORMajor.other, UInt64(bool ? CBORForm.yes : CBORForm.no)) }

    package mutating func writeNull() { head(CBORMajor.other, UInt64(CBORForm.null)) }

    /// `count` items must follow.
    package mutating func beginArray(_ count: Int) { head(CBORMajor.array, UInt64(count)) }

    /// `count` pairs must follow, ascending by the bytes of their keys.
    package mutating func beginMap(_ count: Int) { head(CBORMajor.map, UInt64(count)) }

    /// Negative zero is written as zero. SQLite stores no NaN.
    package mutating func write(real: Double) {
        precondition(!real.isNaN, "a real in a replica is a number or an infinity")
        let value = real + 0.0
        let single = Float(value)
        guard Double(single) == value else {
            bytes.append(CBORMajor.other << 5 | CBORForm.double)
            return bigEndian(value.bitPattern, width: 8)
        }
        if let half = ShortestFloat.half(single) {
            bytes.append(CBORMajor.other << 5 | CBORForm.half)
            bigEndian(UInt64(half), width: 2)
        } else {
            bytes.append(CBORMajor.other << 5 | CBORForm.single)
            bigEndian(UInt64(single.bitPattern), width: 4)
        }
    }
}

extension CBORWriter {
    /// SQLite's storage classes are CBOR's own types; text that is not valid UTF-8 is a tagged byte string.
    package mutating func write(_ value: Value) {
        switch value {
        case .null: writeNull()
        case .integer(let integer): write(integer: integer)
        case .real(let real): write(real: real)
        case .blob(let content): write(bytes: content)
        case .text(let content):
            if UTF8Check.isValid(content) {
                head(CBORMajor.text, UInt64(content.count))
                bytes.append(contentsOf: content)
            } else {
                head(CBORMajor.tag, notUTF8Tag)
                write(bytes: content)
            }
        }
    }
}
