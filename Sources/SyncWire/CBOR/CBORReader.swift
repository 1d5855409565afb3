import ReplicaModel

/// Reads deterministic CBOR that stands whole in memory. One value has one encoding: anything else is refused, and every length is
/// held against what is left before anything is taken.
public struct CBORReader: Sendable {
    private let bytes: [UInt8]
    private var offset = 0

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public var isAtEnd: Bool { offset == bytes.count }

    func slice(from start: Int) -> [UInt8] { Array(bytes[start..<offset]) }

    /// Bytes read so far.
    var position: Int { offset }

    /// Refuses bytes behind the last item.
    public func finish() throws(WireError) {
        guard isAtEnd else { throw .malformed("\(bytes.count - offset) bytes too many") }
    }

    private mutating func head() throws(WireError) -> CBORHead {
        let start = offset
        let outcome: Result<(CBORHead, Int), WireError> = bytes.withUnsafeBytes { buffer in
            var scanner = CBORScanner(buffer, from: start)
            do throws(WireError) { return .success((try scanner.head(), scanner.offset)) } catch { return .failure(error) }
        }
        let (head, end) = try outcome.get()
        offset = end
        return head
    }

    private mutating func head(_ major: UInt8, _ what: String) throws(WireError) -> UInt64 {
        let head = try head()
        guard head.major == major else { throw .malformed("\(what) is expected") }
        return head.number
    }

    private mutating func take(_ count: UInt64, limit: Int, _ what: String) throws(WireError) -> ArraySlice<UInt8> {
        guard count <= UInt64(limit) else { throw .tooLarge(what: what, found: count, limit: UInt64(limit)) }
        guard count <= UInt64(bytes.count - offset) else { throw .truncated }
        defer { offset += Int(count) }
        return bytes[offset..<offset + Int(count)]
    }

    public mutating func unsigned() throws(WireError) -> UInt64 { try head(0, "an unsigned number") }

    public mutating func integer() throws(WireError) -> Int64 {
        let head = try head()
        guard head.major < 2, let magnitude = Int64(exactly: head.number) else { throw .malformed("an integer of 64 bits is expected") }
        return head.major == 0 ? magnitude : ~magnitude
    }

    public mutating func blob(max limit: Int) throws(WireError) -> [UInt8] {
        Array(try take(try head(2, "a byte string"), limit: limit, "a byte string"))
    }

    public mutating func text(max limit: Int) throws(WireError) -> String {
        let bytes = try take(try head(3, "a text"), limit: limit, "a text")
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed("a text that is not UTF-8") }
        return text
    }

    /// The number of items that follow: at most `limit`, and never more than bytes are left.
    public mutating func array(max limit: Int) throws(WireError) -> Int { try count(4, "an array", limit) }

    public mutating func map(max limit: Int) throws(WireError) -> Int { try count(5, "a map", limit) }

    private mutating func count(_ major: UInt8, _ what: String, _ limit: Int) throws(WireError) -> Int {
        let count = try head(major, what)
        guard count <= UInt64(limit) else { throw .tooLarge(what: what, found: count, limit: UInt64(limit)) }
        guard count <= UInt64(bytes.count - offset) else { throw .truncated }
        return Int(count)
    }

    public mutating func array(of count: Int) throws(WireError) {
        guard try array(max: count) == count else { throw .malformed("an array of \(count) is expected") }
    }

    public mutating func bool() throws(WireError) -> Bool {
        let head = try head()
        guard head.major == 7, head.info == 20 || head.info == 21 else { throw .malformed("true or false is expected") }
        return head.info == 21
    }

    /// True, and passed over, if null is next.
    public mutating func isNull() -> Bool {
        guard offset < bytes.count, bytes[offset] == 0xF6 else { return false }
        offset += 1
        return true
    }

    /// One of SQLite's five storage classes.
    public mutating func value(max limit: Int) throws(WireError) -> Value {
        let head = try head()
        switch head.major {
        case 0, 1:
            guard let magnitude = Int64(exactly: head.number) else { throw .malformed("an integer of 64 bits is expected") }
            return .integer(head.major == 0 ? magnitude : ~magnitude)
        case 2: return .blob(Array(try take(head.number, limit: limit, "a value")))
        case 3:
            let text = try take(head.number, limit: limit, "a value")
            guard UTF8Check.isValid(text) else { throw .malformed("a text that is not UTF-8") }
            return .text(Array(text))
        case 6:
            guard head.number == CBORTag.textBytes else { throw .malformed("a tag that has no meaning here") }
            let bytes = try blob(max: limit)
            guard !UTF8Check.isValid(bytes) else { throw .malformed("a text that needs no tag") }
            return .text(bytes)
        case 7:
            if head.info == 22 { return .null }
            return .real(try CBORScanner.real(head))
        default: throw .malformed("a value is expected")
        }
    }

    /// Passes over one item of any kind; nesting is bounded.
    public mutating func skip(depth: Int = 16) throws(WireError) {
        guard depth > 0 else { throw .malformed("it is nested too deeply") }
        let head = try head()
        switch head.major {
        case 2, 3: _ = try take(head.number, limit: bytes.count, "an item")
        case 4, 5:
            guard head.number <= UInt64(bytes.count - offset) else { throw .truncated }
            for _ in 0..<head.number * (head.major == 5 ? 2 : 1) { try skip(depth: depth - 1) }
        case 6: try skip(depth: depth - 1)
        default: break
        }
    }
}
