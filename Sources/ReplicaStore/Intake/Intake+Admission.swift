import ReplicaModel
import SQLiteAccess
import SyncWire

/// Whether what a site shows may put it on the roster, looked for in memory: nothing is written, and nobody who writes
/// is held up.
extension Intake {
    /// The changesets that join what is held. Whoever shows itself knows nothing of what this node has: it leaves out
    /// what its own disk altered, and where this node lacks that too, what is behind it says nothing yet.
    func joining(_ batch: [IncomingChangeset]) -> [IncomingChangeset] {
        var heads: Vector = [:]
        return batch.filter { changeset in
            let (feed, seq) = (changeset.header.header.feed, changeset.header.header.seq)
            let ways = transaction.state.ways(of: feed)
            let head = heads[feed] ?? ways.map { transaction.state.feed($0).held }.max() ?? 0
            guard seq <= head + 1 else { return false }
            heads[feed] = max(head, seq)
            return true
        }
    }

    /// Whether some control changeset of these, signed by an admin whom this node knows or whom they make one, admits
    /// the site; or ends a right, where that of the site was ended here: it may be the right of whoever ended it.
    func mayAdmit(_ site: SiteID, _ batch: [IncomingChangeset]) throws(StoreError) -> Bool {
        // Somebody else may have shown it meanwhile: then nothing of this is new.
        guard !transaction.state.roster.isMember(site) else { return true }
        // Also of those whose right was ended since: whom they admit waits for another admin, and is no stranger.
        let known = transaction.state.roster.records.admins
        let control = batch.filter { $0.header.header.feed.scope == .control }
        let wasEnded = transaction.state.roster.knows(site)
        let believed = words(in: control, by: known)
        guard believed.admitted.contains(site) || wasEnded && believed.endsRights else { return false }
        // Only now, for signatures cost more than all else.
        let vouched = try vouched(control.map(\.header), by: known.union(believed.admitted))
        let signed = words(in: control.filter { vouched.contains($0.header.hash) }, by: known)
        return signed.admitted.contains(site) || wasEnded && signed.endsRights
    }

    /// The words of admins about who belongs.
    private struct Words {
        var admitted: Set<SiteID> = []
        var endsRights = false
    }

    /// The words that admins say, followed in the order in which they are named.
    private func words(in control: [IncomingChangeset], by known: Set<SiteID>) -> Words {
        var admins = known
        var out = Words()
        for changeset in control
        where admins.contains(changeset.header.header.feed.site) || changeset.header.hash == transaction.state.alliance
        {
            guard let operations = try? ControlCodec.decode(chunks: changeset.chunks) else { continue }
            for operation in operations {
                switch operation {
                case .admit(let admission):
                    out.admitted.insert(admission.site)
                    if admission.role == .admin { admins.insert(admission.site) }
                case .cut: out.endsRights = true
                default: continue
                }
            }
        }
        return out
    }

    /// The hashes of headers that are held, where they may wait for what comes with them; and those that join what is
    /// held and are signed, as far as a bounded number of signatures tells.
    private func vouched(_ headers: [UnverifiedHeader], by authors: Set<SiteID>) throws(StoreError) -> Set<Bytes32> {
        var chains = HeaderChains(transaction: transaction)
        var out: Set<Bytes32> = []
        for header in headers where authors.contains(header.header.feed.site) {
            let (id, seq) = (header.header.feed, header.header.seq)
            if let held = try transaction.log.dot(seq, of: id, as: { $0 == header.hash }) {
                // What is applied has had its say.
                if seq > transaction.state.feed(held.feed).applied { out.insert(header.hash) }
            } else {
                _ = try chains.add(header)
            }
        }
        for chain in chains.all.filter(\.isJoined).prefix(Self.trialFeedsMax) {
            let verified = try? FeedVerifier.verify(
                chain.headers, of: chain.feed, after: chain.after, checksMax: Self.trialChecksMax)
            out.formUnion((verified ?? []).map(\.hash))
        }
        return out
    }

    /// A signature takes about 0.1 ms to check, and a stranger can make any number of wrong ones.
    private static let trialFeedsMax = 1_024

    private static let trialChecksMax = 4
}
