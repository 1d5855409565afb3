import ReplicaModel

/// The fields of a hello: twelve, and four that may be left out.
enum HelloCodec {
    /// Numbers of the fields. `held` has two: which of them is there says how the vector is written.
    private enum Field {
        static let versions: UInt64 = 0, alliance: UInt64 = 1, site: UInt64 = 2, incarnation: UInt64 = 3
        static let software: UInt64 = 4, wallClock: UInt64 = 5, frameBytesMax: UInt64 = 6, scopes: UInt64 = 7
        static let controlDigest: UInt64 = 8, headsDigest: UInt64 = 9, heldInFull: UInt64 = 10
        static let heldByRoster: UInt64 = 11, unfinished: UInt64 = 12, waiting: UInt64 = 13
        static let stays: UInt64 = 14, branches: UInt64 = 15, marks: UInt64 = 16
    }

    static func fieldCount(of hello: Hello) -> Int {
        12 + [hello.waiting != nil, hello.stays, !hello.branches.isEmpty, !hello.marks.isEmpty].count { $0 }
    }

    static func write(_ hello: Hello, to writer: inout CBORWriter) {
        writer.field(Field.versions) { write(hello.versions, to: &$0) }
        writer.field(Field.alliance) { $0.write(hello.alliance) }
        writer.field(Field.site) { $0.write(hello.site.key) }
        writer.field(Field.incarnation) { $0.write(unsigned: hello.incarnation.bits) }
        writer.field(Field.software) { $0.write(text: hello.software.cut(toBytes: FrameLimits.softwareBytesMax)) }
        writer.field(Field.wallClock) { $0.write(integer: hello.wallClock) }
        writer.field(Field.frameBytesMax) { $0.write(unsigned: hello.frameBytesMax) }
        writer.field(Field.scopes) { $0.write(texts: hello.scopes.sorted().map(\.name)) }
        writer.field(Field.controlDigest) { $0.write(hello.controlDigest) }
        writer.field(Field.headsDigest) { $0.write(hello.headsDigest) }
        switch hello.held {
        case .full(let vector): writer.field(Field.heldInFull) { VectorCodec.write(vector, to: &$0) }
        case .byRoster(let entries): writer.field(Field.heldByRoster) { RosterVectorCodec.write(entries, to: &$0) }
        }
        writer.field(Field.unfinished) { UnfinishedCodec.write(hello.unfinished, to: &$0) }
        if let waiting = hello.waiting { writer.field(Field.waiting) { $0.write(unsigned: waiting) } }
        if hello.stays { writer.field(Field.stays) { $0.write(bool: true) } }
        if !hello.branches.isEmpty { writer.field(Field.branches) { VectorCodec.write(hello.branches, to: &$0) } }
        if !hello.marks.isEmpty { writer.field(Field.marks) { HeadsCodec.write(list: hello.marks.sorted(), to: &$0) } }
    }

    static func read(_ fields: MessageFields) throws(WireError) -> Hello {
        Hello(
            versions: try fields.read(Field.versions, readVersions),
            alliance: try fields.bytes32(Field.alliance),
            site: try fields.read(Field.site, SiteID.init(from:)),
            incarnation: Incarnation(try fields.unsigned(Field.incarnation)),
            software: try fields.text(Field.software, max: FrameLimits.softwareBytesMax, "software"),
            wallClock: try fields.read(Field.wallClock) { reader throws(WireError) in try reader.readInteger() },
            frameBytesMax: try frameBytesMax(fields),
            scopes: try fields.read(Field.scopes, readScopes),
            controlDigest: try fields.bytes32(Field.controlDigest),
            headsDigest: try fields.bytes32(Field.headsDigest),
            held: try held(fields),
            unfinished: try fields.read(Field.unfinished, UnfinishedCodec.read),
            waiting: fields.has(Field.waiting) ? try fields.unsigned(Field.waiting) : nil,
            stays: try stays(fields), branches: try branches(fields), marks: try marks(fields))
    }

    /// Reads whether the sender stays: one that does not leaves the field out.
    private static func stays(_ fields: MessageFields) throws(WireError) -> Bool {
        guard fields.has(Field.stays) else { return false }
        guard try fields.bool(Field.stays) else { throw .cannotBeMeant("a hello that says that it does not stay") }
        return true
    }

    private static func branches(_ fields: MessageFields) throws(WireError) -> Vector {
        guard fields.has(Field.branches) else { return [:] }
        let branches = try fields.vector(Field.branches)
        guard !branches.isEmpty, branches.keys.allSatisfy({ $0.branch != nil }) else {
            throw .cannotBeMeant("a feed among the branches that is none")
        }
        return branches
    }

    private static func marks(_ fields: MessageFields) throws(WireError) -> [FeedHead] {
        guard fields.has(Field.marks) else { return [] }
        let marks = try fields.read(Field.marks) { reader throws(WireError) in
            try HeadsCodec.readList(&reader, max: FrameLimits.marksMax)
        }
        guard !marks.isEmpty else { throw .cannotBeMeant("a hello that marks nothing") }
        return marks
    }

    private static func frameBytesMax(_ fields: MessageFields) throws(WireError) -> UInt64 {
        let limit = try fields.unsigned(Field.frameBytesMax)
        guard limit >= UInt64(FrameLimits.frameBytesMaxLowest) else {
            throw .cannotBeMeant("frames of at most \(limit) bytes, which hold no changes")
        }
        return limit
    }

    private static func held(_ fields: MessageFields) throws(WireError) -> HelloVector {
        guard fields.has(Field.heldInFull) != fields.has(Field.heldByRoster) else {
            throw .cannotBeMeant("a hello has its vector in one form")
        }
        guard fields.has(Field.heldByRoster) else { return .full(try fields.vector(Field.heldInFull)) }
        return .byRoster(try fields.read(Field.heldByRoster, RosterVectorCodec.read))
    }

    private static func write(_ versions: ClosedRange<UInt64>, to writer: inout CBORWriter) {
        writer.beginArray(2)
        writer.write(unsigned: versions.lowerBound)
        writer.write(unsigned: versions.upperBound)
    }

    private static func readVersions(_ reader: inout CBORReader) throws(WireError) -> ClosedRange<UInt64> {
        try reader.readArray(exactly: 2)
        let lowest = try reader.readUnsigned()
        let highest = try reader.readUnsigned()
        guard lowest <= highest else { throw .cannotBeMeant("versions from \(lowest) to \(highest)") }
        return lowest...highest
    }

    private static func readScopes(_ reader: inout CBORReader) throws(WireError) -> [Scope] {
        var scopes: [Scope] = []
        for _ in 0..<(try reader.readArray(max: WireLimits.scopesMax, "scopes")) {
            let scope = try Scope(from: &reader)
            if let last = scopes.last, scope <= last {
                throw .notDeterministic(offset: reader.offset, reason: "scopes that are not in ascending order")
            }
            scopes.append(scope)
        }
        return scopes
    }
}
