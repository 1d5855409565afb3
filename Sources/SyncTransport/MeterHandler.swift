import NIOCore
import SyncProtocol

/// The start of a connection's pipeline, below TLS: counts the bytes that go through the socket, and where it is told a
/// rate holds both directions to it. What may not go yet waits here; what may not come yet is not read, so that TCP
/// holds the other side back. Nothing waits for longer than until the next bytes may pass.
final class MeterHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private struct Pending {
        var bytes: ByteBuffer
        let promise: EventLoopPromise<Void>?
    }

    private let traffic: Traffic
    /// Milliseconds of a clock that only goes forward.
    private let clock: (any EventLoop) -> Int64
    private var going: SharedBucket?
    private var coming: SharedBucket?
    private var queue = CircularBuffer<Pending>()
    /// How many of the queue were flushed.
    private var flushed = 0
    private var isPumpDue = false
    private var isReadDue = false
    private var isGone = false

    init(traffic: Traffic, clock: @escaping (any EventLoop) -> Int64 = MeterHandler.time) {
        self.traffic = traffic
        self.clock = clock
    }

    static func time(_ loop: any EventLoop) -> Int64 { Int64(loop.now.uptimeNanoseconds / 1_000_000) }

    /// Holds each direction to a rate from now on.
    func limit(to shared: SharedRate, on channel: any Channel) {
        (going, coming) = (shared.going, shared.coming)
        let rate = shared.bytesPerSecond
        for (option, value) in Self.options(rate) { channel.setOption(option, value: value).whenFailure { _ in } }
        // No read brings much more than may come.
        let piece = FixedSizeRecvByteBufferAllocator(capacity: Self.piece(rate))
        channel.setOption(.recvAllocator, value: piece).whenFailure { _ in }
        channel.setOption(.maxMessagesPerRead, value: 1).whenFailure { _ in }
    }

    private static func piece(_ rate: Int) -> Int { min(max(rate / 8, 512), 1 << 16) }

    /// Options of the socket, so that what the operating system takes for us before it holds the other side back is a
    /// second's worth, where the rate is low. A fast link needs what the system thinks right.
    private static func options(_ rate: Int) -> [(ChannelOptions.Types.SocketOption, SocketOptionValue)] {
        rate <= 1 << 17 ? [(.init(level: .socket, name: .so_rcvbuf), SocketOptionValue(rate))] : []
    }

    func handlerAdded(context: ChannelHandlerContext) {
        #if os(Linux)
            // Systems that do not know it are as patient as ever.
            context.channel.setOption(Self.retransmission, value: Self.retransmissionRestMax).whenFailure { _ in }
        #endif
    }

    #if os(Linux)
        /// The longest rest between two attempts of TCP to get something through, which doubles from attempt to attempt
        /// up to two minutes otherwise: a link that was gone for twenty seconds would be back for twelve before anybody
        /// noticed. `TCP_RTO_MAX_MS` of Linux 6.15.
        private static let retransmission = ChannelOptions.Types.SocketOption(
            level: .tcp, name: NIOBSDSocket.Option(rawValue: 44))
        /// Milliseconds, more than the round trip of any link that is of use.
        private static let retransmissionRestMax: SocketOptionValue = 8_000
    #endif

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let count = unwrapInboundIn(data).readableBytes
        traffic.cameThrough(count)
        coming?.spend(count, at: clock(context.eventLoop))
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        guard !isReadDue else { return }
        let piece = Self.piece(coming?.rate ?? 0)
        let rest = coming?.rest(until: piece, at: clock(context.eventLoop)) ?? 0
        guard rest > 0 else { return context.read() }
        isReadDue = true
        schedule(rest, context) { handler, context in
            handler.isReadDue = false
            handler.read(context: context)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = unwrapOutboundIn(data)
        guard going != nil || !queue.isEmpty else {
            traffic.wentThrough(bytes.readableBytes)
            return context.write(data, promise: promise)
        }
        queue.append(Pending(bytes: bytes, promise: promise))
    }

    func flush(context: ChannelHandlerContext) {
        flushed = queue.count
        pump(context)
        context.flush()
    }

    /// Sends as much as may go, and comes back when more may.
    private func pump(_ context: ChannelHandlerContext) {
        while flushed > 0, !isPumpDue {
            let now = clock(context.eventLoop)
            let size = queue[queue.startIndex].bytes.readableBytes
            // Small pieces cost more in headers than they carry.
            let least = min(size, Self.piece(going?.rate ?? .max))
            if let rest = going?.rest(until: least, at: now), rest > 0 {
                isPumpDue = true
                return schedule(rest, context) { handler, context in
                    handler.isPumpDue = false
                    handler.pump(context)
                    context.flush()
                }
            }
            send(min(size, going?.available(at: now) ?? size), at: now, context)
        }
    }

    private func send(_ count: Int, at now: Int64, _ context: ChannelHandlerContext) {
        going?.spend(count, at: now)
        traffic.wentThrough(count)
        guard let piece = queue[queue.startIndex].bytes.readSlice(length: count) else { return }
        guard queue[queue.startIndex].bytes.readableBytes == 0 else {
            return context.write(wrapOutboundOut(piece), promise: nil)
        }
        flushed -= 1
        context.write(wrapOutboundOut(piece), promise: queue.removeFirst().promise)
    }

    /// Sends what is left to say at once: a frame and a farewell at most, for a session sends one at a time.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        (going, isPumpDue) = (nil, false)
        if mode == .output {
            flush(context: context)
        } else {
            giveUp()
        }
        context.close(mode: mode, promise: promise)
    }

    func handlerRemoved(context: ChannelHandlerContext) { giveUp() }

    func channelInactive(context: ChannelHandlerContext) {
        giveUp()
        context.fireChannelInactive()
    }

    private func giveUp() {
        isGone = true
        flushed = 0
        while let pending = queue.popFirst() { pending.promise?.fail(ChannelError.ioOnClosedChannel) }
    }

    private func schedule(
        _ milliseconds: Int64, _ context: ChannelHandlerContext,
        _ body: @escaping (MeterHandler, ChannelHandlerContext) -> Void
    ) {
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) { [weak self] in
            guard let self, !self.isGone else { return }
            body(self, context)
        }
    }
}
