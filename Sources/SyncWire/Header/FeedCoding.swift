import ReplicaModel

extension Scope {
    /// Whether this can be the name of a scope: 1 to 64 of a-z, 0-9 and the hyphen.
    package var isWellFormed: Bool {
        (1...WireLimits.scopeBytesMax).contains(name.utf8.count)
            && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    /// Reads the name of a scope.
    init(from reader: inout CBORReader) throws(WireError) {
        let scope = Scope(try reader.readText(max: WireLimits.scopeBytesMax, "scope"))
        guard scope.isWellFormed else { throw .cannotBeMeant("the name of a scope has a-z, 0-9 and hyphens only") }
        self = scope
    }
}

extension SiteID {
    /// Reads the key of a site.
    init(from reader: inout CBORReader) throws(WireError) {
        let site = SiteID(try reader.readBytes32())
        guard site.isKey else { throw .cannotBeMeant("a site that is nobody's key") }
        self = site
    }
}

extension FeedID {
    /// Reads scope, site and incarnation: the beginning of an array.
    init(from reader: inout CBORReader) throws(WireError) {
        let scope = try Scope(from: &reader)
        let site = try SiteID(from: &reader)
        self.init(site: site, incarnation: Incarnation(try reader.readUnsigned()), scope: scope)
    }

    /// Writes scope, site and incarnation: the beginning of an array.
    func write(to writer: inout CBORWriter) {
        writer.write(text: scope.name)
        writer.write(site.key)
        writer.write(unsigned: incarnation.bits)
    }
}

/// The number of a changeset in its feed.
enum SeqCodec {
    /// Reads a seq up to 2^47 - 1.
    ///
    /// - Parameter lowest: 1, or 0 where a feed is named of which there is nothing.
    static func read(_ reader: inout CBORReader, from lowest: UInt64 = 1) throws(WireError) -> UInt64 {
        let seq = try reader.readUnsigned(max: WireLimits.seqMax, "seq")
        guard seq >= lowest else { throw .cannotBeMeant("a seq of \(seq)") }
        return seq
    }
}
