import ReplicaModel

/// Keeps the note of a running server true, and what its manager is told of sessions.
struct SessionNoter {
    let node: Node
    let address: String
    let state: ServeState

    /// Milliseconds between two times that the note is written: at the start of a hub everybody comes at once.
    private static let rest = 100

    func run() async throws {
        let note = ServerNote(in: node.home, since: Clocks.now.wall, address: address)
        let (changes, change) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        await node.watchSessions { change.yield() }
        for await _ in changes {
            let sessions = await node.liveSessions
            note?.write(sessions)
            state.meets(members: Set(sessions.map(\.site)).count)
            try await Task.sleep(for: .milliseconds(Self.rest))
        }
        withExtendedLifetime(note) {}
    }
}

extension Node {
    func watchSessions(_ change: @escaping @Sendable () -> Void) {
        onSessionsChange = change
        // Some may have begun before.
        change()
    }

    var liveSessions: [LiveSession] { sessions.live }
}
