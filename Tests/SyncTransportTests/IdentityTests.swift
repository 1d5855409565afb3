import Crypto
import NIOSSL
import ReplicaModel
import Testing

@testable import SyncTransport

@Suite struct IdentityTests {
    @Test("the site is the public key")
    func site() throws {
        let seed = [UInt8](repeating: 9, count: 32)
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        #expect(try TransportIdentity(privateKey: seed).site.bytes == Array(key.publicKey.rawRepresentation))
    }

    @Test("a key of another size is refused", arguments: [0, 31, 33, 64])
    func size(count: Int) {
        #expect {
            try TransportIdentity(privateKey: [UInt8](repeating: 1, count: count))
        } throws: { error in
            if case TransportError.badKey = error { true } else { false }
        }
    }

    @Test("no certificate, and two, prove nothing")
    func count() throws {
        #expect(throws: TransportError.badCertificate(reason: "0 certificates were shown, not one")) {
            try provenSite(by: [], expected: nil)
        }
        let certificate = try certificate(of: 9)
        #expect(try provenSite(by: [certificate], expected: nil) == identity(9).site)
        #expect(throws: TransportError.badCertificate(reason: "2 certificates were shown, not one")) {
            try provenSite(by: [certificate, certificate], expected: nil)
        }
    }

    @Test("one certificate of another site is not the expected one's")
    func otherSite() throws {
        let (expected, found) = (try identity(8).site, try identity(9).site)
        #expect(throws: TransportError.wrongPeer(expected: expected, found: found)) {
            try provenSite(by: [certificate(of: 9)], expected: expected)
        }
    }

    @Test("a certificate with a key of another kind proves nothing")
    func otherKind() throws {
        let key = P256.Signing.PrivateKey()
        let shown = try foreignCertificate(key)
        #expect(throws: TransportError.badCertificate(reason: "its key is not an Ed25519 key")) {
            try provenSite(by: [shown], expected: nil)
        }
    }

    private func certificate(of number: UInt8) throws -> NIOSSLCertificate {
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: number, count: 32))
        return try NIOSSLCertificate(bytes: selfSigned(key, site: identity(number).site), format: .der)
    }
}
