import ReplicaModel

/// Numbers of a hello's fields. `held` has two: which of them is there says how the vector is written.
private enum Field {
    static let versions: UInt64 = 0, alliance: UInt64 = 1, site: UInt64 = 2, incarnation: UInt64 = 3, software: UInt64 = 4
    static let wallClock: UInt64 = 5, frameBytesMax: UInt64 = 6, scopes: UInt64 = 7, controlDigest: UInt64 = 8
    static let headsDigest: UInt64 = 9, heldInFull: UInt64 = 10, heldByRoster: UInt64 = 11, unfinished: UInt64 = 12, waiting: UInt64 = 13
}

extension CBORWriter {
    /// The fields of a hello: twelve, and one that may be left out.
    mutating func write(_ hello: Hello) {
        field(Field.versions) {
            $0.beginArray(2)
            $0.write(unsigned: hello.versions.lowerBound)
            $0.write(unsigned: hello.versions.upperBound)
        }
        field(Field.alliance) { $0.write(hello.alliance) }
        field(Field.site) { $0.write(hello.site.key) }
        field(Field.incarnation) { $0.write(unsigned: hello.incarnation.bits) }
        field(Field.software) { $0.write(text: hello.software.cut(toBytes: FrameLimits.softwareBytesMax)) }
        field(Field.wallClock) { $0.write(integer: hello.wallClock) }
        field(Field.frameBytesMax) { $0.write(unsigned: hello.frameBytesMax) }
        field(Field.scopes) { $0.write(texts: hello.scopes.sorted().map(\.name)) }
        field(Field.controlDigest) { $0.write(hello.controlDigest) }
        field(Field.headsDigest) { $0.write(hello.headsDigest) }
        switch hello.held {
        case .full(let vector): field(Field.heldInFull) { $0.write(vector) }
        case .byRoster(let entries): field(Field.heldByRoster) { $0.write(entries) }
        }
        field(Field.unfinished) { $0.write(hello.unfinished) }
        if let waiting = hello.waiting { field(Field.waiting) { $0.write(unsigned: waiting) } }
    }

    private mutating func write(_ unfinished: [UnfinishedChangeset]) {
        precondition(unfinished.count <= FrameLimits.unfinishedMax, "a hello names a bounded number of unfinished changesets")
        beginArray(unfinished.count)
        for changeset in unfinished.sorted(by: { ($0.feed, $0.seq) < ($1.feed, $1.seq) }) {
            beginArray(5)
            writeItems(of: changeset.feed)
            write(unsigned: changeset.seq)
            write(unsigned: changeset.chunks)
        }
    }
}

extension MessageFields {
    func hello() throws(WireError) -> Hello {
        Hello(
            versions: try read(Field.versions) { reader throws(WireError) in try reader.readVersions() },
            alliance: try read(Field.alliance) { reader throws(WireError) in try reader.readBytes32() },
            site: try read(Field.site) { reader throws(WireError) in try reader.readSite() },
            incarnation: Incarnation(try unsigned(Field.incarnation)),
            software: try read(Field.software) { reader throws(WireError) in
                try reader.readText(max: FrameLimits.softwareBytesMax, "software")
            },
            wallClock: try read(Field.wallClock) { reader throws(WireError) in try reader.readInteger() },
            frameBytesMax: try frameBytesMax(),
            scopes: try read(Field.scopes) { reader throws(WireError) in try reader.readScopes() },
            controlDigest: try read(Field.controlDigest) { reader throws(WireError) in try reader.readBytes32() },
            headsDigest: try read(Field.headsDigest) { reader throws(WireError) in try reader.readBytes32() },
            held: try held(),
            unfinished: try read(Field.unfinished) { reader throws(WireError) in try reader.readUnfinished() },
            waiting: has(Field.waiting) ? try unsigned(Field.waiting) : nil)
    }

    private func frameBytesMax() throws(WireError) -> UInt64 {
        let limit = try unsigned(Field.frameBytesMax)
        guard limit >= UInt64(FrameLimits.frameBytesMaxLowest) else { throw .cannotBeMeant("frames of at most \(limit) bytes, which hold no changes") }
        return limit
    }

    private func held() throws(WireError) -> HelloVector {
        guard has(Field.heldInFull) != has(Field.heldByRoster) else {
            throw .cannotBeMeant("a hello has its vector in one form")
        }
        if has(Field.heldByRoster) {
            return .byRoster(try read(Field.heldByRoster) { reader throws(WireError) in try reader.readRosterEntries() })
        }
        return .full(try read(Field.heldInFull) { reader throws(WireError) in try reader.readVector() })
    }
}

extension CBORReader {
    fileprivate mutating func readVersions() throws(WireError) -> ClosedRange<UInt64> {
        try readArray(exactly: 2)
        let lowest = try readUnsigned()
        let highest = try readUnsigned()
        guard lowest <= highest else { throw .cannotBeMeant("versions from \(lowest) to \(highest)") }
        return lowest...highest
    }

    fileprivate mutating func readScopes() throws(WireError) -> [Scope] {
        var scopes: [Scope] = []
        for _ in 0..<(try readArray(max: WireLimits.scopesMax, "scopes")) {
            let scope = try readScope()
            if let last = scopes.last, scope <= last {
                throw .notDeterministic(offset: offset, reason: "scopes that are not in ascending order")
            }
            scopes.append(scope)
        }
        return scopes
    }

    fileprivate mutating func readUnfinished() throws(WireError) -> [UnfinishedChangeset] {
        var list: [UnfinishedChangeset] = []
        for _ in 0..<(try readArray(max: FrameLimits.unfinishedMax, "unfinished changesets")) {
            try readArray(exactly: 5)
            let changeset = UnfinishedChangeset(
                feed: try readFeed(), seq: try readSeq(),
                chunks: try readUnsigned(max: UInt64(WireLimits.headerBytesMax / 34), "chunks"))
            if let last = list.last, (changeset.feed, changeset.seq) <= (last.feed, last.seq) {
                throw .notDeterministic(offset: offset, reason: "unfinished changesets that are not in ascending order")
            }
            list.append(changeset)
        }
        return list
    }
}
