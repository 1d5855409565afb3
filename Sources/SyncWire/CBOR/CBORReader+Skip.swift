extension CBORReader {
    /// Skips one item of any kind, such as an optional field of a later version, and refuses it if it is not deterministic or
    /// nests deeper than `WireLimits.nestingMax`.
    public mutating func skipItem() throws(WireError) { try skip(depth: 0) }

    private mutating func skip(depth: Int) throws(WireError) {
        guard depth < WireLimits.nestingMax else {
            throw .overLimit(what: "nesting", found: UInt64(depth) + 1, limit: UInt64(WireLimits.nestingMax))
        }
        let head = try peekHead()
        switch head.major {
        case CBORMajor.bytes: try skipBytes()
        case CBORMajor.text: _ = try readText(max: end)
        case CBORMajor.array:
            for _ in 0..<(try readArray(max: end)) { try skip(depth: depth + 1) }
        case CBORMajor.map: try skipMap(depth: depth)
        case CBORMajor.tag:
            offset += head.size
            try skip(depth: depth + 1)
        case CBORMajor.other where head.form >= CBORForm.half:
            guard ShortestFloat.read(head) != nil else {
                throw .notDeterministic(offset: offset, reason: "a float that is NaN or not the shortest")
            }
            offset += head.size
        default: offset += head.size
        }
    }

    private mutating func skipMap(depth: Int) throws(WireError) {
        var previous: ArraySlice<UInt8>?
        for _ in 0..<(try readMap(max: end)) {
            let start = offset
            try skip(depth: depth + 1)
            let key = bytes[start..<offset]
            if let previous, !previous.lexicographicallyPrecedes(key) {
                throw .notDeterministic(offset: start, reason: "map keys that are not in ascending order")
            }
            previous = key
            try skip(depth: depth + 1)
        }
    }
}
