extension CBORReader {
    /// Skips one item of any kind, such as an optional field of a later version, and refuses it if it is not
    /// deterministic or lies too deep.
    ///
    /// - Parameter containers: arrays, maps and tags that the item stands in: with those inside it, at most
    ///   `WireLimits.nestingMax`.
    package mutating func skipItem(inside containers: Int = 0) throws(WireError) { try skip(containers) }

    private mutating func skip(_ containers: Int) throws(WireError) {
        let head = try peekHead()
        switch head.major {
        case CBORMajor.unsigned, CBORMajor.negative: offset += head.size
        case CBORMajor.bytes: try skipBytes()
        case CBORMajor.text: _ = try readText(max: .max)
        case CBORMajor.array:
            try enter(containers)
            for _ in 0..<(try readArray(max: .max)) { try skip(containers + 1) }
        case CBORMajor.map:
            try enter(containers)
            try skipMap(containers)
        case CBORMajor.tag:
            try enter(containers)
            _ = try readTagged(max: .max)
        default: try skipSimple(head)
        }
    }

    private func enter(_ containers: Int) throws(WireError) {
        guard containers < WireLimits.nestingMax else {
            throw .overLimit(what: "nesting", found: UInt64(containers) + 1, limit: UInt64(WireLimits.nestingMax))
        }
    }

    /// False, true, null, or a float: of all else of major type 7 nobody knows what it means.
    private mutating func skipSimple(_ head: CBORHead) throws(WireError) {
        switch head.form {
        case CBORForm.no, CBORForm.yes, CBORForm.null: break
        case CBORForm.half, CBORForm.single, CBORForm.double:
            guard ShortestFloat.read(head) != nil else {
                throw .notDeterministic(
                    offset: offset, reason: "a float that is NaN, negative zero or not the shortest")
            }
        default: throw .notDeterministic(offset: offset, reason: "a simple value that is none of ours")
        }
        offset += head.size
    }

    private mutating func skipMap(_ containers: Int) throws(WireError) {
        var previous: ArraySlice<UInt8>?
        for _ in 0..<(try readMap(max: .max)) {
            let start = offset
            try skip(containers + 1)
            let key = bytes[start..<offset]
            if let previous, !previous.lexicographicallyPrecedes(key) {
                throw .notDeterministic(offset: start, reason: "map keys that are not in ascending order")
            }
            previous = key
            try skip(containers + 1)
        }
    }
}
