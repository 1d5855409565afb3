import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import ReplicaModel

/// Dials one address, directly or through a proxy.
extension Dialler {
    func open(_ address: HostPort, expecting: SiteID?) async throws(TransportError) -> PeerConnection {
        let proxy = try proxies.proxy(for: address)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let opened = loop.makePromise(of: PeerConnection.self)
        let (limit, act) = (timeout, "Connecting to \(address)" + (proxy.map { " through the proxy \($0)" } ?? ""))
        let deadline = loop.scheduleTask(in: TimeAmount(limit)) {
            opened.fail(TransportError.timeout(doing: act, seconds: limit / .seconds(1)))
        }
        defer { deadline.cancel() }
        let role = ConnectionHandler.Role(
            isDialler: true, expected: expecting, frameBytesMax: frameBytesMax, address: address)
        if let proxy {
            dial(role, address, through: proxy, on: loop, opened)
        } else {
            dial(role, address, on: loop, opened)
        }
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
        _ role: ConnectionHandler.Role, _ address: HostPort, on loop: any EventLoop,
        _ opened: EventLoopPromise<PeerConnection>
    ) {
        let identity = identity
        // A handshake may be over, and its pipeline gone, before that could be looked at: then why is in here.
        let made = NIOLockedValueBox<SecureChannel?>(nil)
        bootstrap(on: loop) { channel, traffic in
            let secure = try SecureChannel(on: channel, identity: identity, role: role, traffic: traffic)
            made.withLockedValue { $0 = secure }
        }
        .connect(host: address.host, port: Int(address.port))
        .map { _ in
            guard let secure = made.withLockedValue({ $0 }) else {
                preconditionFailure("a channel that is connected has been filled")
            }
            return secure
        }
        .whenComplete { Self.complete(opened, $0, at: address) }
    }

    /// The same through a proxy: TLS begins once it has let us through.
    private func dial(
        _ role: ConnectionHandler.Role, _ address: HostPort, through proxy: Proxy, on loop: any EventLoop,
        _ opened: EventLoopPromise<PeerConnection>
    ) {
        let identity = identity
        // Whoever answers at once may be gone with its pipeline before that could be looked at.
        let begun = NIOLockedValueBox<(traffic: Traffic, tunnel: EventLoopFuture<Void>)?>(nil)
        bootstrap(on: loop) { channel, traffic in
            let (target, credentials) = (address, proxy.credentials)
            let tunnel =
                switch proxy.kind {
                case .http: try HTTPTunnelHandler.add(to: channel, target: target, credentials: credentials)
                case .socks5: try SOCKSTunnelHandler.add(to: channel, target: target, credentials: credentials)
                }
            begun.withLockedValue { $0 = (traffic, tunnel) }
        }
        .connect(host: proxy.address.host, port: Int(proxy.address.port))
        .flatMapErrorThrowing { error in
            let reason = TransportError(dialling: proxy.address, error).sentence
            throw ProxyFailure.unreachable(reason: reason.hasSuffix(".") ? String(reason.dropLast()) : reason)
        }
        .flatMap { channel in
            // Whoever gives up meanwhile leaves nothing open.
            opened.futureResult.whenFailure { _ in channel.close(promise: nil) }
            guard let (traffic, tunnel) = begun.withLockedValue({ $0 }) else {
                preconditionFailure("a channel that is connected has been filled")
            }
            return tunnel.flatMapThrowing {
                try SecureChannel(on: channel, identity: identity, role: role, traffic: traffic)
            }
        }
        .flatMapErrorThrowing { error in
            guard let failure = error as? ProxyFailure else { throw error }
            throw TransportError.proxy(proxy, to: address, failure)
        }
        .whenComplete { Self.complete(opened, $0, at: address) }
    }

    private func bootstrap(
        on loop: any EventLoop, _ fill: @escaping @Sendable (any Channel, Traffic) throws -> Void
    ) -> ClientBootstrap {
        let (rate, tally) = (limitRate, tally)
        return ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(timeout))
            .channelOption(.autoRead, value: false)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let traffic = Traffic(tally: tally)
                    let meter = MeterHandler(traffic: traffic)
                    try channel.pipeline.syncOperations.addHandler(meter)
                    if let rate { meter.limit(to: rate, on: channel) }
                    try fill(channel, traffic)
                }
            }
    }

    private static func complete(
        _ opened: EventLoopPromise<PeerConnection>, _ result: Result<SecureChannel, any Error>, at address: HostPort
    ) {
        switch result {
        case .success(let secure):
            secure.opened.futureResult.map { secure.connection(to: $0, at: address) }.cascade(to: opened)
            opened.futureResult.whenFailure { secure.opened.fail($0) }
        case .failure(let error): opened.fail(error)
        }
    }
}
