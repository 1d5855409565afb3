import NIOCore
import NIOPosix
import ReplicaModel

/// Makes connections to other sites.
package struct Dialler: Sendable {
    package let identity: TransportIdentity
    /// The time for each address: resolving, connecting and the handshake together.
    package let timeout: Duration
    package let frameBytesMax: Int
    /// The rate to which connections are held; nil for any.
    package let limitRate: SharedRate?
    /// Counts what goes through the sockets.
    package let tally: WireTally?
    package let proxies: ProxySettings

    package init(
        identity: TransportIdentity, timeout: Duration = .seconds(10), frameBytesMax: Int = frameBytesMaxDefault,
        limitRate: SharedRate? = nil, tally: WireTally? = nil, proxies: ProxySettings = .none
    ) {
        self.identity = identity
        self.timeout = timeout
        self.frameBytesMax = frameBytesMax
        self.limitRate = limitRate
        self.tally = tally
        self.proxies = proxies
    }

    /// Tries the addresses in their order, the next a quarter of a second after the one before or when that has failed,
    /// and runs `body` on the first connection whose other side proves a key: that of `expecting`, unless it is nil.
    ///
    /// The connection is closed when `body` returns or throws; what was sent last reaches the other side first. Throws
    /// what `body` throws, or a `TransportError` when no connection came about: of one address its own, of several
    /// `.noneAnswered`. A cancelled task stops dialling at once.
    ///
    /// - Parameter isOver: whether both sides have said all that they have to say, so that nobody waits for the farewell
    ///   of the other, which takes a round trip.
    package func connect<Result>(
        to addresses: [HostPort], expecting: SiteID? = nil, isolation: isolated (any Actor)? = #isolation,
        isOver: (Result) -> Bool = { _ in false }, body: (PeerConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await open(addresses, expecting: expecting)
        do {
            let result = try await body(connection)
            if isOver(result) { await connection.leave() } else { await connection.finish() }
            return result
        } catch {
            await connection.finish()
            throw error
        }
    }

    private func open(_ addresses: [HostPort], expecting: SiteID?) async throws(TransportError) -> PeerConnection {
        guard let first = addresses.first, addresses.count > 1 else {
            guard let only = addresses.first else { throw .noneAnswered([]) }
            return try await open(only, expecting: expecting)
        }
        var race = Race(first, then: addresses.dropFirst())
        let opened = await withTaskGroup(of: Race.Event.self, returning: PeerConnection?.self) { group in
            func begin(_ address: HostPort) {
                group.addTask {
                    do throws(TransportError) {
                        return .opened(try await open(address, expecting: expecting))
                    } catch { return .failed(error) }
                }
                group.addTask {
                    try? await Task.sleep(for: Self.headStart)
                    return .isLate(behind: address)
                }
            }
            begin(first)
            for await event in group {
                if case .opened(let connection) = event {
                    group.cancelAll()
                    for await other in group { if case .opened(let second) = other { second.abort() } }
                    return connection
                }
                if let next = race.next(after: event) { begin(next) }
                if race.isLost { group.cancelAll() }
            }
            return nil
        }
        if Task.isCancelled {
            opened?.abort()
            throw .cancelled
        }
        guard let opened else { throw .noneAnswered(race.errors) }
        return opened
    }

    /// The time that an address has for itself before the next is tried beside it (RFC 8305, section 5: Connection
    /// Attempt Delay).
    private static let headStart = Duration.milliseconds(250)

    /// Addresses that are tried one after the other, each before the one before has failed if that takes long.
    private struct Race {
        enum Event: Sendable {
            case opened(PeerConnection)
            case failed(TransportError)
            case isLate(behind: HostPort)
        }

        private var left: ArraySlice<HostPort>
        /// The address that was begun last.
        private var last: HostPort
        private var underWay = 1
        private(set) var errors: [TransportError] = []

        init(_ first: HostPort, then left: ArraySlice<HostPort>) { (last, self.left) = (first, left) }

        var isLost: Bool { underWay == 0 }

        /// The address that is to be tried now, if any.
        mutating func next(after event: Event) -> HostPort? {
            switch event {
            case .opened: return nil
            case .isLate(let address): guard address == last else { return nil }
            case .failed(let error):
                errors.append(error)
                underWay -= 1
            }
            guard let next = left.popFirst() else { return nil }
            (last, underWay) = (next, underWay + 1)
            return next
        }
    }
}
