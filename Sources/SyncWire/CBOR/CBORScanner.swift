/// One item's head, read in place.
struct CBORHead {
    let major: UInt8
    /// The additional information: below 24 the number itself.
    let info: UInt8
    let number: UInt64
}

/// Reads heads of deterministic CBOR from bytes in memory. Whoever calls knows what may follow.
struct CBORScanner {
    let bytes: UnsafeRawBufferPointer
    var offset: Int

    init(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    var isAtEnd: Bool { offset == bytes.count }

    /// Refuses heads longer than needed and indefinite lengths.
    @inline(__always)
    mutating func head() throws(WireError) -> CBORHead {
        guard offset < bytes.count else { throw .truncated }
        let first = bytes[offset]
        let info = first & 31
        if info < 24 {
            offset += 1
            return CBORHead(major: first >> 5, info: info, number: UInt64(info))
        }
        return try longHead(first >> 5, info)
    }

    private mutating func longHead(_ major: UInt8, _ info: UInt8) throws(WireError) -> CBORHead {
        guard info < 28 else { throw .malformed("a length that is not definite, or a reserved one") }
        let width = 1 << Int(info - 24)
        guard bytes.count - offset > width else { throw .truncated }
        var number: UInt64 = 0
        for index in 1...width { number = number << 8 | UInt64(bytes[offset + index]) }
        let least: UInt64 = [24, 0x100, 0x1_0000, 0x1_0000_0000][Int(info - 24)]
        guard major == 7 || number >= least else { throw .malformed("a number that is longer than it needs to be") }
        offset += width + 1
        return CBORHead(major: major, info: info, number: number)
    }

    /// Where `count` bytes begin, which are passed over.
    @inline(__always)
    mutating func skip(_ count: UInt64) throws(WireError) -> Int {
        guard count <= UInt64(bytes.count - offset) else { throw .truncated }
        defer { offset += Int(count) }
        return offset
    }

    /// A float's value, if it is in its shortest form and neither NaN nor -0.0.
    static func real(_ head: CBORHead) throws(WireError) -> Double {
        let number: Double
        switch head.info {
        case 25: number = Half.number(UInt16(head.number))
        case 26:
            let single = Float(bitPattern: UInt32(head.number))
            guard Half.bits(of: single) == nil else { throw .malformed("a real that is longer than it needs to be") }
            number = Double(single)
        case 27:
            number = Double(bitPattern: head.number)
            guard Double(Float(number)) != number else { throw .malformed("a real that is longer than it needs to be") }
        default: throw .malformed("a simple value that has no meaning here")
        }
        guard !number.isNaN, !(number == 0 && number.sign == .minus) else { throw .malformed("a real that SQLite does not have") }
        return number
    }
}
