import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import SyncNode
import X509

/// The certificate under which a console speaks TLS: the one that `config.yaml` names, else one that the console makes
/// for itself. The node's own key is of no use here: browsers take no certificate of Ed25519.
struct ConsoleCertificate: Sendable {
    let configuration: TLSConfiguration
    /// SHA-256 of the certificate, in hexadecimal digits.
    let fingerprint: String

    init(_ settings: ConsoleSettings, in home: NodeHome) throws(NodeError) {
        let folder = ConsoleFolder(home)
        let files: (certificate: String, key: String)
        if let certificate = settings.certificate, let key = settings.key {
            files = (certificate, key)
        } else {
            files = (folder.path + "/certificate.pem", folder.path + "/key.pem")
            try folder.make()
            if !FileManager.default.fileExists(atPath: files.key) { try Self.make(files, names: settings.names) }
        }
        let (chain, print) = try Self.chain(in: files.certificate)
        var made = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(try Self.key(in: files.key)))
        made.minimumTLSVersion = .tlsv12
        made.applicationProtocols = ["http/1.1"]
        // Only here is the one held against the other.
        do { _ = try NIOSSLContext(configuration: made) } catch {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    the console's certificate \(files.certificate) and key \(files.key) do not belong together: name \
                    two files that do as consoleCertificate and consoleKey in config.yaml
                    """
            )
        }
        (configuration, fingerprint) = (made, print)
    }

    /// The certificates of a file, and the fingerprint of the first.
    private static func chain(in file: String) throws(NodeError) -> ([NIOSSLCertificate], fingerprint: String) {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(file)
            guard let first = chain.first else { throw CocoaError(.fileReadCorruptFile) }
            return (chain, Secret.hash(of: try first.toDERBytes()))
        } catch {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    the console's certificate \(file) is no PEM file of certificates that can be read: name another as \
                    consoleCertificate in config.yaml
                    """
            )
        }
    }

    private static func key(in file: String) throws(NodeError) -> NIOSSLPrivateKey {
        do { return try NIOSSLPrivateKey(file: file, format: .pem) } catch {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    the console's key \(file) is no PEM file of a key that can be read: name another as consoleKey in \
                    config.yaml
                    """
            )
        }
    }

    private static func make(_ files: (certificate: String, key: String), names: [String]) throws(NodeError) {
        do {
            let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
            let name = try DistinguishedName { CommonName("Caravan console") }
            let certificate = try Certificate(
                version: .v3, serialNumber: .init(), publicKey: key.publicKey,
                notValidBefore: Date().addingTimeInterval(-86_400),
                notValidAfter: Date().addingTimeInterval(825 * 86_400), issuer: name, subject: name,
                signatureAlgorithm: .ecdsaWithSHA256,
                extensions: try Certificate.Extensions {
                    SubjectAlternativeNames((names + ["localhost"]).map { .dnsName($0) })
                },
                issuerPrivateKey: key)
            for (file, text) in [
                (files.certificate, try certificate.serializeAsPEM().pemString),
                (files.key, try key.serializeAsPEM().pemString),
            ] {
                guard
                    FileManager.default.createFile(
                        atPath: file, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
                else { throw CocoaError(.fileWriteUnknown) }
            }
        } catch {
            throw NodeError(
                kind: .readOnly, message: "the console's certificate cannot be written beside \(files.key): \(error)")
        }
    }
}

extension Secret {
    /// SHA-256 of bytes, in hexadecimal digits.
    static func hash(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
