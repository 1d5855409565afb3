import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// The state of a node for a person who looks at it: what ``StatusReport`` tells, at a cost that does not grow with
/// what is open and waits.
package struct NodeOverview: Sendable {
    package let name: String
    package let role: Role?
    /// Whether an admin ended the right of this node.
    package let isRetired: Bool
    package let peers: [PeerReport]
    package let tally: ReplicaTally
    package let diskBytes: Int64
}

extension NodeTables {
    package func overview() async throws(NodeError) -> NodeOverview {
        let (bytes, servers) = (node.home.diskBytes, ServerNote.servers(in: node.home))
        return try await node.store { engine in
            let own = try engine.replica.members().first { $0.site == engine.site }
            return NodeOverview(
                name: own?.name ?? engine.site.short, role: own?.role,
                isRetired: own.map { $0.role == nil } ?? false,
                peers: try engine.replica.peerReports(except: engine.site, servers: servers),
                tally: try engine.replica.reports.tally(), diskBytes: bytes)
        }
    }

    /// The counts alone.
    package func tally() async throws(NodeError) -> ReplicaTally {
        try await node.store { engine in try engine.replica.reports.tally() }
    }

    /// Reads a page of the log. Where changesets that fit are rare it may end before it is full: after `milliseconds`.
    ///
    /// - Throws: `notFound` where the changeset behind which it begins is not here.
    package func changes(_ query: ChangeQuery, milliseconds: Int64 = 100) async throws(NodeError) -> ChangePage {
        try await node.store { engine in
            let end = Clocks.now.steady + milliseconds
            return try ChangeBrowser(replica: engine.replica).page(query) { Clocks.now.steady > end }
        }
    }

    /// Reads a changeset, with no more than `operationsMax` of its operations; nil where it is not here.
    package func changeset(
        feed: String, seq: UInt64, operationsMax: Int
    ) async throws(NodeError) -> ChangesetReport? {
        try await node.store { engine in
            try ChangeBrowser(replica: engine.replica).changeset(feed: feed, seq: seq, operationsMax: operationsMax)
        }
    }

    /// All conflicts, those first that are open longest; nil where there are too many for that.
    package func inbox(table: String?, kind: String?) async throws(NodeError) -> [DatedConflict]? {
        try await node.store { engine in
            try engine.replica.reports.inbox(table: table.map { Identifier($0) }, kind: kind)
        }
    }
}
