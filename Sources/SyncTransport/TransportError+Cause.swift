import Foundation
import NIOCore
import NIOPosix
import NIOSSL

extension TransportError {
    /// Translates an error on a channel into what it means. `isFirstWord`: nothing has come from the other side since
    /// the dial, so that an alert is its answer to our certificate.
    init(ofChannel error: any Error, isFirstWord: Bool = false) {
        switch error {
        case let known as TransportError: self = known
        case NIOSSLError.handshakeFailed(let cause):
            self = isAlert(cause) ? .refused(reason: reason(cause)) : .handshake(reason: reason(cause))
        case let cause as BoringSSLError:
            self = isFirstWord && isAlert(cause) ? .refused(reason: reason(cause)) : .lost(reason: reason(cause))
        case NIOSSLError.uncleanShutdown: self = .lost(reason: "the other side vanished")
        case let cause as IOError: self = .lost(reason: String(cString: strerror(cause.errnoCode)))
        case is ChannelError, is NIOTLSUnwrappingError: self = .closed
        default: self = .lost(reason: String(describing: error))
        }
    }

    init(dialling address: HostPort, _ error: any Error) {
        switch error {
        // Only whoever listens refuses a certificate after the handshake, and nobody here has seen one before.
        case TransportError.badCertificate(let reason): self = .brokenTLS(address, reason: reason)
        case TransportError.refused(let reason): self = .brokenTLS(address, reason: reason)
        case let known as TransportError: self = known
        case let cause as NIOConnectionError:
            if let failure = cause.connectionErrors.first?.error {
                self.init(dialling: address, failure)
            } else {
                self = .cannotResolve(address, reason: "no such host, or no name server answers")
            }
        case let cause as IOError: self = .cannotConnect(address, reason: String(cString: strerror(cause.errnoCode)))
        case ChannelError.connectTimeout(let limit):
            self = .timeout(doing: "Connecting to \(address)", seconds: Double(limit.nanoseconds) / 1e9)
        default: self = .cannotConnect(address, reason: String(describing: error))
        }
    }

    /// Says why an address cannot be listened on.
    package init(listening address: HostPort, _ error: any Error) {
        switch error {
        case let cause as IOError where cause.errnoCode == EADDRINUSE: self = .addressInUse(address)
        case let cause as IOError: self = .cannotListen(address, reason: String(cString: strerror(cause.errnoCode)))
        case is SocketAddressError, is SocketAddressError.UnknownHost:
            self = .cannotResolve(address, reason: "no such host, or no name server answers")
        default: self = .cannotListen(address, reason: String(describing: error))
        }
    }
}

private func isAlert(_ error: BoringSSLError) -> Bool { reason(error).contains("ALERT") }

/// BoringSSL's own name for what happened: its description also holds paths and numbers that help nobody.
private func reason(_ error: BoringSSLError) -> String {
    let text = String(describing: error)
    guard let start = text.range(of: "OPENSSL_internal:") else {
        return text.contains("EOF during handshake") ? "the other side closed" : text
    }
    return String(text[start.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
}
