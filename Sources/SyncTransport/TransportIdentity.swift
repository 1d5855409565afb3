import Crypto
import Foundation
import NIOSSL
import ReplicaModel
import SwiftASN1
import X509

/// A site's key as TLS wants it: a certificate that the key signed itself, for both sides of a connection.
///
/// No certificate authority is involved, and no clock: the certificate proves the key and nothing else, so it is valid
/// from 1970 to 9999.
package struct TransportIdentity: Sendable {
    /// The public key.
    package let site: SiteID
    let client: NIOSSLContext
    let server: NIOSSLContext

    /// `privateKey` is the 32-byte seed of an Ed25519 key.
    package init(privateKey: [UInt8]) throws(TransportError) {
        do {
            let key = try Curve25519.Signing.PrivateKey(rawRepresentation: privateKey)
            guard let site = SiteID(Array(key.publicKey.rawRepresentation)) else {
                throw TransportError.badKey(reason: "its public key is not 32 bytes")
            }
            self.site = site
            let certificate = try NIOSSLCertificate(bytes: selfSigned(key, site: site), format: .der)
            let secret = try NIOSSLPrivateKey(
                bytes: Array(Certificate.PrivateKey(key).serializeAsPEM().derBytes), format: .der)
            client = try NIOSSLContext(configuration: demanding(.makeClientConfiguration(), certificate, secret))
            server = try NIOSSLContext(
                configuration: demanding(
                    .makeServerConfiguration(certificateChain: [], privateKey: .privateKey(secret)), certificate, secret
                ))
        } catch let error as TransportError {
            throw error
        } catch {
            throw .badKey(reason: String(describing: error))
        }
    }
}

/// - Parameter shown: the key in the certificate, where that is not the signer's.
func selfSigned(_ key: Curve25519.Signing.PrivateKey, site: SiteID, showing shown: Certificate.PublicKey? = nil) throws
    -> [UInt8]
{
    let name = try DistinguishedName { CommonName(site.hex) }
    let certificate = try Certificate(
        version: .v3, serialNumber: .init(bytes: [1]), publicKey: shown ?? .init(key.publicKey),
        notValidBefore: Date(timeIntervalSince1970: 0),
        // 9999-12-31T23:59:59Z, which RFC 5280 keeps for "does not expire".
        notValidAfter: Date(timeIntervalSince1970: 253_402_300_799),
        issuer: name, subject: name, signatureAlgorithm: .ed25519, extensions: .init(), issuerPrivateKey: .init(key))
    var der = DER.Serializer()
    try der.serialize(certificate)
    return der.serializedBytes
}

/// TLS 1.3 and Ed25519 only. Verification is on, so that a server demands a certificate; who is trusted is decided by
/// the callback in `SecureChannel`.
private func demanding(
    _ plain: TLSConfiguration, _ certificate: NIOSSLCertificate, _ key: NIOSSLPrivateKey
) -> TLSConfiguration {
    var configuration = plain
    configuration.certificateChain = [.certificate(certificate)]
    configuration.privateKey = .privateKey(key)
    configuration.minimumTLSVersion = .tlsv13
    configuration.maximumTLSVersion = .tlsv13
    configuration.certificateVerification = .noHostnameVerification
    configuration.trustRoots = .certificates([])
    configuration.verifySignatureAlgorithms = [.ed25519]
    return configuration
}
