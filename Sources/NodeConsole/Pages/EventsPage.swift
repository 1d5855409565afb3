import Hummingbird
import HTTPTypes
import NIOCore

/// The stream by which an open page hears that something was written (server-sent events).
enum EventsPage {
    /// Seconds between two signs of life, which keep the connection from being taken for idle.
    private static let beat: Duration = .seconds(15)

    static func show(_ visit: Visit) async throws -> Response {
        let news = await visit.console.news.listen(since: visit.query["seen"].flatMap { Int($0) })
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: .init { writer in
                try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
                let signs = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingNewest(4))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for await _ in news { signs.continuation.yield("event: written\ndata: 1\n\n") }
                        signs.continuation.finish()
                    }
                    group.addTask {
                        while !Task.isCancelled {
                            try await Task.sleep(for: Self.beat)
                            signs.continuation.yield(": here\n\n")
                        }
                    }
                    defer { group.cancelAll() }
                    for await sign in signs.stream { try await writer.write(ByteBuffer(string: sign)) }
                }
                try await writer.finish(nil)
            })
    }
}
