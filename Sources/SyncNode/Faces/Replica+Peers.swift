import ReplicaModel
import ReplicaStore
import SyncProtocol

extension Replica {
    /// The peers that this replica's node dials, and the members that it has met because they dialled.
    ///
    /// - Parameter servers: those that run on the replica, with their sessions.
    func peerReports(except own: SiteID, servers: [ServerReport] = []) throws(StoreError) -> [PeerReport] {
        let held = try vectors().held
        let now = Clocks.now.wall
        let local = LocalTime(from: now, seconds: SystemZone.offset)
        let live = Dictionary(grouping: servers.flatMap(\.sessions), by: \.site)
        let dialled = try addressBook.peers()
        var out: [PeerReport] = []
        for peer in dialled {
            var contact: Contact?
            if let site = peer.site { contact = try addressBook.contact(with: site) }
            var report = PeerReport(peer, contact, own: held)
            let windows = DialWindows(peer)
            report.isInWindow = windows.isOpen(at: now, in: local)
            report.windowsChange = windows.nextChange(after: now, in: local)
            out.append(report)
        }
        let members = try members()
        for member in members where member.site != own {
            let contact = try addressBook.contact(with: member.site)
            guard !dialled.contains(where: { $0.site == member.site }), contact != nil || live[member.site] != nil
            else { continue }
            out.append(PeerReport(Peer(name: member.name, site: member.site, addresses: []), contact, own: held))
        }
        for place in out.indices {
            guard let site = out[place].site else { continue }
            out[place].isRetired = members.contains { $0.site == site && $0.role == nil }
            out[place].sessions = live[site] ?? []
            guard out[place].lacks > 0, let contact = try addressBook.contact(with: site) else { continue }
            out[place].lacksSince = try reports.earliest(after: contact.held)?.milliseconds
        }
        return out
    }

    /// The name of this replica's node in the roster.
    func ownName() throws(StoreError) -> String { try members().first { $0.site == site }?.name ?? site.short }
}

extension PeerReport {
    /// - Parameter own: what is held here.
    fileprivate init(_ peer: Peer, _ contact: Contact?, own: Vector) {
        let held = contact?.held ?? [:]
        self.init(
            name: peer.name, site: peer.site, addresses: peer.addresses, lastContact: contact?.lastContact,
            sent: contact?.sent.changesets() ?? 0, durable: held.changesets(),
            applied: contact?.applied.changesets() ?? 0, lacks: own.changesets(beyond: held),
            skewSeconds: contact.map { Double($0.skew) / 1000 }, lastError: peer.lastError, windows: peer.windows,
            limitRate: peer.limitRate)
        ahead = held.changesets(beyond: own)
    }
}
