import Crypto
import NIOCore
import NIOSSL
import ReplicaModel
import Testing
import X509

@testable import SyncTransport

/// Attacks that can be tried below frames. Those through frames are played against an engine.
@Suite(.timeLimit(.minutes(1))) struct HostileClientTests {
    private func answers(_ address: HostPort) async throws -> Bool {
        try await Dialler(identity: identity(2)).connect(to: [address]) { connection in
            try await connection.send([7])
            return try await connection.receive() == [7]
        }
    }

    @Test(
        "a client that sends its handshake a byte at a time is let go after the handshake's time, and keeps nobody out meanwhile"
    )
    func slowLoris() async throws {
        let refusals = Refusals()
        try await withListener(1, handshakeTimeout: .seconds(2), connectionsMax: 4, refused: refusals.note, serve: echo)
        { address in
            // A record of 16 KiB with a hello in it, as its first bytes say.
            let slow = try await plainClient(to: address, sending: [0x16, 3, 1, 0x40, 0, 1])
            var served = 0
            while slow.isActive {
                try? await slow.send(raw: [0])
                #expect(try await answers(address))
                served += 1
            }
            #expect(served > 3)
        }
        #expect(refusals.found == [.timeout(doing: "The handshake", seconds: 2)])
    }

    @Test("a flood of clients that prove no key keeps nobody out: the oldest of their address give way")
    func flood() async throws {
        let flood = 3 * Doorway.ofHandshakes.ofOneNetworkMax
        let refusals = Refusals()
        try await withListener(
            1, handshakeTimeout: .seconds(300), connectionsMax: 2, refused: refusals.note, serve: echo
        ) { address in
            var clients: [any Channel] = []
            for _ in 0..<flood { clients.append(try await plainClient(to: address, sending: [])) }
            #expect(try await answers(address))
            for client in clients.prefix(flood - Doorway.ofHandshakes.ofOneNetworkMax) {
                try await client.closeFuture.get()
            }
            #expect(clients.last?.isActive == true)
        }
        #expect(refusals.found.count(where: { $0 == .gaveWay }) == flood + 1 - Doorway.ofHandshakes.ofOneNetworkMax)
        #expect(refusals.found.count == refusals.found.count(where: { $0 == .gaveWay }))
    }

    @Test("a flood from one address drives out nobody of another, who has time for a slow handshake")
    func floodFromElsewhere() async throws {
        let refusals = Refusals()
        try await withListener(
            1, handshakeTimeout: .seconds(300), connectionsMax: 2, refused: refusals.note, serve: echo
        ) { address in
            let slow = try await plainClient(to: address, sending: [0x16], from: "127.0.0.2")
            var flood: [any Channel] = []
            for _ in 0..<3 * Doorway.ofHandshakes.clientsMax {
                flood.append(try await plainClient(to: address, sending: []))
            }
            // Whoever came first of the flood had to go.
            for client in flood.dropLast(Doorway.ofHandshakes.ofOneNetworkMax) { try await client.closeFuture.get() }
            #expect(slow.isActive)
            let other = try await rawClient(to: address, from: "127.0.0.2")
            try await other.send(raw: [0, 0, 0, 1, 7])
            #expect(other.isActive)
            #expect(try await answers(address))
            #expect(slow.isActive)
            try await other.close()
        }
        #expect(refusals.found.count(where: { $0 == .gaveWay }) >= 2 * Doorway.ofHandshakes.clientsMax)
    }

    @Test("a key that is nobody's proves nothing")
    func smallOrder() throws {
        for key in [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        ] {
            let site = try #require(SiteID(hex: key))
            let plain = try Certificate.PublicKey(Curve25519.Signing.PublicKey(rawRepresentation: site.bytes))
            let own = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 2, count: 32))
            let shown = try NIOSSLCertificate(bytes: selfSigned(own, site: site, showing: plain), format: .der)
            #expect(throws: TransportError.self) { try provenSite(by: [shown], expected: nil) }
        }
    }

    @Test(
        "a certificate that says another site's name, and that the other might have signed, proves the key in it and no more"
    )
    func borrowedName() async throws {
        let (own, other) = (try identity(2), try identity(3))
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 2, count: 32))
        let shown = try NIOSSLCertificate(bytes: selfSigned(key, site: other.site), format: .der)
        #expect(try provenSite(by: [shown], expected: nil) == own.site)
        #expect(throws: TransportError.wrongPeer(expected: other.site, found: own.site)) {
            try provenSite(by: [shown], expected: other.site)
        }
    }

    @Test("whoever shows another site's certificate has not its key, and never gets through the handshake")
    func borrowedCertificate() async throws {
        let other = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 3, count: 32))
        let own = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 2, count: 32))
        let certificate = try NIOSSLCertificate(bytes: selfSigned(other, site: identity(3).site), format: .der)
        let secret = try NIOSSLPrivateKey(
            bytes: Array(Certificate.PrivateKey(own).serializeAsPEM().derBytes), format: .der)
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateChain = [.certificate(certificate)]
        configuration.privateKey = .privateKey(secret)
        // The library sees that they do not belong together; another one would fail at the proof that TLS 1.3 asks for.
        #expect(throws: (any Error).self) { try NIOSSLContext(configuration: configuration) }
    }
}
