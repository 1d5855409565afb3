import NIOCore
import NIOHTTP1
import NIOPosix

/// A text that is answered by HTTP.
package struct Page: Sendable {
    package let status: Int
    package let kind: String
    package let text: String

    /// - Parameters:
    ///   - status: 200, 404 or 503.
    ///   - kind: its media type.
    package init(status: Int = 200, kind: String = "text/plain; charset=utf-8", text: String) {
        (self.status, self.kind, self.text) = (status, kind, text)
    }
}

/// A socket of this machine's loopback at which few pages are read by plain HTTP/1.1, such as measures by a collector.
/// A connection is for one request.
package final class PageListener: Sendable {
    private typealias Client = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    /// The address where the socket listens, with the port that the system chose for port 0.
    package let address: HostPort
    private let channel: NIOAsyncChannel<Client, Never>

    private init(address: HostPort, channel: NIOAsyncChannel<Client, Never>) {
        (self.address, self.channel) = (address, channel)
    }

    /// Collectors, and the one that somebody tries beside them.
    private static let clientsMax = 32
    /// Time for a request and its answer: whoever asks is on this machine.
    private static let timeout = TimeAmount.seconds(15)

    /// Throws `cannotListen` for an address that other machines might reach.
    package static func check(_ address: HostPort) throws(TransportError) {
        guard address.isLoopback else {
            throw .cannotListen(
                address, reason: "pages go without TLS, so to this machine alone; write 127.0.0.1:PORT")
        }
    }

    /// - Throws: `cannotListen`, also for an address that other machines might reach.
    package static func bind(_ address: HostPort) async throws(TransportError) -> PageListener {
        try check(address)
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: address.host, port: Int(address.port)) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                        channel.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
                        return try Client(wrappingChannelSynchronously: channel)
                    }
                }
            return PageListener(address: HostPort(of: channel.channel.localAddress) ?? address, channel: channel)
        } catch { throw TransportError(listening: address, error) }
    }

    /// Answers until the task is cancelled. To be called once.
    ///
    /// - Parameter answer: the page at a path; nil where there is none.
    package func run(_ answer: @escaping @Sendable (String) async -> Page?) async throws(TransportError) {
        let open = Counter()
        do {
            try await channel.executeThenClose { clients in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await client in clients {
                        group.addTask {
                            defer { open.add(-1) }
                            guard open.add(1) <= Self.clientsMax else {
                                try? await client.executeThenClose { _, _ in }
                                return
                            }
                            // A client that goes away is none of ours.
                            try? await Self.serve(client, answer)
                        }
                    }
                    group.cancelAll()
                }
            }
        } catch {
            if !Task.isCancelled { throw .cannotListen(address, reason: "\(error)") }
        }
    }

    private static func serve(_ client: Client, _ answer: @Sendable (String) async -> Page?) async throws {
        try await client.executeThenClose { parts, out in
            for try await case .head(let head) in parts {
                let page = await page(for: head, answer)
                var headers = HTTPHeaders([
                    ("Content-Type", page.kind), ("Content-Length", "\(page.text.utf8.count)"),
                    ("Connection", "close"), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
                ])
                if page.status == 405 { headers.add(name: "Allow", value: "GET, HEAD") }
                try await out.write(
                    .head(.init(version: .http1_1, status: .init(statusCode: page.status), headers: headers)))
                if head.method != .HEAD { try await out.write(.body(.byteBuffer(ByteBuffer(string: page.text)))) }
                try await out.write(.end(nil))
                return
            }
        }
    }

    private static func page(
        for head: HTTPRequestHead, _ answer: @Sendable (String) async -> Page?
    ) async -> Page {
        guard [.GET, .HEAD].contains(head.method) else { return Page(status: 405, text: "only GET and HEAD\n") }
        // A page of the web may have a browser ask here under a name of its own.
        guard head.headers["host"].allSatisfy(isOwn) else { return Page(status: 403, text: "another host\n") }
        let path = head.uri.prefix { $0 != "?" }
        return await answer(String(path)) ?? Page(status: 404, text: "there is no such page\n")
    }

    /// Whether a Host is this machine's loopback, with a port or without.
    private static func isOwn(_ host: String) -> Bool {
        let text = host.hasSuffix("]") || !host.contains(":") ? host + ":1" : host
        return (try? HostPort(text))?.isLoopback ?? false
    }
}
