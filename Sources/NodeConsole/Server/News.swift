import SyncNode

/// Tells every page that is open that something was written, whoever wrote it.
actor News {
    private var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
    private var next = 0
    /// How often something was written.
    private(set) var count = 0

    /// A value for each time that something was written; several that come together may be one. Ends with the console.
    ///
    /// - Parameter seen: the count when the page was asked for; where something was written since, a value comes at once.
    func listen(since seen: Int?) -> AsyncStream<Void> {
        let number = next
        next += 1
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        listeners[number] = continuation
        if let seen, seen != count { continuation.yield() }
        return stream
    }

    /// Ends what nobody listens to any more, and tells the others.
    func tell() {
        count += 1
        listeners = listeners.filter { _, continuation in
            if case .terminated = continuation.yield() { false } else { true }
        }
    }

    func end() {
        for continuation in listeners.values { continuation.finish() }
        listeners = [:]
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
