import ReplicaModel

/// Keeps the note of a running server true.
struct SessionNoter {
    let node: Node
    let address: String

    /// Milliseconds between two times that the note is written: at the start of a hub everybody comes at once.
    private static let rest = 100

    func run() async throws {
        guard let note = ServerNote(in: node.home, since: Clocks.now.wall, address: address) else { return }
        let (changes, change) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        await node.watchSessions { change.yield() }
        for await _ in changes {
            note.write(await node.liveSessions)
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
