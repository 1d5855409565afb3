import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncTransport
import Synchronization

/// The rates of peers: all sessions with one share its rate, whoever dialled.
final class PeerRates: Sendable {
    private let rates = Mutex<[String: SharedRate]>([:])

    /// The rate of the peer of these entries of the address book, the least that any of them names; nil for any.
    func rate(of entries: [Peer]) -> SharedRate? {
        guard let wanted = entries.compactMap(\.limitRate).min(), let first = entries.first else { return nil }
        let key = first.site?.hex ?? first.name
        return rates.withLock { rates in
            if let known = rates[key], known.bytesPerSecond == wanted { return known }
            let rate = SharedRate(bytesPerSecond: wanted)
            rates[key] = rate
            return rate
        }
    }
}

/// The terms on which a site is answered that dials: how far its key is trusted, and those of its entries in the
/// address book.
struct PeerTerms {
    let trust: PeerTrust
    let rate: SharedRate?
    /// Why it is not exchanged with now; nil if it is.
    let refusal: String?

    /// - Parameters:
    ///   - entries: those with the site that dialled.
    ///   - now: milliseconds since 1970.
    init(of entries: [Peer], trust: PeerTrust, rates: PeerRates, at now: Int64) {
        self.trust = trust
        rate = rates.rate(of: entries)
        refusal = Self.isClosed(entries, at: now) ? Self.refusal(entries) : nil
    }

    /// Whether the windows of every entry are closed.
    static func isClosed(_ entries: [Peer], at now: Int64) -> Bool {
        let local = LocalTime(at: now)
        return !entries.isEmpty && entries.allSatisfy { !DialWindows($0).isOpen(at: now, in: local) }
    }

    static func refusal(_ entries: [Peer]) -> String {
        let windows = entries.flatMap(\.windows).joined(separator: ", ")
        return "this node exchanges with you only at \(windows) by its clock: try again then"
    }
}

extension Node {
    /// Ends the sessions with a peer whose windows are closed, politely: those that `serve` dialled, and those that the
    /// peer did, unless another entry of its site is open. What they cannot say, for the replica cannot be used, they
    /// say by their own tasks.
    ///
    /// - Parameter entries: all that there are.
    func part(from peer: Peer, among entries: [Peer]) {
        try? sessions.part(fromDialled: peer.name, at: Clocks.now)
        guard let site = peer.site else { return }
        let own = entries.filter { $0.site == site }
        guard PeerTerms.isClosed(own, at: Clocks.now.wall) else { return }
        try? sessions.part(fromDialler: site, because: PeerTerms.refusal(own), at: Clocks.now)
    }
}

extension NodePeers {
    /// The terms on which a site is answered that dials.
    func terms(of site: SiteID) async throws(NodeError) -> PeerTerms {
        let entries = try await dialled().filter { $0.site == site }
        return PeerTerms(
            of: entries, trust: try await node.trust(in: site), rates: node.rates, at: Clocks.now.wall)
    }

    /// The dialler for a peer, with its rate: the least of all its entries, where it has several.
    func transport(to peer: Peer) async -> Dialler {
        let known = (try? await dialled()) ?? []
        let beside = known.filter { $0.name != peer.name && $0.site != nil && $0.site == peer.site }
        return Dialler(
            identity: node.identity, limitRate: node.rates.rate(of: [peer] + beside), tally: node.wire,
            proxies: node.proxies)
    }
}
