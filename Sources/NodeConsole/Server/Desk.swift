import Foundation
import SyncNode

/// The nodes that the console has open on one home, so that no page waits for another's work. Where the replica was
/// moved away or replaced, what is there now is opened.
actor Desk {
    /// The work for which a node is open.
    private enum Use {
        /// Pages.
        case reading
        /// Forms, imports and exchanges.
        case writing
        /// Work that takes its time, a piece after the other: exports, and what a delete would touch.
        case looking
        /// Work on the whole log or the whole replica, for which only its like waits: histories, checks, and what an
        /// undo would do.
        case searching
    }

    private let home: NodeHome
    private var nodes: [Use: Node] = [:]
    private var lookedAt: Int64 = 0

    init(home: NodeHome) { self.home = home }

    /// Milliseconds between two looks at whether the replica is still in its place.
    private static let lookEvery: Int64 = 2000

    /// The node on which pages read.
    func reader() async throws(NodeError) -> Node { try await node(for: .reading) }

    /// The node on which forms write.
    func writer() async throws(NodeError) -> Node { try await node(for: .writing) }

    /// The node on which what takes its time is read.
    func looker() async throws(NodeError) -> Node { try await node(for: .looking) }

    /// The node on which the whole log or replica is gone through.
    func searcher() async throws(NodeError) -> Node { try await node(for: .searching) }

    private func node(for use: Use) async throws(NodeError) -> Node {
        await look()
        if let open = nodes[use] { return open }
        let opened = try await Node.open(home: home)
        // What any program writes is sealed by the server at once; no page waits for that.
        if use != .writing { try await opened.tables.leaveSealing() }
        if let open = nodes[use] { return open }
        nodes[use] = opened
        return opened
    }

    private func look() async {
        let now = Clock.now
        guard abs(now - lookedAt) > Self.lookEvery, let node = nodes[.reading] else { return }
        lookedAt = now
        guard (try? await node.tables.isInPlace()) == false else { return }
        let former = nodes.values
        nodes = [:]
        for node in former { _ = try? await node.tables.leave() }
    }
}
