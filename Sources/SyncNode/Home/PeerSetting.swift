import ReplicaModel
import ReplicaStore
import SyncProtocol
import SyncTransport

/// A peer as somebody names it, on the command line or under `peers` in `config.yaml`.
struct PeerSetting: Hashable, Sendable {
    let name: String
    /// The addresses in the order in which they are tried, each HOST:PORT.
    var addresses: [String] = []
    /// The windows, each as `02:00-05:00`.
    var windows: [String] = []
    /// Bytes a second that may go each way.
    var limitRate: Int?

    /// - Throws: `usage` for what no peer can have.
    init(
        checking name: String, addresses: [String], windows: [String], limitRate: String?
    ) throws(NodeError) {
        self.name = try Self.checked(name: name)
        self.addresses = try addresses.map(Self.checked(address:))
        self.windows = try Self.checked(windows: windows)
        self.limitRate = try limitRate.map(Self.checked(rate:))
    }

    init(name: String) { self.name = name }

    /// The peer of the book, as it is written down.
    init(_ peer: Peer) {
        (name, addresses, windows, limitRate) = (peer.name, peer.addresses, peer.windows, peer.limitRate)
    }

    /// The name under which a member is a peer: its own, but for a colon, which would make it look like an address.
    static func name(ofMember name: String) -> String {
        String(name.map { $0 == ":" || $0.isNewline ? "-" : $0 })
    }

    // MARK: Checks

    static func checked(name: String) throws(NodeError) -> String {
        guard !name.isEmpty, !name.contains(where: \.isNewline), !name.contains(":") else {
            throw NodeError(kind: .usage, message: "a peer's name is one line without a colon")
        }
        return name
    }

    static func checked(address: String) throws(NodeError) -> String {
        try HostPort.check(address)
        return address
    }

    static func checked(windows: [String]) throws(NodeError) -> [String] {
        try DialWindows(checking: windows).windows.map(\.description)
    }

    static func checked(rate text: String) throws(NodeError) -> Int {
        guard let rate = ByteCount.read(text) else {
            throw NodeError(
                kind: .usage, message: "\(text) is no rate: write bytes a second, such as 32k (32 × 1024) or 1M")
        }
        guard (TokenBucket.rateLeast...TokenBucket.rateMost).contains(rate) else {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    a rate of \(text) is out of bounds: write one from 4k on, below which a peer takes silence for a \
                    broken link, up to \(TokenBucket.rateMost >> 30)G bytes a second
                    """
            )
        }
        return rate
    }

    /// The order of the book.
    static func precedes(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }

    /// The peer with what else there is to say of it, on one line.
    var shown: String {
        let parts = addresses + windows + (limitRate.map { [ByteCount.text($0)] } ?? [])
        return "\(name) (\(parts.joined(separator: ", ")))"
    }

    /// Whether nothing is said of the peer but its name.
    var isBare: Bool { addresses.isEmpty && windows.isEmpty && limitRate == nil }

    static let bare = NodeError(
        kind: .usage,
        message:
            """
            a peer needs an address: HOST:PORT; without one, give a member that dials this node a window or a rate
            """)
}
