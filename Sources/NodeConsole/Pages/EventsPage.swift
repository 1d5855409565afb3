import Hummingbird
import HTTPTypes
import NIOCore

/// The stream by which an open page hears that something was written (server-sent events).
enum EventsPage {
    /// Seconds between two signs of life, which keep the connection from being taken for idle.
    private static let beat: Duration = .seconds(15)

    /// The end of a stream that gave way to newer ones.
    private struct GaveWay: Error {}

    static func show(_ visit: Visit) async throws -> Response {
        // Who asks for the headers alone would listen for ever.
        guard visit.request.method == .get else { return response(.init()) }
        let (all, session) = (visit.console.news, visit.session?.id ?? "")
        let seen = visit.query["seen"].flatMap { Int($0) }
        return response(
            .init { writer in
                let (news, number) = await all.listen(session, since: seen)
                do { try await give(news, to: &writer) } catch {
                    await all.leave(number)
                    throw error
                }
                // An answer that ends well leaves its connection open for a while, which is what is wanted back.
                throw GaveWay()
            })
    }

    private static func response(_ body: ResponseBody) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
    }

    private static func give(_ news: AsyncStream<Void>, to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
        let signs = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingNewest(4))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in news { signs.continuation.yield("event: written\ndata: 1\n\n") }
                // A page that gave way to newer ones comes back later, and does not push out another at once.
                signs.continuation.yield("retry: 60000\n\n")
                signs.continuation.finish()
            }
            group.addTask {
                while !Task.isCancelled {
                    try await Task.sleep(for: beat)
                    signs.continuation.yield(": here\n\n")
                }
            }
            defer { group.cancelAll() }
            for await sign in signs.stream { try await writer.write(ByteBuffer(string: sign)) }
        }
    }
}
