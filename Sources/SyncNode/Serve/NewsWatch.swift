import Logging
import SyncProtocol
import Synchronization

/// Has what any program writes into the replica sealed and told to all sessions that stand, at once.
struct NewsWatch {
    let node: Node
    let logger: Logger
    let state: ServeState
    /// The moments at which anybody wrote into the replica, from before others could know that the node serves.
    let writes: AsyncStream<Void>

    /// Milliseconds without a write after which what was written is sealed: whoever writes one statement after the
    /// other, with a program that does not wait for a lock, is not met by the node's own.
    private static let quiet: Int64 = 15
    /// Milliseconds after which it is sealed although somebody goes on writing.
    private static let longest: Int64 = 150
    /// Milliseconds after which is looked again: the pages of a commit are written before what says that it is one, and
    /// nobody tells of that.
    private static let secondLook: Int64 = 45

    func run() async throws {
        let (looks, look) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let clock = WriteClock()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in writes {
                    clock.wrote(at: Clocks.now.steady)
                    look.yield()
                }
            }
            group.addTask { try await tell(looks, after: clock) }
            // The first that fails ends all.
            for try await _ in group {}
        }
    }

    private func tell(_ looks: AsyncStream<Void>, after clock: WriteClock) async throws {
        var pace = PushPace(at: Clocks.now.steady)
        for await _ in looks {
            try await waitForQuiet(clock)
            if try await !hasTold() {
                try await rest(Self.secondLook)
                try await waitForQuiet(clock)
                guard try await hasTold() else { continue }
            }
            try await rest(pace.rest(after: Clocks.now.steady))
        }
    }

    private func waitForQuiet(_ clock: WriteClock) async throws {
        let began = Clocks.now.steady
        while true {
            let now = Clocks.now.steady
            let left = min(clock.last + Self.quiet, began + Self.longest) - now
            guard left > 0 else { return }
            try await rest(left)
        }
    }

    private func rest(_ milliseconds: Int64) async throws {
        try await Task.sleep(for: .milliseconds(Int(milliseconds)))
    }

    /// Whether there was something new. Where another program holds the replica it is tried again, for as long as that
    /// lasts.
    private func hasTold() async throws -> Bool {
        while true {
            do throws(NodeError) {
                let isNews = try await node.tellNews()
                state.note(nil, in: .writes)
                return isNews
            } catch {
                // It was moved away, which the server says by itself.
                guard error.kind != .missing else { return false }
                guard error.kind == .locked else {
                    // Every session meets the same, and says so.
                    logger.notice("what was written here cannot be told yet: \(error.message)")
                    state.note(error.message, in: .writes)
                    return false
                }
            }
            try await rest(200)
        }
    }
}

/// The moment of the last write, by the steady clock.
private final class WriteClock: Sendable {
    private let moment = Atomic<Int64>(0)

    var last: Int64 { moment.load(ordering: .relaxed) }

    func wrote(at now: Int64) { moment.store(now, ordering: .relaxed) }
}
