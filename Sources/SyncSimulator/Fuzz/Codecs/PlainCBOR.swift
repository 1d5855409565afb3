/// Deterministic CBOR read a second time, straight from RFC 8949, section 4.2.1, and the list of the protocol's
/// article: slow, and sharing nothing with the reader that it is held against.
enum PlainCBOR {
    static let nestingMax = 16

    /// The offset at which the item that begins at `start` ends; nil if it is none, is not deterministic, nests too
    /// deep, or is not whole.
    ///
    /// - Parameter depth: arrays, maps and tags around it.
    static func end(of bytes: [UInt8], from start: Int, depth: Int = 0) -> Int? {
        guard start < bytes.count else { return nil }
        let (major, form) = (bytes[start] >> 5, bytes[start] & 31)
        guard form < 28 else { return nil }
        let width = form < 24 ? 0 : 1 << Int(form - 24)
        let content = start + 1 + width
        guard content <= bytes.count else { return nil }
        let argument = form < 24 ? UInt64(form) : bytes[start + 1..<content].reduce(0) { $0 << 8 | UInt64($1) }
        if major == 7 { return isDeterministic(form: form, argument) ? content : nil }
        guard width == 0 || argument >= smallest(width), major < 4 || depth < nestingMax else { return nil }
        switch major {
        case 2, 3: return string(bytes, from: content, count: argument, isText: major == 3)
        case 4: return items(bytes, from: content, count: argument, depth: depth)
        case 5: return pairs(bytes, from: content, count: argument, depth: depth)
        case 6: return argument == 24_000 ? textBeyondUTF8(bytes, from: content) : nil
        default: return content
        }
    }

    /// The least number that does not fit a narrower head.
    private static func smallest(_ width: Int) -> UInt64 { width == 1 ? 24 : 1 << UInt64(width * 4) }

    private static func isDeterministic(form: UInt8, _ argument: UInt64) -> Bool {
        switch form {
        case 20, 21, 22: return true
        case 25: return (argument & 0x7C00 != 0x7C00 || argument & 0x3FF == 0) && argument != 0x8000
        case 26:
            let single = Float(bitPattern: UInt32(argument))
            return !single.isNaN && !fitsHalf(Double(single))
        case 27:
            let real = Double(bitPattern: argument)
            return !real.isNaN && Double(Float(real)) != real
        default: return false
        }
    }

    /// Eleven bits of significand, exponents from -14 to 15, and below them multiples of 2^-24.
    private static func fitsHalf(_ real: Double) -> Bool {
        if real.isInfinite || real.isZero { return true }
        let scaled = real * 0x1p24
        return abs(real) <= 65_504 && real.significandWidth <= 10 && scaled == scaled.rounded()
    }

    private static func string(_ bytes: [UInt8], from start: Int, count: UInt64, isText: Bool) -> Int? {
        guard count <= UInt64(bytes.count - start) else { return nil }
        let end = start + Int(count)
        return isText && String(validating: bytes[start..<end], as: UTF8.self) == nil ? nil : end
    }

    /// A byte string that is not valid UTF-8.
    private static func textBeyondUTF8(_ bytes: [UInt8], from start: Int) -> Int? {
        guard start < bytes.count, bytes[start] >> 5 == 2, let next = end(of: bytes, from: start, depth: 0) else {
            return nil
        }
        let form = bytes[start] & 31
        let content = start + 1 + (form < 24 ? 0 : 1 << Int(form - 24))
        return String(validating: bytes[content..<next], as: UTF8.self) == nil ? next : nil
    }

    private static func items(_ bytes: [UInt8], from start: Int, count: UInt64, depth: Int) -> Int? {
        guard count <= UInt64(bytes.count - start) else { return nil }
        var offset = start
        for _ in 0..<count {
            guard let next = end(of: bytes, from: offset, depth: depth + 1) else { return nil }
            offset = next
        }
        return offset
    }

    private static func pairs(_ bytes: [UInt8], from start: Int, count: UInt64, depth: Int) -> Int? {
        guard count <= UInt64(bytes.count - start) else { return nil }
        var offset = start
        var last: ArraySlice<UInt8> = []
        for index in 0..<count {
            guard let key = end(of: bytes, from: offset, depth: depth + 1),
                index == 0 || last.lexicographicallyPrecedes(bytes[offset..<key]),
                let value = end(of: bytes, from: key, depth: depth + 1)
            else { return nil }
            last = bytes[offset..<key]
            offset = value
        }
        return offset
    }
}
