import ReplicaModel
import ReplicaStore
import SyncEngine

/// Finding whom people mean by a name, or by the beginning of a site id.
extension Node {
    /// A member.
    ///
    /// - Throws: `notFound` where there is none, `usage` with the ids where there are several.
    func site(_ wanted: String) throws(NodeError) -> SiteID { try site(wanted, among: try members().map(\.site)) }

    /// A member, or somebody who is none and of whom something is in the log.
    func author(_ wanted: String) throws(NodeError) -> SiteID {
        let feeds = try store { engine in try engine.replica.vectors().held.keys.map(\.site) }
        return try site(wanted, among: Array(Set(feeds + (try members().map(\.site)))).sorted())
    }

    private func site(_ wanted: String, among sites: [SiteID]) throws(NodeError) -> SiteID {
        let named = try refuseAmbiguous(wanted)
        if let named { return named }
        let found = sites.filter { Self.isBeginning(wanted, of: $0) }
        if found.count > 1 { throw Self.ambiguous("\(wanted) is the beginning of several site ids", found) }
        guard let only = found.first else {
            throw NodeError(kind: .notFound, message: "there is no member \(wanted): `caravan member list` shows them")
        }
        return only
    }

    /// Refuses a name that two members have: whoever of them is taken, it may be the wrong one.
    ///
    /// - Returns: the member of that name; nil if there is none.
    @discardableResult
    func refuseAmbiguous(_ name: String) throws(NodeError) -> SiteID? {
        let named = try members().filter { $0.name == name }.map(\.site)
        guard named.count > 1 else { return named.first }
        throw Self.ambiguous("\(named.count) members are called \(name)", named)
    }

    private static func ambiguous(_ what: String, _ sites: [SiteID]) -> NodeError {
        let ids = sites.map { "\($0.short) (\($0.hex))" }.joined(separator: ", ")
        return NodeError(kind: .usage, message: "\(what): \(ids); write the beginning of an id instead")
    }

    /// Whether a text begins a site id, as JSON has it or as people compare it, with or without its dashes. Less than
    /// four characters are no id.
    static func isBeginning(_ text: String, of site: SiteID) -> Bool {
        let plain = text.utf8.filter { $0 != UInt8(ascii: "-") }.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        guard plain.count >= 4 else { return false }
        let short = site.short.utf8.filter { $0 != UInt8(ascii: "-") }.map {
            (0x41...0x5A).contains($0) ? $0 + 0x20 : $0
        }
        return site.hex.utf8.starts(with: plain) || short.starts(with: plain)
    }
}
