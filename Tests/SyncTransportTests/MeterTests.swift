import NIOConcurrencyHelpers
import NIOCore
import NIOEmbedded
import NIOPosix
import SyncProtocol
import SyncSimulator
import Testing

@testable import SyncTransport

/// Time of the embedded loop: it passes when a test says so.
@Suite(.timeLimit(.minutes(1))) struct MeterTests {
    private func metered(_ rate: Int) throws -> (EmbeddedChannel, Traffic) {
        let traffic = Traffic()
        let meter = MeterHandler(traffic: traffic)
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandler(meter)
        try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        meter.limit(to: SharedRate(bytesPerSecond: rate), on: channel)
        return (channel, traffic)
    }

    private func sent(_ channel: EmbeddedChannel) throws -> [UInt8] {
        var out: [UInt8] = []
        while let piece = try channel.readOutbound(as: ByteBuffer.self) { out += Array(buffer: piece) }
        return out
    }

    @Test(
        "what is sent goes in its order and whole, and never faster than its rate", arguments: 0..<30 as Range<UInt64>)
    func sending(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rate = Int.random(in: 100...20_000, using: &random)
        let (channel, traffic) = try metered(rate)
        var expected: [UInt8] = []
        let confirmed = NIOLockedValueBox(0)
        var pieces = 0
        var found: [UInt8] = []
        for step in 0..<40 {
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let piece = (0..<Int.random(in: 0...rate / 2, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                expected += piece
                pieces += 1
                channel.writeAndFlush(ByteBuffer(bytes: piece)).whenSuccess {
                    confirmed.withLockedValue { $0 += 1 }
                }
            }
            channel.embeddedEventLoop.advanceTime(by: .milliseconds(100))
            found += try sent(channel)
            #expect(found.count <= rate / 4 + rate * (step + 1) / 10 + 1)
            #expect(traffic.wireSent.total == found.count)
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        found += try sent(channel)
        #expect(found == expected)
        #expect(confirmed.withLockedValue { $0 } == pieces)
        _ = try channel.finish()
    }

    @Test("two connections that share a rate have no more together, and each gets through")
    func shared() throws {
        let rate = SharedRate(bytesPerSecond: 1_000)
        let clock = NIOLockedValueBox<Int64>(0)
        let channels = [EmbeddedChannel(), EmbeddedChannel()]
        for channel in channels {
            let meter = MeterHandler(traffic: Traffic(), clock: { _ in clock.withLockedValue { $0 } })
            try channel.pipeline.syncOperations.addHandler(meter)
            try channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            meter.limit(to: rate, on: channel)
            channel.writeAndFlush(ByteBuffer(repeating: 1, count: 2_000), promise: nil)
        }
        var found = [0, 0]
        for step in 1...45 {
            clock.withLockedValue { $0 += 100 }
            // Whoever is asked first would have everything, were nothing left to the other.
            for place in step % 2 == 0 ? [0, 1] : [1, 0] {
                channels[place].embeddedEventLoop.advanceTime(by: .milliseconds(100))
                found[place] += try sent(channels[place]).count
            }
            #expect(found[0] + found[1] <= 250 + 100 * step)
        }
        #expect(found == [2_000, 2_000])
        for channel in channels { _ = try? channel.finish() }
    }

    @Test("what is left when a side says farewell goes at once, before the farewell")
    func farewell() throws {
        let (channel, _) = try metered(100)
        let (first, last) = (
            channel.writeAndFlush(ByteBuffer(repeating: 1, count: 300)),
            channel.write(ByteBuffer(repeating: 2, count: 5))
        )
        #expect(try sent(channel).count == 25)
        try channel.close(mode: .output).wait()
        #expect(try sent(channel) == [UInt8](repeating: 1, count: 275) + [UInt8](repeating: 2, count: 5))
        try first.wait()
        try last.wait()
    }

    @Test("who waits to send is told when the connection ends")
    func ends() throws {
        let (channel, _) = try metered(100)
        let waits = channel.writeAndFlush(ByteBuffer(repeating: 1, count: 300))
        try channel.close().wait()
        #expect(throws: ChannelError.self) { try waits.wait() }
        _ = try? channel.finish()
    }

    @Test("nothing is read before it may come")
    func reading() throws {
        let (channel, traffic) = try metered(1000)
        let reads = ReadCount()
        try channel.pipeline.syncOperations.addHandler(reads, position: .first)
        channel.read()
        #expect(reads.count == 1)
        // A second more than may come at once.
        try channel.writeInbound(ByteBuffer(repeating: 1, count: 1250))
        #expect(traffic.wireReceived.total == 1250)
        channel.read()
        channel.read()
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1124))
        #expect(reads.count == 1)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(126))
        #expect(reads.count == 2)
        _ = try channel.finish()
    }

    /// Counts how often the socket is asked for bytes.
    private final class ReadCount: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        private(set) var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }

    @Test("by a clock that stands still no more goes through a socket than may at once, in either direction")
    func sockets() async throws {
        let (rate, share) = (16_384, 4_096)
        let clock = StandingClock()
        let answer = [UInt8](repeating: 7, count: 60_000)
        try await withListener { connection in
            guard (try? await connection.receive()) != nil else { return }
            try? await connection.send(answer)
            _ = try? await connection.receive()
        } body: { address in
            let traffic = Traffic()
            let secure = try await dial(address, rate: rate, traffic, clock)
            let connection = secure.connection(to: try await secure.opened.futureResult.get())
            async let sent: Void = connection.send([UInt8](repeating: 1, count: 20_000))
            async let received = connection.receive()
            try await clock.stands { traffic.wireSent.total >= share }
            #expect(traffic.wireSent.total == share)
            #expect(traffic.wireReceived.total <= share)
            // The frame of this side has time to go, and the one that answers has not.
            for _ in 0..<8 {
                clock.advance(by: 250)
                try await clock.stands { true }
            }
            try await sent
            clock.advance(by: 1000)
            let before = traffic.wireReceived.total
            try await clock.stands { traffic.wireReceived.total > before }
            #expect(traffic.wireReceived.total <= 10 * share)
            clock.run()
            #expect(try await received == answer)
            try await connection.channel.close()
        }
    }

    private func dial(
        _ address: HostPort, rate: Int, _ traffic: Traffic, _ clock: StandingClock
    ) async throws -> SecureChannel {
        let (site, made) = (try identity(2), NIOLockedValueBox<SecureChannel?>(nil))
        _ = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let meter = MeterHandler(traffic: traffic, clock: { _ in clock.now })
                    try channel.pipeline.syncOperations.addHandler(meter)
                    meter.limit(to: SharedRate(bytesPerSecond: rate), on: channel)
                    let role = ConnectionHandler.Role(isDialler: true, expected: nil, frameBytesMax: 1 << 20)
                    let secure = try SecureChannel(on: channel, identity: site, role: role, traffic: traffic)
                    made.withLockedValue { $0 = secure }
                }
            }
            .connect(host: address.host, port: Int(address.port)).get()
        return try #require(made.withLockedValue { $0 })
    }
}

/// A clock that stands until a test moves it, and counts who looks at it.
private final class StandingClock: Sendable {
    private struct State {
        var now: Int64 = 0
        var looks = 0
        var runsFrom: Int64?
    }

    private let state = NIOLockedValueBox(State())

    private static var time: Int64 { Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000) }

    var now: Int64 {
        state.withLockedValue { state in
            state.looks += 1
            return state.now + (state.runsFrom.map { Self.time - $0 } ?? 0)
        }
    }

    func advance(by milliseconds: Int64) { state.withLockedValue { $0.now += milliseconds } }

    func run() { state.withLockedValue { $0.runsFrom = Self.time } }

    /// Waits until something holds, and then until somebody has looked again and again in vain.
    func stands(until holds: () -> Bool) async throws {
        while !holds() { try await Task.sleep(for: .milliseconds(5)) }
        let looks = state.withLockedValue { $0.looks }
        while state.withLockedValue({ $0.looks }) < looks + 4 { try await Task.sleep(for: .milliseconds(5)) }
    }
}
