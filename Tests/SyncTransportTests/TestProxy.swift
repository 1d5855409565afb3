import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

@testable import SyncTransport

/// A proxy for tests: what it is asked it keeps, and what it answers a test says. It connects to one target, whatever
/// is asked for.
struct TestProxy {
    /// The answer to what has come so far, since the last answer.
    enum Answer {
        /// Waits for more.
        case wait
        case say([UInt8])
        /// Says these words; from then on all goes on to the target.
        case connect([UInt8])
        case end([UInt8])
    }

    let address: HostPort
    private let channel: any Channel
    private let asked: NIOLockedValueBox<[[UInt8]]>

    /// The requests that were answered, whole.
    var requests: [[UInt8]] { asked.withLockedValue { $0 } }

    static func start(
        to target: HostPort, answer: @escaping @Sendable (_ step: Int, _ request: [UInt8]) -> Answer
    ) async throws -> TestProxy {
        let asked = NIOLockedValueBox<[[UInt8]]>([])
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Clerk(target: target, answer: answer, asked: asked))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        guard let address = HostPort(of: channel.localAddress) else { throw TransportError.closed }
        return TestProxy(address: address, channel: channel, asked: asked)
    }

    func stop() async throws { try await channel.close() }

    /// Answers one side, and then passes on what comes.
    private final class Clerk: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        let target: HostPort
        let answer: (Int, [UInt8]) -> Answer
        let asked: NIOLockedValueBox<[[UInt8]]>
        private var request: [UInt8] = []
        private var step = 0
        private var partner: (any Channel)?

        init(
            target: HostPort, answer: @escaping (Int, [UInt8]) -> Answer, asked: NIOLockedValueBox<[[UInt8]]>
        ) {
            self.target = target
            self.answer = answer
            self.asked = asked
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if let partner { return partner.writeAndFlush(unwrapInboundIn(data), promise: nil) }
            request += unwrapInboundIn(data).readableBytesView
            let answer = answer(step, request)
            if case .wait = answer { return }
            step += 1
            asked.withLockedValue { $0.append(request) }
            request = []
            let channel = context.channel
            switch answer {
            case .wait: break
            case .say(let words): channel.writeAndFlush(ByteBuffer(bytes: words), promise: nil)
            case .end(let words):
                channel.writeAndFlush(ByteBuffer(bytes: words)).whenComplete { _ in channel.close(promise: nil) }
            case .connect(let words): connect(channel, words)
            }
        }

        private func connect(_ channel: any Channel, _ words: [UInt8]) {
            ClientBootstrap(group: channel.eventLoop)
                .channelInitializer { other in
                    other.eventLoop.makeCompletedFuture {
                        try other.pipeline.syncOperations.addHandler(PassOn(to: channel))
                    }
                }
                .connect(host: target.host, port: Int(target.port)).assumeIsolated()
                .whenComplete { result in
                    switch result {
                    case .success(let other):
                        self.partner = other
                        channel.writeAndFlush(ByteBuffer(bytes: words), promise: nil)
                    case .failure: channel.close(promise: nil)
                    }
                }
        }

        func channelInactive(context: ChannelHandlerContext) { partner?.close(promise: nil) }
    }

    private final class PassOn: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        let channel: any Channel

        init(to channel: any Channel) { self.channel = channel }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            channel.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { channel.close(promise: nil) }
    }
}
