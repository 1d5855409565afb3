import NIOCore
import NIOSSL
import NIOTLS
import ReplicaModel

/// The end of a connection's pipeline: waits for the handshake, then hands out frames as they are asked for.
///
/// Automatic reading is off. The socket is read while the handshake runs, and after it only while no whole frame waits
/// to be fetched, so at most one read's worth of frames is kept; yet a farewell is seen while the session is busy
/// sending. Everything here runs on the connection's event loop.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Succeeds with the other side's site when both have proven their keys. Failing it closes the socket.
    let opened: EventLoopPromise<SiteID>
    let traffic: Traffic
    /// Why our own verification refused the peer; TLS itself only knows that it did.
    var refusal: TransportError?

    let role: Role
    private var parser: FrameParser
    private var frames = CircularBuffer<[UInt8]>()
    private var waiter: EventLoopPromise<[UInt8]?>?
    private var ending: Ending?
    private var isDraining = false
    private var context: ChannelHandlerContext?
    private var deadline: Scheduled<Void>?

    struct Role {
        var isDialler: Bool
        var expected: SiteID?
        var frameBytesMax: Int
        /// The address that is dialled.
        var address: HostPort?
    }

    private enum Ending {
        case inOrder
        case failed(TransportError)
    }

    init(role: Role, traffic: Traffic, loop: any EventLoop) {
        self.role = role
        self.traffic = traffic
        opened = loop.makePromise()
        parser = FrameParser(frameBytesMax: role.frameBytesMax)
    }

    /// Completes `promise` with the next frame, nil at an end in order, or the error that ended the frames.
    func next(_ promise: EventLoopPromise<[UInt8]?>) {
        precondition(waiter == nil, "one task at a time waits for a connection's frames")
        waiter = promise
        serve()
        readOn()
    }

    /// A frame that was handed out before stays handed out.
    func cancel(_ promise: EventLoopPromise<[UInt8]?>) {
        guard waiter == promise else { return }
        waiter = nil
        promise.fail(TransportError.cancelled)
    }

    /// Ends our direction after what was written, then reads and drops until the other side has ended too, so that what
    /// we wrote last is not lost to a reset. After `linger` the socket is closed anyway.
    ///
    /// - Parameter said: completed when our direction has ended.
    func finish(linger: TimeAmount, _ said: EventLoopPromise<Void>? = nil) {
        isDraining = true
        frames.removeAll()
        end(.failed(.closed))
        guard let context else {
            said?.succeed()
            return
        }
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: linger) { self.abort() }
        context.close(mode: .output, promise: said)
        context.read()
    }

    /// Closes the socket at once, past TLS, which would wait for the other side's farewell.
    func abort() {
        end(.failed(.closed))
        guard let context else { return }
        let belowTLS = try? context.pipeline.syncOperations.context(handlerType: NIOSSLHandler.self)
        (belowTLS ?? context).close(promise: nil)
    }

    /// Fails `opened` unless the handshake is complete by then.
    func expire(after limit: Duration, on loop: any EventLoop) {
        let opened = opened
        let timer = loop.scheduleTask(in: TimeAmount(limit)) {
            opened.fail(TransportError.timeout(doing: "The handshake", seconds: limit / .seconds(1)))
        }
        opened.futureResult.whenComplete { _ in timer.cancel() }
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        opened.futureResult.assumeIsolated().whenFailure { _ in self.abort() }
        if context.channel.isActive { context.read() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end(.failed(.closed))
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        context.read()
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        let cut = parser.unfinished.map { Ending.failed(.frameCut(found: $0.found, expected: $0.expected)) }
        end(cut ?? .inOrder)
        deadline?.cancel()
        context.fireChannelInactive()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isDraining || ending != nil { return }
        var buffer = unwrapInboundIn(data)
        traffic.received.add(buffer.readableBytes)
        do throws(TransportError) {
            while let frame = try parser.take(from: &buffer) { frames.append(frame) }
        } catch {
            // The socket stays open, so that the session can say what was wrong.
            end(.failed(error))
        }
        serve()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        readOn()
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { open(context) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let isFirstWord = role.isDialler && traffic.received.total == 0
        end(.failed(refusal ?? TransportError(ofChannel: error, isFirstWord: isFirstWord)))
    }

    private func readOn() {
        if isDraining || (frames.isEmpty && ending == nil) { context?.read() }
    }

    /// The certificate is judged once more when the handshake is complete: TLS does not ask the callback when a session
    /// is resumed.
    private func open(_ context: ChannelHandlerContext) {
        do throws(TransportError) {
            let shown = try? context.pipeline.syncOperations.nioSSL_peerCertificate()
            opened.succeed(try provenSite(by: shown.map { [$0] } ?? [], expected: role.expected))
        } catch {
            end(.failed(error))
        }
    }

    /// The first ending counts; frames that came before it are still handed out.
    private func end(_ ending: Ending) {
        // Our own verdict of the key is why it ended, also where the channel says first that it is gone.
        if self.ending == nil { self.ending = refusal.map { .failed($0) } ?? ending }
        if case .failed(let error) = self.ending { opened.fail(error) }
        if case .inOrder = self.ending { opened.fail(TransportError.handshake(reason: "the other side closed")) }
        serve()
    }

    private func serve() {
        guard let waiter else { return }
        if let frame = frames.popFirst() {
            self.waiter = nil
            return waiter.succeed(frame)
        }
        guard let ending else { return }
        self.waiter = nil
        switch ending {
        case .inOrder: waiter.succeed(nil)
        case .failed(let error): waiter.fail(error)
        }
    }
}
