import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import ReplicaModel
import Testing

@testable import SyncTransport

@Suite(.timeLimit(.minutes(1))) struct ListenerTests {
    /// True if a client can send a frame and gets it back.
    private func answers(_ address: HostPort) async throws -> Bool {
        try await Dialler(identity: identity(2)).connect(to: [address]) { connection in
            try await connection.send([7])
            return try await connection.receive() == [7]
        }
    }

    @Test("an address in use is named")
    func inUse() async throws {
        try await withListener(1, serve: echo) { address in
            await #expect(throws: TransportError.addressInUse(address)) {
                try await Listener.bind(address, identity: identity(1))
            }
        }
    }

    @Test("clients that speak garbage, say nothing, or go away disturb nobody")
    func hostileClients() async throws {
        let refusals = Refusals()
        try await withListener(1, handshakeTimeout: .seconds(2), refused: refusals.note, serve: echo) { address in
            let garbage = try await plainClient(to: address, sending: Array("GET / HTTP/1.1\r\n\r\n".utf8))
            let silent = try await plainClient(to: address, sending: [])
            // On the event loop alone, so that no busy thread stands between the beginning and the end.
            try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: address.host, port: Int(address.port))
                .flatMap { channel in
                    channel.writeAndFlush(ByteBuffer(bytes: [0x16, 3, 1])).flatMap { channel.close() }
                }.get()
            #expect(try await answers(address))
            try await garbage.closeFuture.get()
            try await silent.closeFuture.get()
            #expect(try await answers(address))
        }
        let found = refusals.found
        #expect(found.count == 3)
        #expect(found.contains(.timeout(doing: "The handshake", seconds: 2)))
        #expect(found.contains(.handshake(reason: "the other side closed")))
        #expect(found.contains(.handshake(reason: "HTTP_REQUEST")))
    }

    @Test("a client without a certificate is refused")
    func noCertificate() async throws {
        let refusals = Refusals()
        try await withListener(1, refused: refusals.note, serve: echo) { address in
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = .tlsv13
            configuration.verifySignatureAlgorithms = [.ed25519]
            configuration.certificateVerification = .noHostnameVerification
            let context = try NIOSSLContext(configuration: configuration)
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: nil) { _, verdict in
                                verdict.succeed(.certificateVerified)
                            })
                    }
                }
                .connect(host: address.host, port: Int(address.port)).get()
            try await channel.closeFuture.get()
        }
        #expect(refusals.found == [.handshake(reason: "PEER_DID_NOT_RETURN_A_CERTIFICATE")])
    }

    @Test("no more than the allowed connections are open, and one that ends makes room")
    func connectionsMax() async throws {
        let refusals = Refusals()
        try await withListener(1, connectionsMax: 1, refused: refusals.note, serve: echo) { address in
            try await Dialler(identity: identity(2)).connect(to: [address]) { connection in
                try await connection.send([1])
                #expect(try await connection.receive() == [1])
                await #expect(throws: TransportError.self) { try await answers(address) }
            }
            // The listener notices the end a moment after the client does.
            var isAnswered = false
            while !isAnswered { isAnswered = (try? await answers(address)) ?? false }
        }
        #expect(refusals.found.first == .tooManyConnections(limit: 1))
    }

    @Test("a cancelled listener ends its connections, frees its port and returns")
    func cancelled() async throws {
        let listener = try await Listener.bind(loopback, identity: identity(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run(connectionsMax: 4, echo) }
            try await Dialler(identity: identity(2)).connect(to: [listener.address]) { connection in
                try await connection.send([1])
                #expect(try await connection.receive() == [1])
                group.cancelAll()
                #expect(try await connection.receive() == nil)
            }
            try await group.waitForAll()
        }
        let again = try await Listener.bind(listener.address, identity: identity(1))
        #expect(again.address == listener.address)
    }

    @Test("a connection that ends leaves nothing in memory")
    func noLeak() async throws {
        let handlers = NIOLockedValueBox<[WeakHandler]>([])
        try await withListener(1) { connection in
            await echo(connection)
        } body: { address in
            for _ in 0..<3 {
                try await Dialler(identity: identity(2)).connect(to: [address]) { connection in
                    let handler = connection.handler
                    try await connection.channel.eventLoop.submit {
                        let weak = WeakHandler(traffic: handler.value.traffic)
                        handlers.withLockedValue { $0.append(weak) }
                    }.get()
                }
            }
        }
        // The event loop lets go of a closed channel a moment later.
        while handlers.withLockedValue({ $0.contains { $0.traffic != nil } }) { await Task.yield() }
        #expect(handlers.withLockedValue { $0.count } == 3)
    }
}

/// A connection's handler holds its counters, which, unlike itself, may be looked at from anywhere.
private struct WeakHandler: Sendable {
    weak let traffic: Traffic?
}
