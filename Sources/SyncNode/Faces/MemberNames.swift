import ReplicaModel
import ReplicaStore

/// The members of an alliance, to find whom people mean by a name, or by the beginning of a site id.
struct MemberNames {
    private let members: [RosterEntry]
    /// The sites of whom something is in the log, members or not.
    private let authors: Set<SiteID>

    init(_ replica: Replica) throws(NodeError) {
        (members, authors) = try saying {
            (try replica.members(), Set(try replica.vectors().held.keys.map(\.site)))
        }
    }

    /// A member.
    ///
    /// - Throws: `notFound` where there is none, `usage` with the ids where there are several.
    func member(_ wanted: String) throws(NodeError) -> SiteID { try site(wanted, among: members.map(\.site)) }

    /// A member, or somebody who is none and of whom something is in the log.
    func author(_ wanted: String) throws(NodeError) -> SiteID {
        try site(wanted, among: authors.union(members.map(\.site)).sorted())
    }

    private func site(_ wanted: String, among sites: [SiteID]) throws(NodeError) -> SiteID {
        // A whole id is nobody else's name, whoever calls itself so.
        let found = sites.filter { $0.begins(with: wanted) }
        if let whole = found.first(where: { $0.isWhole(wanted) }) { return whole }
        let named = try refuseAmbiguous(wanted)
        if let named {
            guard found.allSatisfy({ $0 == named }) else {
                throw Self.ambiguous(
                    "\(wanted) is one member's name and the beginning of another's id", found + [named])
            }
            return named
        }
        if found.count > 1 { throw Self.ambiguous("\(wanted) is the beginning of several site ids", found) }
        guard let only = found.first else {
            let advice = Nearness.advice(for: wanted, among: members.map(\.name))
            throw NodeError(
                kind: .notFound, message: "there is no member \(wanted)\(advice): `caravan member list` shows them")
        }
        return only
    }

    /// Refuses a name that two members have: whoever of them is taken, it may be the wrong one.
    ///
    /// - Returns: the member of that name; nil if there is none.
    @discardableResult
    func refuseAmbiguous(_ name: String) throws(NodeError) -> SiteID? {
        let named = members.filter { $0.name == name }.map(\.site)
        guard named.count > 1 else { return named.first }
        throw Self.ambiguous("\(named.count) members are called \(name)", named)
    }

    private static func ambiguous(_ what: String, _ sites: [SiteID]) -> NodeError {
        let ids = sites.map { "\($0.short) (\($0.hex))" }.joined(separator: ", ")
        return NodeError(kind: .usage, message: "\(what): \(ids); write the beginning of an id instead")
    }
}

extension SiteID {
    /// Whether a text begins this id, as JSON has it or as people compare it, with or without its dashes. Less than
    /// four characters are no id.
    func begins(with text: String) -> Bool {
        let plain = Self.plain(text)
        guard plain.count >= 4 else { return false }
        return hex.utf8.starts(with: plain) || Self.plain(short).starts(with: plain)
    }

    /// Whether a text is all of this id, in either form.
    func isWhole(_ text: String) -> Bool {
        let plain = Self.plain(text)
        return plain.count == hex.utf8.count || plain == Self.plain(short)
    }

    private static func plain(_ text: String) -> [UInt8] {
        text.utf8.filter { $0 != UInt8(ascii: "-") }.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    }
}
