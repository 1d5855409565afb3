import ReplicaModel

/// An error between two sites before meaning is looked at.
package enum TransportError: Error, Hashable, Sendable {
    /// Text that is no `HOST:PORT`, and why.
    case badAddress(String, reason: String)
    /// The private key is not 32 bytes, or the library refused it.
    case badKey(reason: String)
    case addressInUse(HostPort)
    case cannotListen(HostPort, reason: String)
    case cannotResolve(HostPort, reason: String)
    case cannotConnect(HostPort, reason: String)
    /// A setting or variable that names no proxy that can be used.
    case badProxy(setting: String, reason: String)
    /// A proxy that let nobody through to an address.
    case proxy(Proxy, to: HostPort, ProxyFailure)
    /// An answer in no TLS at all; `isPage`: it is a web server, or the page at which one signs in to a network.
    case notTLS(HostPort, isPage: Bool)
    /// An answer in TLS of whoever cannot show a key as a site does.
    case brokenTLS(HostPort, reason: String)
    /// The addresses were tried, and none answered: an error for each, in their order.
    case noneAnswered([TransportError])
    /// An act that was not done in time: a dial or a handshake.
    case timeout(doing: String, seconds: Double)
    /// The key that answered is not the one that was dialled.
    case wrongPeer(expected: SiteID, found: SiteID)
    /// The other side's certificate is not one Ed25519 certificate.
    case badCertificate(reason: String)
    /// The handshake came to no end: the other side speaks something else, or went away.
    case handshake(reason: String)
    /// The other side refused our certificate. A dialling side learns it when it first reads.
    case refused(reason: String)
    /// The listening side has as many connections as it wants.
    case tooManyConnections(limit: Int)
    /// A connection that was ended because so many clients had not proven a key yet, or one that is known, and this one
    /// had stood there longest.
    case gaveWay
    /// A frame announced, or to be sent, with more bytes than are allowed.
    case frameTooLarge(found: Int, limit: Int)
    /// A frame of no bytes, which nobody means.
    case emptyFrame
    /// The other side ended the connection within a frame.
    case frameCut(found: Int, expected: Int)
    /// The connection broke without a word from the other side.
    case lost(reason: String)
    /// The connection was ended in order, by either side.
    case closed
    /// The task that waited was cancelled.
    case cancelled
}

extension TransportError {
    /// The sentence for people.
    package var sentence: String {
        switch self {
        case .badAddress(let text, let reason): "“\(text)” is not an address HOST:PORT: \(reason)."
        case .badKey(let reason): "The site key cannot be used: \(reason)."
        case .addressInUse(let address): "Another program already listens on \(address)."
        case .cannotListen(let address, let reason): "Cannot listen on \(address): \(reason)."
        case .cannotResolve(let address, let reason):
            "The name in \(address) cannot be resolved: \(reason); correct the name, or look at this machine's network."
        case .cannotConnect(let address, let reason): "Cannot connect to \(address): \(reason)."
        case .badProxy(let setting, let reason):
            """
            \(setting) names no proxy that can be used, for \(reason): write http://HOST:PORT or socks5://HOST:PORT, \
            with USER:PASSWORD@ before the host if it wants that.
            """
        case .proxy(let proxy, let address, let failure): "\(failure.sentence(proxy, to: address))."
        case .notTLS(let address, let isPage):
            isPage
                ? """
                What answers at \(address) is a web page: sign in to the network with a browser if it asks for that, \
                or correct the address.
                """
                : "What answers at \(address) speaks no TLS: another program listens there, so correct the address."
        case .brokenTLS(let address, let reason):
            """
            Something between here and \(address) breaks TLS, or another program listens there (\(reason)): have the \
            network's admin except this address from inspection, or use another one.
            """
        case .noneAnswered(let errors):
            errors.isEmpty ? "There is no address to dial." : errors.map(\.sentence).joined(separator: " ")
        case .timeout(let doing, let seconds):
            "\(doing) took longer than \(Int(exactly: seconds).map(String.init) ?? String(seconds)) seconds."
        case .wrongPeer(let expected, let found):
            """
            Expected the site \(expected.short), and \(found.short) answered: another node has the address now, or \
            this one was made anew; give the right address, or remove the peer and add it again.
            """
        case .badCertificate(let reason): "The other side's certificate is refused: \(reason)."
        case .handshake(let reason): "The connection could not be secured: \(reason)."
        case .refused(let reason): "The other side refused our certificate: \(reason)."
        case .tooManyConnections(let limit): "There are \(limit) connections already, which is the limit."
        case .gaveWay: "Others came, and there is room for so many only that have not shown that they belong here."
        case .frameTooLarge(let found, let limit): "A frame has \(found) bytes; at most \(limit) are allowed."
        case .emptyFrame: "A frame has no bytes."
        case .frameCut(let found, let expected): "The connection ended after \(found) of a frame's \(expected) bytes."
        case .lost(let reason): "The connection was lost: \(reason)."
        case .closed: "The connection is closed."
        case .cancelled: "Waiting for the other side was given up."
        }
    }
}

extension ProxyFailure {
    fileprivate func sentence(_ proxy: Proxy, to address: HostPort) -> String {
        let advice = "`proxy` in config.yaml, as \(proxy.kind.rawValue)://USER:PASSWORD@\(proxy.address)"
        return switch self {
        case .unreachable(let reason):
            "The proxy \(proxy), through which \(address) is dialled, is not reached: \(reason)"
        case .needsCredentials: "The proxy \(proxy) wants a user and a password: write them into \(advice)"
        case .badCredentials: "The proxy \(proxy) refuses the user or the password: correct them in \(advice)"
        case .wantsOther(let schemes):
            """
            The proxy \(proxy) wants to know who asks by \(schemes), which this software does not speak: ask its admin for \
            Basic, or for a proxy that wants no name
            """
        case .refused(let reason): "The proxy \(proxy) refused to connect to \(address): \(reason)"
        case .notAProxy:
            "What answers at \(proxy) is no such proxy: correct `proxy` in config.yaml, or the environment's"
        case .page:
            "The proxy \(proxy) answered with a page instead of \(address): sign in to the network with a browser first"
        }
    }
}
