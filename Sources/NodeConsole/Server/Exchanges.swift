import SyncNode

/// The exchanges with peers that people begin in the console, one after the other: how far one is, and what came of the
/// last.
actor Exchanges {
    struct State: Sendable {
        var isRunning = false
        /// How far it is with each peer, in the order in which they answered.
        var steps: [SyncProgress] = []
        /// The outcome of the last with each peer.
        var outcomes: [SyncOutcome] = []
        /// Why the last could not be begun.
        var problem: String?
        /// The end of the last, in milliseconds since 1970.
        var ended: Int64?
    }

    private(set) var state = State()
    private let orders: AsyncStream<[String]>
    private let ordering: AsyncStream<[String]>.Continuation

    init() { (orders, ordering) = AsyncStream<[String]>.makeStream(bufferingPolicy: .bufferingOldest(1)) }

    /// Milliseconds between two pieces of news of how far one is.
    private static let newsEvery: Int64 = 250

    /// Begins one.
    ///
    /// - Parameter peers: their names; none for all.
    /// - Returns: whether it begins; not where another is under way.
    func begin(with peers: [String]) -> Bool {
        guard !state.isRunning else { return false }
        state = State(isRunning: true)
        ordering.yield(peers)
        return true
    }

    /// Waits for the end of the one that is under way, for a while.
    func wait(atMost: Duration) async {
        let end = ContinuousClock.now + atMost
        while state.isRunning, ContinuousClock.now < end {
            // A task that was cancelled does not sleep any more.
            guard (try? await Task.sleep(for: .milliseconds(50))) != nil else { return }
        }
    }

    /// Carries out what is begun, until the task is cancelled.
    nonisolated func run(_ desk: Desk, _ news: News) async {
        await run(news) { (peers, progress) async throws(NodeError) in
            try await desk.writer().dialler.sync(peers: peers, progress: progress)
        }
    }

    /// An exchange with the peers of these names that tells how far it is.
    typealias Work =
        @Sendable (_ peers: [String], _ progress: @escaping @Sendable (SyncProgress) -> Void) async throws(NodeError)
        -> [SyncOutcome]

    nonisolated func run(_ news: News, _ work: @escaping Work) async {
        for await peers in orders {
            let (steps, stepping) = AsyncStream<SyncProgress>.makeStream(bufferingPolicy: .bufferingNewest(256))
            async let ended = Self.outcome(of: work, peers, stepping)
            var told: Int64 = 0
            for await step in steps {
                await note(step)
                guard Clock.now - told >= Self.newsEvery else { continue }
                told = Clock.now
                await news.tell()
            }
            // Only now: what is still told of this one would else be taken for news of the next.
            await end(await ended)
            await news.tell()
        }
    }

    private static func outcome(
        of work: Work, _ peers: [String], _ stepping: AsyncStream<SyncProgress>.Continuation
    ) async -> State {
        defer { stepping.finish() }
        do throws(NodeError) {
            return State(outcomes: try await work(peers) { stepping.yield($0) }, ended: Clock.now)
        } catch { return State(problem: error.message, ended: Clock.now) }
    }

    private func note(_ step: SyncProgress) {
        if let place = state.steps.firstIndex(where: { $0.peer == step.peer }) {
            state.steps[place] = step
        } else {
            state.steps.append(step)
        }
    }

    private func end(_ ended: State) { state = ended }
}
