import ReplicaModel
import ReplicaStore

/// The peers of a node in both places in which they stand: `config.yaml`, which says whom there is to dial and on which
/// terms, and the replica's address book, which keeps what was learned of them. Where the file has no `peers`, what the
/// book says holds.
struct PeerKeeping {
    let home: NodeHome
    let replica: Replica

    /// Has the book say what the file does. Nothing is written where it does.
    ///
    /// - Parameter wanted: those of the file, as it was read a moment ago; nil where it has none.
    func takeUp(_ wanted: [PeerSetting]?) throws(NodeError) {
        guard let wanted else { return }
        let book = try saying { try replica.addressBook.peers() }
        let areMet = wanted.allSatisfy { setting in book.contains { $0.name == setting.name && $0.site != nil } }
        let sites = areMet ? [:] : try memberSites()
        guard Self.merged(wanted, into: book, sites) != book else { return }
        // Another command may have written both since.
        try rewrite { (book, settings) throws(NodeError) in
            guard let latest = try settings.peers() else { return book }
            return Self.merged(latest, into: book, sites)
        }
    }

    /// Changes the peers, in the file and then in the book.
    ///
    /// - Throws: what `body` does, `usage` for a file that cannot be meant or edited, and what keeps it from being
    /// written;   nothing is changed then.
    func change(_ body: (inout [Peer]) throws(NodeError) -> Void) throws(NodeError) {
        let sites = try memberSites()
        try rewrite { (book, settings) throws(NodeError) in
            var peers = book.map(Self.written)
            if let wanted = try settings.peers() { peers = Self.merged(wanted, into: peers, sites) }
            try body(&peers)
            peers.sort { PeerSetting.precedes($0.name, $1.name) }
            let text = try PeerLines(settings).text(with: peers.map { PeerSetting($0) }.filter { !$0.isBare })
            if text != settings.text { try SettingsFile(home.configuration).replace(with: text) }
            return peers
        }
    }

    /// Adds a peer, or replaces the one of that name.
    func set(_ peer: Peer) throws(NodeError) {
        try change { (peers) throws(NodeError) in
            peers.put(peer)
        }
    }

    /// Does something with the book and the file while nobody else writes either.
    private func rewrite(_ body: ([Peer], SettingsText) throws(NodeError) -> [Peer]) throws(NodeError) {
        var failure: NodeError?
        try saying {
            try replica.addressBook.rewritePeers { book in
                do throws(NodeError) {
                    return try body(book, try SettingsText(at: home.configuration))
                } catch {
                    failure = error
                    return book
                }
            }
        }
        if let failure { throw failure }
    }

    /// The sites of members by their names. Where two are called so, whoever answers tells which of them is meant.
    private func memberSites() throws(NodeError) -> [String: SiteID] {
        let members = try saying { try replica.members() }
        return Dictionary(grouping: members, by: \.name).compactMapValues { named in
            named.count == 1 && named[0].site != replica.site ? named[0].site : nil
        }
    }

    /// The peers that the file names, with what the book knows of them.
    private static func merged(_ wanted: [PeerSetting], into book: [Peer], _ sites: [String: SiteID]) -> [Peer] {
        wanted.map { setting in
            let known = book.first { $0.name == setting.name }
            return Peer(
                name: setting.name, site: known?.site ?? sites[setting.name], addresses: setting.addresses,
                lastError: known?.lastError, windows: setting.windows, limitRate: setting.limitRate)
        }
    }

    /// A peer of the book under a name that may stand in the file.
    private static func written(_ peer: Peer) -> Peer {
        var peer = peer
        peer.name = PeerSetting.name(ofMember: peer.name)
        return peer
    }
}

extension NodePeers {
    /// Has the address book say what the settings do.
    func takeUp(_ wanted: [PeerSetting]?) async throws(NodeError) {
        guard wanted != nil else { return }
        let home = node.home
        try await node.store { engine in try PeerKeeping(home: home, replica: engine.replica).takeUp(wanted) }
    }
}

extension [Peer] {
    /// Adds a peer, or replaces the one of that name.
    mutating func put(_ peer: Peer) {
        removeAll { $0.name == peer.name }
        append(peer)
    }
}
