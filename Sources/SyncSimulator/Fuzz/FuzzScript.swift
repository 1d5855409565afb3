/// Bytes read as choices. At the end every choice is the first one, so that any bytes are a script.
struct FuzzScript {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { offset >= bytes.count }

    mutating func byte() -> UInt8 {
        guard offset < bytes.count else { return 0 }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func bool() -> Bool { byte() & 1 == 1 }

    mutating func below(_ bound: Int) -> Int { Int(byte()) % bound }

    /// - Precondition: there is something to pick from.
    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

    /// The next bytes, as many as the one before them says, or as there are. Mostly few: what is taken here is no
    /// choice any more.
    mutating func run() -> [UInt8] {
        let length = byte()
        let count = min(length < 240 ? Int(length % 24) : Int(length), bytes.count - offset)
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    /// All that is left.
    mutating func rest() -> [UInt8] {
        defer { offset = bytes.count }
        return Array(bytes[min(offset, bytes.count)...])
    }
}
