import NIOCore
import NIOPosix
import NIOSSL
import ReplicaModel
import Testing

@testable import SyncTransport

@Suite(.timeLimit(.minutes(1))) struct DiallerTests {
    /// An address at which nobody listens: one that was free a moment ago may be another test's by now.
    private let closedPort = HostPort(host: "127.0.0.1", port: 1)

    /// A server that accepts and never says anything.
    private func withSilence(_ body: (HostPort) async throws -> Void) async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        try await body(try #require(HostPort(of: server.localAddress)))
        try await server.close()
    }

    @Test("a closed port is a clear error")
    func closed() async throws {
        let address = closedPort
        await #expect(throws: TransportError.cannotConnect(address, reason: "Connection refused")) {
            try await Dialler(identity: identity(2)).connect(to: [address]) { _ in }
        }
    }

    @Test("addresses are tried in their order, and one that answers is enough")
    func severalAddresses() async throws {
        let address = closedPort
        try await withListener(1, serve: echo) { answering in
            let peer = try await Dialler(identity: identity(2)).connect(to: [address, answering]) { $0.peer }
            #expect(try peer == identity(1).site)
        }
    }

    @Test("an address that says nothing for ever keeps no other waiting, and a connection tells where it was dialled")
    func silentAddress() async throws {
        try await withSilence { silent in
            try await withListener(1, serve: echo) { answering in
                let dialler = Dialler(identity: try identity(2), timeout: .seconds(1_000_000))
                let dialled = try await dialler.connect(to: [silent, silent, answering, silent]) { $0.dialled }
                #expect(dialled == answering)
            }
        }
    }

    @Test("when none answers, each address has its error")
    func noneAnswers() async throws {
        let address = closedPort
        let error = TransportError.cannotConnect(address, reason: "Connection refused")
        await #expect(throws: TransportError.noneAnswered([error, error])) {
            try await Dialler(identity: identity(2)).connect(to: [address, address]) { _ in }
        }
        await #expect(throws: TransportError.noneAnswered([])) {
            try await Dialler(identity: identity(2)).connect(to: []) { _ in }
        }
    }

    @Test("a name that does not resolve is a clear error")
    func unresolved() async throws {
        let address = HostPort(host: "no-such-host.invalid", port: 1)
        await #expect(throws: TransportError.cannotResolve(address, reason: "no such host, or no name server answers"))
        {
            try await Dialler(identity: identity(2)).connect(to: [address]) { _ in }
        }
    }

    @Test("a server that does not answer the handshake is given up")
    func silence() async throws {
        try await withSilence { address in
            let doing = "Connecting to \(address)"
            await #expect(throws: TransportError.timeout(doing: doing, seconds: 0.2)) {
                try await Dialler(identity: identity(2), timeout: .milliseconds(200)).connect(to: [address]) { _ in }
            }
        }
    }

    @Test("a dial ends with its task")
    func cancelled() async throws {
        try await withSilence { address in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: TransportError.cancelled) {
                        try await Dialler(identity: identity(2), timeout: .seconds(50)).connect(to: [address]) { _ in }
                    }
                }
                try? await Task.sleep(for: .milliseconds(50))
                group.cancelAll()
            }
        }
    }

    @Test("what the body throws comes out, and the connection is closed")
    func bodyThrows() async throws {
        struct Odd: Error {}
        try await withListener(1, serve: echo) { address in
            await #expect(throws: Odd.self) {
                try await Dialler(identity: identity(2)).connect(to: [address]) { _ in throw Odd() }
            }
        }
    }

    @Test("a client whose certificate is refused learns it in one clear error")
    func refusedCertificate() async throws {
        // The server believes in no certificate at all, and says so after the client thinks that all is well.
        let server = try identity(1).server
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let refuse: NIOSSLCustomVerificationCallback = { _, verdict in verdict.succeed(.failed) }
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLServerHandler(context: server, customVerificationCallback: refuse))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(HostPort(of: channel.localAddress))
        await #expect {
            try await Dialler(identity: identity(2)).connect(to: [address]) { connection in
                _ = try await connection.receive()
            }
        } throws: { error in
            if case TransportError.refused(let reason) = error { reason.contains("ALERT") } else { false }
        }
        try await channel.close()
    }
}
