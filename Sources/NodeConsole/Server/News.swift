import SyncNode

/// Tells every page that is open that something was written, whoever wrote it.
actor News {
    private var listeners: [Int: Listener] = [:]
    private var next = 0
    /// How often something was written.
    private(set) var count = 0

    private struct Listener {
        let session: String
        let continuation: AsyncStream<Void>.Continuation
    }

    /// Open pages of one session that are told. A browser holds a connection for each, and needs others for its pages.
    static let sessionMax = 12
    /// Open pages that are told in all, of the 64 connections of a console.
    static let listenersMax = 40

    /// A value for each time that something was written; several that come together may be one. Ends with the console,
    /// and where the session, or all of them, listen too often: the oldest goes.
    ///
    /// - Parameters:
    ///   - session: the id of the session of which the page is.
    ///   - seen: the count when the page was asked for; where something was written since, a value comes at once.
    /// - Returns: the values, and the number under which the listener leaves.
    func listen(_ session: String, since seen: Int?) -> (news: AsyncStream<Void>, number: Int) {
        let own = listeners.filter { $0.value.session == session }.keys
        if own.count >= Self.sessionMax, let oldest = own.min() { leave(oldest) }
        if listeners.count >= Self.listenersMax, let oldest = listeners.keys.min() { leave(oldest) }
        let number = next
        next += 1
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        listeners[number] = Listener(session: session, continuation: continuation)
        if let seen, seen != count { continuation.yield() }
        return (stream, number)
    }

    /// Ends what one listener hears.
    func leave(_ number: Int) { listeners.removeValue(forKey: number)?.continuation.finish() }

    /// Tells all who listen.
    func tell() {
        count += 1
        for listener in listeners.values { listener.continuation.yield() }
    }

    /// Follows the writes into a replica until its task is cancelled.
    func follow(_ desk: Desk) async throws {
        while !Task.isCancelled {
            guard let node = try? await desk.reader() else {
                try await Task.sleep(for: .seconds(2))
                continue
            }
            for await _ in node.writes {
                tell()
                // What is written all the time is told five times a second.
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }
}
