import NIOSSL
import ReplicaModel

/// The site that a certificate proves. Refuses all but one Ed25519 certificate, a key that is nobody's, and another
/// site than `expected`. What else the certificate says is not looked at: TLS proves that the other side holds the key.
func provenSite(by certificates: [NIOSSLCertificate], expected: SiteID?) throws(TransportError) -> SiteID {
    guard let only = certificates.first, certificates.count == 1 else {
        throw .badCertificate(reason: "\(certificates.count) certificates were shown, not one")
    }
    guard let info = try? only.extractPublicKey().toSPKIBytes() else {
        throw .badCertificate(reason: "its key cannot be read")
    }
    guard info.starts(with: ed25519Prefix), let site = SiteID(info.dropFirst(ed25519Prefix.count)) else {
        throw .badCertificate(reason: "its key is not an Ed25519 key")
    }
    guard site.isKey else {
        throw .badCertificate(reason: "its key is of small order, so that anybody can sign for it")
    }
    if let expected, expected != site { throw .wrongPeer(expected: expected, found: site) }
    return site
}

/// SubjectPublicKeyInfo of RFC 8410 up to the 32 bytes of the key.
private let ed25519Prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
