import ReplicaModel

/// The fields of a hello.
enum HelloCodec {
    static func write(_ hello: Hello, to fields: inout FieldWriter) {
        fields.add(0) {
            $0.array(2)
            $0.unsigned(hello.versions.lowerBound)
            $0.unsigned(hello.versions.upperBound)
        }
        fields.add(1) { $0.blob(hello.alliance.bytes) }
        fields.add(2) { $0.blob(hello.site.bytes) }
        fields.add(3) { $0.unsigned(hello.incarnation.bits) }
        fields.add(4) { $0.text(hello.software) }
        fields.add(5) { $0.integer(hello.wallClock) }
        fields.add(6) { $0.unsigned(hello.frameBytesMax) }
        fields.add(7) { $0.texts(hello.scopes.map(\.name)) }
        fields.add(8) { $0.blob(hello.controlDigest.bytes) }
        fields.add(9) { $0.blob(hello.headsDigest.bytes) }
        switch hello.held {
        case .full(let vector): fields.add(10) { VectorCodec.write(vector, to: &$0) }
        case .byRoster(let entries): fields.add(11) { VectorCodec.write(entries, to: &$0) }
        }
        fields.add(12) { writer in
            writer.array(hello.unfinished.count)
            for changeset in hello.unfinished {
                writer.array(5)
                FeedCodec.write(changeset.feed, to: &writer)
                writer.unsigned(changeset.seq)
                writer.unsigned(changeset.chunks)
            }
        }
    }

    static func read(_ fields: FieldReader) throws(WireError) -> Hello {
        guard fields.has(10) != fields.has(11) else { throw .malformed("a hello has one vector") }
        guard let site = SiteID(try fields.bytes32(2).bytes) else { throw .malformed("a site id has 32 bytes") }
        return Hello(
            versions: try fields.read(0, versions), alliance: try fields.bytes32(1), site: site,
            incarnation: Incarnation(try fields.unsigned(3)),
            software: try fields.read(4) { (reader) throws(WireError) in try reader.text(max: 256) },
            wallClock: try fields.read(5) { (reader) throws(WireError) in try reader.integer() },
            frameBytesMax: try fields.unsigned(6), scopes: try fields.read(7, scopes),
            controlDigest: try fields.bytes32(8), headsDigest: try fields.bytes32(9),
            held: fields.has(10)
                ? .full(try fields.read(10, VectorCodec.read)) : .byRoster(try fields.read(11, VectorCodec.readByRoster)),
            unfinished: try fields.read(12, unfinished))
    }

    private static func versions(_ reader: inout CBORReader) throws(WireError) -> ClosedRange<UInt64> {
        try reader.array(of: 2)
        let lowest = try reader.unsigned()
        let highest = try reader.unsigned()
        guard lowest <= highest else { throw .malformed("the lowest version is above the highest") }
        return lowest...highest
    }

    private static func scopes(_ reader: inout CBORReader) throws(WireError) -> [Scope] {
        var out: [Scope] = []
        for _ in 0..<(try reader.array(max: 1024)) { out.append(try FeedCodec.scope(&reader)) }
        return out
    }

    private static func unfinished(_ reader: inout CBORReader) throws(WireError) -> [UnfinishedChangeset] {
        var out: [UnfinishedChangeset] = []
        for _ in 0..<(try reader.array(max: 1024)) {
            try reader.array(of: 5)
            let feed = try FeedCodec.read(&reader)
            let seq = try FeedCodec.seq(&reader)
            out.append(UnfinishedChangeset(feed: feed, seq: seq, chunks: try reader.unsigned()))
        }
        return out
    }
}
