/// The words to and from a SOCKS proxy of version 5 until it passes a connection on (RFC 1928; with a user and
/// password, RFC 1929). Bytes in, bytes out; what the RFCs do not allow is refused.
struct SOCKSDialogue {
    private enum Phase {
        case choosingMethod
        case signingIn
        case connecting
        case done
    }

    private let target: HostPort
    private let credentials: Proxy.Credentials?
    private var phase = Phase.choosingMethod
    private var received: [UInt8] = []

    init(target: HostPort, credentials: Proxy.Credentials?) {
        self.target = target
        self.credentials = credentials
    }

    private static let version: UInt8 = 5
    private static let withoutCredentials: UInt8 = 0
    private static let withPassword: UInt8 = 2
    private static let noneAcceptable: UInt8 = 0xFF

    var isDone: Bool { phase == .done }

    /// The first words, of this side.
    var greeting: [UInt8] {
        let methods = [Self.withoutCredentials] + (credentials == nil ? [] : [Self.withPassword])
        return [Self.version, UInt8(methods.count)] + methods
    }

    /// Takes what the proxy says.
    ///
    /// - Returns: what is to be said next; nothing while more must come, and once it is done.
    mutating func receive(_ bytes: some Sequence<UInt8>) throws(ProxyFailure) -> [UInt8] {
        received += bytes
        var out: [UInt8] = []
        while let length = try length(), received.count >= length {
            let words = Array(received.prefix(length))
            received.removeFirst(length)
            out += try answer(words)
        }
        // Nobody speaks before this side does.
        guard received.isEmpty || phase != .done else { throw .notAProxy }
        return out
    }

    /// The bytes of the proxy's next words; nil while that is not known, and after the last.
    private func length() throws(ProxyFailure) -> Int? {
        if let first = received.first, phase != .done {
            guard first == (phase == .signingIn ? 1 : Self.version) else { throw .notAProxy }
        }
        switch phase {
        case .choosingMethod, .signingIn: return 2
        case .connecting:
            guard received.count >= 5 else { return nil }
            guard received[1] == 0 else { throw .refused(reason: Self.reason(received[1])) }
            switch (received[2], received[3]) {
            case (0, Self.ipv4): return 10
            case (0, Self.ipv6): return 22
            case (0, Self.name): return 7 + Int(received[4])
            default: throw .notAProxy
            }
        case .done: return nil
        }
    }

    private mutating func answer(_ words: [UInt8]) throws(ProxyFailure) -> [UInt8] {
        switch (phase, words[1]) {
        case (.choosingMethod, Self.withoutCredentials):
            phase = .connecting
            return request
        case (.choosingMethod, Self.withPassword):
            guard let credentials else { throw .notAProxy }
            phase = .signingIn
            let (user, password) = (Array(credentials.user.utf8), Array(credentials.password.utf8))
            return [1, UInt8(user.count)] + user + [UInt8(password.count)] + password
        case (.choosingMethod, Self.noneAcceptable):
            throw credentials == nil
                ? .needsCredentials : .refused(reason: "it accepts neither a user with a password nor none")
        case (.choosingMethod, _): throw .notAProxy
        case (.signingIn, 0):
            phase = .connecting
            return request
        case (.signingIn, _): throw .badCredentials
        case (.connecting, _), (.done, _):
            phase = .done
            return []
        }
    }

    private static let ipv4: UInt8 = 1
    private static let name: UInt8 = 3
    private static let ipv6: UInt8 = 4

    /// The request to connect. A name goes as it is, for the proxy to resolve.
    private var request: [UInt8] {
        let place: [UInt8] =
            switch NumericHost(target.host) {
            case .ipv4(let bytes): [Self.ipv4] + bytes
            case .ipv6(let bytes): [Self.ipv6] + bytes
            // A name has at most 255 bytes (RFC 1035, section 2.3.4).
            case nil: [Self.name, UInt8(truncatingIfNeeded: target.host.utf8.count)] + target.host.utf8.prefix(255)
            }
        return [Self.version, 1, 0] + place + [UInt8(target.port >> 8), UInt8(target.port & 0xFF)]
    }

    /// RFC 1928, section 6.
    private static func reason(_ code: UInt8) -> String {
        switch code {
        case 1: "general failure"
        case 2: "not allowed by its rules"
        case 3: "network unreachable"
        case 4: "host unreachable, or there is no such name"
        case 5: "connection refused"
        case 6: "time to live expired"
        case 7: "it cannot connect at all"
        case 8: "it does not know this kind of address"
        default: "failure number \(code)"
        }
    }
}
