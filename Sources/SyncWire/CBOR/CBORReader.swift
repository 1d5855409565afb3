import ReplicaModel

/// Reads deterministic CBOR and refuses every other encoding. Made for messages, headers and control operations; rows
/// have `OperationCursor`.
///
/// After an error the reader is of no more use.
package struct CBORReader: Sendable {
    let bytes: [UInt8]
    let end: Int
    /// The place of the next item in the array that the reader was made of.
    package internal(set) var offset: Int

    package init(_ bytes: [UInt8]) { self.init(bytes, at: 0) }

    init(_ bytes: [UInt8], at offset: Int, end: Int? = nil) {
        self.bytes = bytes
        self.offset = offset
        self.end = end ?? bytes.count
    }

    package init(_ slice: ArraySlice<UInt8>) { self.init(Array(slice)) }

    package var isAtEnd: Bool { offset == end }

    /// Refuses what stands after the last item.
    package func finish() throws(WireError) {
        guard isAtEnd else { throw .trailingBytes(count: end - offset) }
    }

    func peekHead() throws(WireError) -> CBORHead {
        let head = bytes.withUnsafeBytes { raw in raw.baseAddress.map { CBORHead.read($0, at: offset, end: end) } }
        guard let head, head.status != .incomplete else { throw .truncated(offset: offset) }
        guard head.status == .whole else {
            throw .notDeterministic(offset: offset, reason: "a head that is not the shortest, or of indefinite length")
        }
        return head
    }

    /// The argument of a head that must be of this major type.
    private mutating func argument(_ major: UInt8, _ expected: String) throws(WireError) -> UInt64 {
        let head = try peekHead()
        guard head.major == major else { throw .wrongKind(offset: offset, expected: expected) }
        offset += head.size
        return head.argument
    }

    package mutating func readUnsigned(max: UInt64 = .max, _ what: String = "number") throws(WireError) -> UInt64 {
        let number = try argument(CBORMajor.unsigned, "an unsigned number")
        guard number <= max else { throw .overLimit(what: what, found: number, limit: max) }
        return number
    }

    package mutating func readInteger() throws(WireError) -> Int64 {
        let head = try peekHead()
        guard head.major <= CBORMajor.negative else { throw .wrongKind(offset: offset, expected: "an integer") }
        guard let magnitude = Int64(exactly: head.argument) else {
            throw .overLimit(what: "integer", found: head.argument, limit: UInt64(Int64.max))
        }
        offset += head.size
        return head.major == CBORMajor.negative ? ~magnitude : magnitude
    }

    package mutating func readBool() throws(WireError) -> Bool {
        let head = try peekHead()
        guard head.major == CBORMajor.other, head.form == CBORForm.yes || head.form == CBORForm.no else {
            throw .wrongKind(offset: offset, expected: "true or false")
        }
        offset += head.size
        return head.form == CBORForm.yes
    }

    /// True, and the null is read; or false, and nothing is.
    package mutating func readNullIfPresent() throws(WireError) -> Bool {
        let head = try peekHead()
        guard head.major == CBORMajor.other, head.form == CBORForm.null else { return false }
        offset += head.size
        return true
    }

    /// The number of items, each of which takes at least a byte of what is left.
    package mutating func readArray(max: Int, _ what: String = "array") throws(WireError) -> Int {
        try count(of: argument(CBORMajor.array, "an array"), max: max, what, left: end - offset)
    }

    /// The number of pairs. Their keys are the caller's to compare.
    package mutating func readMap(max: Int, _ what: String = "map") throws(WireError) -> Int {
        try count(of: argument(CBORMajor.map, "a map"), max: max, what, left: (end - offset) / 2)
    }

    /// An array of exactly so many items.
    package mutating func readArray(exactly expected: Int) throws(WireError) {
        let start = offset
        guard try argument(CBORMajor.array, "an array of \(expected)") == UInt64(expected) else {
            throw .wrongKind(offset: start, expected: "an array of \(expected)")
        }
    }

    /// - Parameter max: `.max` where nothing but what is there limits it.
    private func count(of argument: UInt64, max: Int, _ what: String = "length", left: Int) throws(WireError) -> Int {
        guard argument <= UInt64(max) || max == .max else {
            throw .overLimit(what: what, found: argument, limit: UInt64(max))
        }
        guard argument <= UInt64(left) else { throw .truncated(offset: offset) }
        return Int(argument)
    }

    package mutating func readBytes(max: Int, _ what: String = "byte string") throws(WireError) -> [UInt8] {
        let length = try argument(CBORMajor.bytes, "a byte string")
        return try take(count(of: length, max: max, what, left: end - offset))
    }

    mutating func skipBytes() throws(WireError) {
        let length = try argument(CBORMajor.bytes, "a byte string")
        offset += try count(of: length, max: .max, left: end - offset)
    }

    package mutating func readBytes32() throws(WireError) -> Bytes32 {
        let start = offset
        guard let value = Bytes32(try readBytes(max: 32)) else { throw .wrongKind(offset: start, expected: "32 bytes") }
        return value
    }

    /// Text that is valid UTF-8. Its limit counts bytes.
    package mutating func readText(max: Int, _ what: String = "text") throws(WireError) -> String {
        let length = try argument(CBORMajor.text, "text")
        let content = try take(count(of: length, max: max, what, left: end - offset))
        guard UTF8Check.isValid(content) else {
            throw .notDeterministic(offset: offset, reason: "text that is not UTF-8")
        }
        return String(decoding: content, as: UTF8.self)
    }

    /// An array of at most `max` items of one kind, which `read` reads.
    mutating func readMany<Item>(
        max: Int, _ read: (inout CBORReader) throws(WireError) -> Item
    ) throws(WireError) -> [Item] {
        var items: [Item] = []
        for _ in 0..<(try readArray(max: max, "list")) { items.append(try read(&self)) }
        return items
    }

    private mutating func take(_ count: Int) -> [UInt8] {
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }
}

extension CBORReader {
    /// Reads a value of one of SQLite's storage classes. A text or blob has at most `bytesMax` bytes.
    package mutating func readValue(bytesMax: Int = WireLimits.operationBytesMax) throws(WireError) -> Value {
        let head = try peekHead()
        switch head.major {
        case CBORMajor.unsigned, CBORMajor.negative: return .integer(try readInteger())
        case CBORMajor.bytes: return .blob(try readBytes(max: bytesMax))
        case CBORMajor.text: return .text(Array(try readText(max: bytesMax).utf8))
        case CBORMajor.tag: return .text(try readTagged(max: bytesMax))
        case CBORMajor.other:
            if try readNullIfPresent() { return .null }
            guard let real = ShortestFloat.read(head) else {
                throw .notDeterministic(
                    offset: offset, reason: "a float that is NaN, negative zero or not the shortest, or no value at all"
                )
            }
            offset += head.size
            return .real(real)
        default: throw .wrongKind(offset: offset, expected: "a value")
        }
    }

    mutating func readTagged(max: Int) throws(WireError) -> [UInt8] {
        guard try argument(CBORMajor.tag, "a tag") == notUTF8Tag else {
            throw .wrongKind(offset: offset, expected: "tag \(notUTF8Tag)")
        }
        let content = try readBytes(max: max)
        guard !UTF8Check.isValid(content) else {
            throw .notDeterministic(offset: offset, reason: "tagged as not UTF-8, and it is")
        }
        return content
    }
}
