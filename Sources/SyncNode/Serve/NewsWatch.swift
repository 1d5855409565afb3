import Logging
import SyncProtocol

/// Has what any program writes into the replica sealed and told to all sessions that stand, at once.
struct NewsWatch {
    let node: Node
    let logger: Logger

    /// Milliseconds after a write at which is looked again, each after the one before: the pages of a commit are
    /// written before what says that it is one, and nobody tells of that.
    private static let looks = [3, 12, 45]

    func run() async throws {
        let (looks, look) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let (writes, written) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in FileWatch.writes(of: node.home.realReplica) {
                    look.yield()
                    written.yield()
                }
            }
            group.addTask {
                for await _ in writes {
                    for wait in Self.looks {
                        try await Task.sleep(for: .milliseconds(wait))
                        look.yield()
                    }
                }
            }
            group.addTask { try await tell(looks, again: look) }
            // The first that fails ends all.
            for try await _ in group {}
        }
    }

    private func tell(_ looks: AsyncStream<Void>, again: AsyncStream<Void>.Continuation) async throws {
        var pace = PushPace(at: Clocks.now.steady)
        for await _ in looks {
            do throws(NodeError) {
                guard try await node.tellNews() else { continue }
            } catch {
                // Whoever holds the replica writes, and is heard of again; what else is wrong is told by every session.
                if error.kind != .locked { logger.notice("what was written here cannot be told yet: \(error.message)") }
                try await Task.sleep(for: .milliseconds(200))
                again.yield()
                continue
            }
            try await Task.sleep(for: .milliseconds(Int(pace.rest(after: Clocks.now.steady))))
        }
    }
}
