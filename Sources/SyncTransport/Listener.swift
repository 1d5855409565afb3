import NIOCore
import NIOPosix
import ReplicaModel

/// A socket that other sites dial. It accepts nobody before `run`.
package final class Listener: Sendable {
    /// The address where the socket listens, with the port that the system chose for port 0.
    package let address: HostPort
    private let channel: any Channel
    private let arrivals: AsyncStream<SecureChannel>
    private let door: AsyncStream<SecureChannel>.Continuation

    private init(
        address: HostPort, channel: any Channel, arrivals: AsyncStream<SecureChannel>,
        door: AsyncStream<SecureChannel>.Continuation
    ) {
        self.address = address
        self.channel = channel
        self.arrivals = arrivals
        self.door = door
    }

    deinit { channel.close(promise: nil) }

    /// A client that has not proven a key after `handshakeTimeout` is let go. `tally` counts what goes through the
    /// sockets.
    package static func bind(
        _ address: HostPort, identity: TransportIdentity, frameBytesMax: Int = frameBytesMaxDefault,
        handshakeTimeout: Duration = .seconds(10), tally: WireTally? = nil
    ) async throws(TransportError) -> Listener {
        // `run` only counts and starts tasks, so more than these wait only when the machine is drowning.
        let (arrivals, door) = AsyncStream.makeStream(of: SecureChannel.self, bufferingPolicy: .bufferingOldest(256))
        let role = ConnectionHandler.Role(isDialler: false, expected: nil, frameBytesMax: frameBytesMax)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.autoRead, value: false)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // Without it a process that is out of file descriptors would spin.
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                }
            }
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let traffic = Traffic(tally: tally)
                    try channel.pipeline.syncOperations.addHandler(MeterHandler(traffic: traffic))
                    let arrival = try SecureChannel(on: channel, identity: identity, role: role, traffic: traffic)
                    arrival.handler.value.expire(after: handshakeTimeout, on: channel.eventLoop)
                    guard case .enqueued = door.yield(arrival) else { throw TransportError.closed }
                }
            }
        do {
            let channel = try await bootstrap.bind(host: address.host, port: Int(address.port)).get()
            channel.closeFuture.whenComplete { _ in door.finish() }
            let bound = HostPort(of: channel.localAddress) ?? address
            return Listener(address: bound, channel: channel, arrivals: arrivals, door: door)
        } catch {
            throw TransportError(listening: address, error)
        }
    }

    /// Accepts until the task is cancelled, and then returns when each `handle`, cancelled too, has returned and its
    /// connection is closed. To be called once.
    ///
    /// Each client has a child task; `handle` runs in it once the client has proven a key, and the connection is closed
    /// when `handle` returns. A client beyond `connectionsMax` that have proven one is closed at once; of those that
    /// have not, the oldest gives way as `Doorway` decides. `refused` hears of each client that did not get as far as
    /// `handle`. Throws only if the socket fails.
    package func run(
        connectionsMax: Int, refused: @escaping @Sendable (TransportError) -> Void = { _ in },
        _ handle: @escaping @Sendable (PeerConnection) async -> Void
    ) async throws(TransportError) {
        let open = Counter()
        let handshakes = Handshakes()
        await withTaskCancellationHandler {
            channel.setOption(.autoRead, value: true).whenFailure { [door] _ in door.finish() }
            await withDiscardingTaskGroup { group in
                for await arrival in arrivals {
                    guard open.total < connectionsMax else {
                        let error = TransportError.tooManyConnections(limit: connectionsMax)
                        arrival.refuse(error)
                        refused(error)
                        continue
                    }
                    let (number, gone) = handshakes.begin(arrival)
                    gone?.refuse(.gaveWay)
                    group.addTask {
                        await serve(arrival, refused: refused) { (connection) throws(TransportError) in
                            handshakes.end(number)
                            defer { open.add(-1) }
                            guard open.add(1) <= connectionsMax else {
                                throw TransportError.tooManyConnections(limit: connectionsMax)
                            }
                            await handle(connection)
                            await connection.finish()
                        }
                        handshakes.end(number)
                    }
                }
                group.cancelAll()
            }
        } onCancel: {
            channel.close(promise: nil)
            door.finish()
        }
        // So that the port is free when this returns. A channel's close future does not fail.
        try? await channel.closeFuture.get()
        if !Task.isCancelled { throw .cannotListen(address, reason: "the listening socket was closed") }
    }
}

private func serve(
    _ arrival: SecureChannel, refused: @Sendable (TransportError) -> Void,
    _ handle: @Sendable (PeerConnection) async throws(TransportError) -> Void
) async {
    do {
        let peer = try await withTaskCancellationHandler {
            try await arrival.opened.futureResult.get()
        } onCancel: {
            arrival.opened.fail(TransportError.cancelled)
        }
        let connection = arrival.connection(to: peer)
        do {
            try await handle(connection)
        } catch {
            arrival.close()
            throw error
        }
    } catch {
        // A handshake that stopping cut short is nobody's fault.
        let error = TransportError(ofChannel: error)
        if error != .cancelled { refused(error) }
    }
}
