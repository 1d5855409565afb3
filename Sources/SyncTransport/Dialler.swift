import NIOCore
import NIOPosix
import ReplicaModel

/// Makes connections to other sites.
package struct Dialler: Sendable {
    package let identity: TransportIdentity
    /// The time for each address: resolving, connecting and the handshake together.
    package let timeout: Duration
    package let frameBytesMax: Int

    package init(
        identity: TransportIdentity, timeout: Duration = .seconds(10), frameBytesMax: Int = frameBytesMaxDefault
    ) {
        self.identity = identity
        self.timeout = timeout
        self.frameBytesMax = frameBytesMax
    }

    /// Tries the addresses in their order and runs `body` on the first connection whose other side proves a key: that
    /// of `expecting`, unless it is nil.
    ///
    /// The connection is closed when `body` returns or throws; what was sent last reaches the other side first. Throws
    /// what `body` throws, or a `TransportError` when no connection came about: of one address its own, of several
    /// `.noneAnswered`. A cancelled task stops dialling at once.
    package func connect<Result>(
        to addresses: [HostPort], expecting: SiteID? = nil, isolation: isolated (any Actor)? = #isolation,
        body: (Connection) async throws -> Result
    ) async throws -> Result {
        let connection = try await open(addresses, expecting: expecting)
        do {
            let result = try await body(connection)
            await connection.finish()
            return result
        } catch {
            await connection.finish()
            throw error
        }
    }

    private func open(_ addresses: [HostPort], expecting: SiteID?) async throws(TransportError) -> Connection {
        var errors: [TransportError] = []
        for address in addresses {
            do throws(TransportError) {
                return try await open(address, expecting: expecting)
            } catch {
                if Task.isCancelled { throw .cancelled }
                errors.append(error)
            }
        }
        if let only = errors.first, errors.count == 1 { throw only }
        throw .noneAnswered(errors)
    }

    private func open(_ address: HostPort, expecting: SiteID?) async throws(TransportError) -> Connection {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let opened = loop.makePromise(of: Connection.self)
        let limit = timeout
        let deadline = loop.scheduleTask(in: TimeAmount(limit)) {
            opened.fail(TransportError.timeout(doing: "Connecting to \(address)", seconds: limit / .seconds(1)))
        }
        defer { deadline.cancel() }
        dial(address, expecting: expecting, on: loop, opened)
        do {
            return try await withTaskCancellationHandler {
                try await opened.futureResult.get()
            } onCancel: {
                opened.fail(TransportError.cancelled)
            }
        } catch {
            throw TransportError(dialling: address, error)
        }
    }

    /// Completes `opened`. If somebody else fails it first, the channel that comes too late is closed.
    private func dial(
        _ address: HostPort, expecting: SiteID?, on loop: any EventLoop, _ opened: EventLoopPromise<Connection>
    ) {
        let role = ConnectionHandler.Role(isDialler: true, expected: expecting, frameBytesMax: frameBytesMax)
        let identity = identity
        ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(timeout))
            .channelOption(.autoRead, value: false)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    _ = try SecureChannel(on: channel, identity: identity, role: role)
                }
            }
            .connect(host: address.host, port: Int(address.port))
            .flatMapThrowing { try SecureChannel(of: $0) }
            .whenComplete { result in
                switch result {
                case .success(let secure):
                    secure.opened.futureResult.map(secure.connection(to:)).cascade(to: opened)
                    opened.futureResult.whenFailure { secure.opened.fail($0) }
                case .failure(let error): opened.fail(error)
                }
            }
    }
}
