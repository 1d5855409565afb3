import Foundation

/// A proxy through which a node dials. It resolves names, and TLS runs within what it passes on.
package struct Proxy: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, Hashable, Sendable {
        /// RFC 9110, section 9.3.6: CONNECT.
        case http
        /// RFC 1928.
        case socks5
    }

    package struct Credentials: Hashable, Sendable {
        package let user: String
        package let password: String
    }

    package let kind: Kind
    package let address: HostPort
    package let credentials: Credentials?

    /// Reads `http://HOST:PORT` or `socks5://HOST:PORT`, with `USER:PASSWORD@` before the host where the proxy wants
    /// that; signs that mean something in an address are written as `%40`. Without a scheme it is `http`.
    ///
    /// - Throws: why not, in words that hold nothing of the text, for a password may be in it.
    package init(_ text: String) throws(BadProxy) {
        var rest = Substring(text)
        var kind = Kind.http
        if let colon = rest.range(of: "://") {
            switch rest[..<colon.lowerBound].lowercased() {
            case "http": kind = .http
            // With either the proxy resolves names.
            case "socks5", "socks5h": kind = .socks5
            default: throw BadProxy(reason: "it begins with neither http:// nor socks5://")
            }
            rest = rest[colon.upperBound...]
        }
        var credentials: Credentials?
        if let at = rest.lastIndex(of: "@") {
            credentials = try Self.credentials(rest[..<at], of: kind)
            rest = rest[rest.index(after: at)...]
        }
        if rest.last == "/" { rest = rest.dropLast() }
        self.kind = kind
        self.credentials = credentials
        do { address = try HostPort(String(rest)) } catch {
            throw BadProxy(reason: "what stands behind that is not HOST:PORT")
        }
    }

    private static func credentials(_ text: Substring, of kind: Kind) throws(BadProxy) -> Credentials {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let user = String(parts[0]).removingPercentEncoding,
            let password = String(parts[1]).removingPercentEncoding
        else { throw BadProxy(reason: "what stands before the @ is not USER:PASSWORD") }
        // RFC 1929, section 2: a length is one byte. RFC 7617, section 2: a user has no colon.
        let mayBe = kind == .socks5 || !user.contains(":")
        guard (1...255).contains(user.utf8.count), (1...255).contains(password.utf8.count), mayBe else {
            throw BadProxy(reason: "its user or password is empty or too long, or the user has a colon")
        }
        return Credentials(user: user, password: password)
    }

    /// The proxy as people may see it, without credentials.
    package var description: String { "\(kind.rawValue)://\(address)" }

    /// Why a text names no proxy.
    package struct BadProxy: Error, Hashable, Sendable { package let reason: String }
}

/// Why a proxy let nobody through.
package enum ProxyFailure: Hashable, Sendable {
    case unreachable(reason: String)
    /// The proxy wants to know who asks.
    case needsCredentials
    case badCredentials
    /// The proxy takes only proofs of these kinds, of which none is spoken here.
    case wantsOther(schemes: String)
    /// The proxy's own words, or those of the RFC for its number.
    case refused(reason: String)
    /// The answer is none that a proxy of this kind gives.
    case notAProxy
    /// The answer is a page for people.
    case page
}
