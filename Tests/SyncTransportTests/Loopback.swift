import Crypto
import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import ReplicaModel
import SwiftASN1
import X509

@testable import SyncTransport

let loopback = HostPort(host: "127.0.0.1", port: 0)

/// The identity of a made-up site; equal numbers give equal sites.
func identity(_ number: UInt8) throws -> TransportIdentity {
    try TransportIdentity(privateKey: [UInt8](repeating: number, count: 32))
}

/// Runs `body` beside a listener whose connections `serve` handles, then stops the listener.
@discardableResult
func withListener<Result: Sendable>(
    _ site: UInt8 = 1, frameBytesMax: Int = frameBytesMaxDefault, handshakeTimeout: Duration = .seconds(10),
    connectionsMax: Int = 16, refused: @escaping @Sendable (TransportError) -> Void = { _ in },
    serve: @escaping @Sendable (PeerConnection) async -> Void, body: (HostPort) async throws -> Result
) async throws -> Result {
    let listener = try await Listener.bind(
        loopback, identity: identity(site), frameBytesMax: frameBytesMax, handshakeTimeout: handshakeTimeout)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await listener.run(connectionsMax: connectionsMax, refused: refused, serve) }
        let result = try await body(listener.address)
        group.cancelAll()
        try await group.waitForAll()
        return result
    }
}

/// The errors that a listener gives for the clients that it refused.
final class Refusals: Sendable {
    private let errors = NIOLockedValueBox<[TransportError]>([])

    var found: [TransportError] { errors.withLockedValue { $0 } }

    @Sendable func note(_ error: TransportError) { errors.withLockedValue { $0.append(error) } }
}

/// Sends back each frame until the other side closes.
@Sendable func echo(_ connection: PeerConnection) async {
    do throws(TransportError) {
        while let frame = try await connection.receive() { try await connection.send(frame) }
    } catch {}
}

/// A TCP client without TLS: what it sends is raw, and it reads until the other side closes.
///
/// - Parameter host: the address of this machine from which it dials; any where it is nil.
func plainClient(to address: HostPort, sending bytes: [UInt8], from host: String? = nil) async throws -> any Channel {
    let channel = try await bootstrap(from: host)
        .connect(host: address.host, port: Int(address.port)).get()
    if !bytes.isEmpty { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }
    return channel
}

/// A client that speaks TLS with the key of `site`, and whose bytes inside are raw.
func rawClient(_ site: UInt8 = 2, to address: HostPort, from host: String? = nil) async throws -> any Channel {
    let context = try identity(site).client
    return try await bootstrap(from: host)
        .channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let believe: NIOSSLCustomVerificationCallback = { _, verdict in verdict.succeed(.certificateVerified) }
                try channel.pipeline.syncOperations.addHandler(
                    NIOSSLClientHandler(context: context, serverHostname: nil, customVerificationCallback: believe))
            }
        }
        .connect(host: address.host, port: Int(address.port)).get()
}

private func bootstrap(from host: String?) throws -> ClientBootstrap {
    let plain = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    guard let host else { return plain }
    return plain.bind(to: try SocketAddress(ipAddress: host, port: 0))
}

extension Channel {
    func send(raw bytes: [UInt8]) async throws { try await writeAndFlush(ByteBuffer(bytes: bytes)) }

    /// Closes the socket without a farewell.
    func vanish() async throws {
        try await eventLoop.submit {
            try self.pipeline.syncOperations.context(handlerType: NIOSSLHandler.self).close(promise: nil)
        }.get()
    }
}

/// A certificate as other programs show one, signed with its own key of another kind than sites have.
func foreignCertificate(_ key: P256.Signing.PrivateKey) throws -> NIOSSLCertificate {
    let name = try DistinguishedName { CommonName("someone") }
    let foreign = try Certificate(
        version: .v3, serialNumber: .init(bytes: [1]), publicKey: .init(key.publicKey),
        notValidBefore: Date(timeIntervalSince1970: 0), notValidAfter: Date(timeIntervalSince1970: 1),
        issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256, extensions: .init(),
        issuerPrivateKey: .init(key))
    var der = DER.Serializer()
    try der.serialize(foreign)
    return try NIOSSLCertificate(bytes: der.serializedBytes, format: .der)
}
