import NIOCore
import ReplicaModel

/// A secured connection whose both ends have proven their keys. It lives as long as the closure that it is given to.
///
/// Several tasks may send; one at a time may receive. Neither buffers without bound: the socket is read only while no
/// frame waits to be fetched, and a send returns when the operating system has taken the bytes.
package struct PeerConnection: Sendable {
    /// The site whose key the other side has proven. Whether it may take part is for the session to say.
    package let peer: SiteID
    /// The address by which this side dialled; nil where the other did.
    package let dialled: HostPort?
    /// `IP:PORT` of the other side.
    package let remoteAddress: String
    /// The network of the other side; empty where it is none of the internet.
    package var remoteNetwork: String { HostPort(of: channel.remoteAddress)?.network ?? "" }
    package let isDialler: Bool
    /// The largest frame that is sent or accepted.
    package let frameBytesMax: Int
    let channel: any Channel
    let handler: NIOLoopBound<ConnectionHandler>
    let traffic: Traffic

    /// Bytes of frames with their lengths, before encryption.
    package var bytesSent: Int { traffic.sent.total }
    package var bytesReceived: Int { traffic.received.total }

    /// Bytes of all that went through the socket, TLS and its handshake included.
    package var wireBytes: WireBytes {
        WireBytes(sent: traffic.wireSent.total, received: traffic.wireReceived.total)
    }

    /// Holds each direction to a rate from now on, together with all other connections that share it. What may not come
    /// yet is not read, so that TCP holds the other side back.
    package func limit(to rate: SharedRate) {
        let channel = channel
        channel.eventLoop.execute {
            try? channel.pipeline.syncOperations.handler(type: MeterHandler.self).limit(
                to: rate, on: channel)
        }
    }

    /// The frames that arrive, in order. Each goes to one reader, however many sequences or iterators are made. Ends
    /// with nil when the other side closed in order, else with the error; both stay.
    package var frames: Frames { Frames(connection: self) }

    /// The next frame; nil when the other side closed in order. A frame is never lost to cancellation: it is returned,
    /// or is still there for the next call.
    package func receive() async throws(TransportError) -> [UInt8]? {
        if Task.isCancelled { throw .cancelled }
        let loop = channel.eventLoop
        let promise = loop.makePromise(of: [UInt8]?.self)
        loop.execute { [handler] in handler.value.next(promise) }
        do {
            return try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                loop.execute { [handler] in handler.value.cancel(promise) }
            }
        } catch {
            throw TransportError(ofChannel: error)
        }
    }

    /// Sends one frame of 1 to `frameBytesMax` bytes.
    package func send(_ frame: [UInt8]) async throws(TransportError) { try await send(frames: [frame]) }

    /// Sends frames in one flush. Returns when the operating system has them, which is not when the peer has them.
    ///
    /// A cancelled task may still send, so that it can say why it goes; but a send that is not through two seconds
    /// after cancellation ends the connection, since a frame cannot be taken back.
    package func send(frames: [[UInt8]]) async throws(TransportError) {
        for frame in frames {
            if frame.isEmpty { throw .emptyFrame }
            if frame.count > frameBytesMax { throw .frameTooLarge(found: frame.count, limit: frameBytesMax) }
        }
        if frames.isEmpty { return }
        var buffer = channel.allocator.buffer(capacity: frames.reduce(0) { $0 + 4 + $1.count })
        for frame in frames { buffer.write(frame: frame) }
        let size = buffer.readableBytes
        try await write(buffer)
        traffic.sent.add(size)
    }

    private func write(_ buffer: ByteBuffer) async throws(TransportError) {
        let loop = channel.eventLoop
        let written = loop.makePromise(of: Void.self)
        channel.writeAndFlush(buffer, promise: written)
        do {
            try await withTaskCancellationHandler {
                try await written.futureResult.get()
            } onCancel: {
                loop.scheduleTask(in: lingerAfterClose) { [handler] in
                    written.futureResult.whenFailure { _ in handler.value.abort() }
                    written.fail(TransportError.cancelled)
                }
            }
        } catch {
            throw TransportError(ofChannel: error)
        }
    }

    /// Closes at once, without a word: what waits to be sent is lost, and who waits for a frame is told that the
    /// connection is lost.
    package func abort() {
        channel.eventLoop.execute { [handler] in handler.value.abort() }
    }

    /// Says farewell after what was sent, and leaves it to the event loop to wait for that of the other side. Returns
    /// when the operating system has the farewell: it is delivered although this process may end at once.
    ///
    /// For who has heard the other side: one that is still judging the key takes whoever leaves for gone, and what was
    /// sent with him.
    func leave() async {
        let said = channel.eventLoop.makePromise(of: Void.self)
        // TLS completes no promise where the other side has gone meanwhile.
        channel.closeFuture.whenComplete { _ in said.succeed() }
        channel.eventLoop.execute { [handler] in handler.value.finish(linger: lingerAfterClose, said) }
        try? await said.futureResult.get()
    }

    /// Says farewell after what was sent, gives the other side two seconds to read it, and closes. Returns when closed.
    func finish() async {
        channel.eventLoop.execute { [handler] in handler.value.finish(linger: lingerAfterClose) }
        // A channel's close future does not fail.
        try? await channel.closeFuture.get()
    }
}

/// Six round trips of 300 ms, and well within the five seconds that a stopping node has.
private let lingerAfterClose = TimeAmount.seconds(2)

/// See `PeerConnection.frames`.
package struct Frames: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = TransportError
    let connection: PeerConnection

    package func makeAsyncIterator() -> Iterator { Iterator(connection: connection) }

    package struct Iterator: AsyncIteratorProtocol {
        let connection: PeerConnection

        package mutating func next() async throws(TransportError) -> [UInt8]? { try await connection.receive() }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(TransportError) -> [UInt8]? { try await connection.receive() }
    }
}

extension HostPort {
    /// Nil for what is no IP address.
    init?(of address: SocketAddress?) {
        guard let address, let host = address.ipAddress, let port = address.port else { return nil }
        self.init(host: host, port: UInt16(truncatingIfNeeded: port))
    }
}
