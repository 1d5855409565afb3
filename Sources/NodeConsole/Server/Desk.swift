import Foundation
import SyncNode

/// The nodes that the console has open on one home: one on which it reads, and one on which it writes, so that no page
/// waits for an import. Where the replica was moved away or replaced, what is there now is opened.
actor Desk {
    private let home: NodeHome
    private var reading: Node?
    private var writing: Node?
    private var lookedAt: Int64 = 0

    init(home: NodeHome) { self.home = home }

    /// Milliseconds between two looks at whether the replica is still in its place.
    private static let lookEvery: Int64 = 2000

    /// The node on which pages read.
    func reader() async throws(NodeError) -> Node {
        await look()
        if let reading { return reading }
        let opened = try await Node.open(home: home)
        // What any program writes is sealed by the server at once; no page waits for that.
        try await opened.tables.leaveSealing()
        if let reading { return reading }
        reading = opened
        return opened
    }

    /// The node on which forms write.
    func writer() async throws(NodeError) -> Node {
        await look()
        if let writing { return writing }
        let opened = try await Node.open(home: home)
        if let writing { return writing }
        writing = opened
        return opened
    }

    private func look() async {
        let now = Clock.now
        guard abs(now - lookedAt) > Self.lookEvery, let node = reading else { return }
        lookedAt = now
        if (try? await node.tables.isInPlace()) == false { (reading, writing) = (nil, nil) }
    }
}
