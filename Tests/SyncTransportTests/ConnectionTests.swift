import NIOCore
import NIOEmbedded
import NIOPosix
import NIOSSL
import ReplicaModel
import Testing

@testable import SyncTransport

@Suite(.timeLimit(.minutes(1))) struct ConnectionTests {
    @Test("two sites exchange frames, and each sees the other's key")
    func bothKeys() async throws {
        let answer = try await withListener(1) { connection in
            try? await connection.send(connection.peer.bytes + [connection.isDialler ? 1 : 0])
            await echo(connection)
        } body: { address in
            try await Dialler(identity: identity(2)).connect(to: [address], expecting: identity(1).site) { connection in
                #expect(connection.isDialler)
                #expect(try connection.peer == identity(1).site)
                #expect(connection.remoteAddress == address.description)
                let seen = try #require(try await connection.receive())
                try await connection.send([1, 2, 3])
                #expect(try await connection.receive() == [1, 2, 3])
                #expect((connection.bytesSent, connection.bytesReceived) == (7, 4 + 33 + 7))
                return seen
            }
        }
        #expect(answer == (try identity(2).site.bytes) + [0])
    }

    @Test("a site that answers with another key than the expected one is refused")
    func wrongPeer() async throws {
        let expected = try identity(3).site
        let found = try identity(1).site
        try await withListener(1, serve: echo) { address in
            await #expect(throws: TransportError.wrongPeer(expected: expected, found: found)) {
                try await Dialler(identity: identity(2)).connect(to: [address], expecting: expected) { _ in }
            }
        }
    }

    @Test("the verdict on a key is why a handshake ended, also where the channel says first that it is gone")
    func verdict() throws {
        let (expected, found) = (try identity(3).site, try identity(1).site)
        let channel = EmbeddedChannel()
        let role = ConnectionHandler.Role(isDialler: true, expected: expected, frameBytesMax: 1 << 16)
        let handler = ConnectionHandler(role: role, traffic: Traffic(), loop: channel.eventLoop)
        try channel.pipeline.syncOperations.addHandler(handler)
        handler.refusal = .wrongPeer(expected: expected, found: found)
        channel.pipeline.fireChannelInactive()
        #expect(throws: TransportError.wrongPeer(expected: expected, found: found)) {
            try handler.opened.futureResult.wait()
        }
    }

    @Test(
        "who leaves waits for no farewell, and the channel is there until it comes or two seconds have passed"
    )
    func waitsForNobody() throws {
        let channel = EmbeddedChannel()
        let role = ConnectionHandler.Role(isDialler: true, expected: nil, frameBytesMax: 1 << 16)
        let handler = ConnectionHandler(role: role, traffic: Traffic(), loop: channel.eventLoop)
        try channel.pipeline.syncOperations.addHandlers(HalfClosing(), handler)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        handler.opened.succeed(try identity(1).site)
        let said = channel.eventLoop.makePromise(of: Void.self)
        handler.finish(linger: .seconds(2), said)
        try said.futureResult.wait()
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(!channel.isActive)
    }

    /// Takes the end of one direction, which a channel in memory knows nothing of.
    private final class HalfClosing: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            guard mode == .output else { return context.close(mode: mode, promise: promise) }
            promise?.succeed()
        }
    }

    @Test("what who leaves has sent is there, with its end in order, also where the other has not said farewell")
    func leaves() async throws {
        let (goes, go) = AsyncStream<Void>.makeStream()
        let (ends, end) = AsyncStream<String>.makeStream()
        try await withListener(1) { connection in
            try? await connection.send([0])
            let first = try? await connection.receive()
            // The frame is there, and its sender's end in order; this side has not said farewell yet.
            let isInOrder = (try? await connection.receive()) == .some(nil)
            for await _ in goes { break }
            end.yield("\(first ?? []) \(isInOrder)")
        } body: { address in
            let channel = try await Dialler(identity: identity(2)).connect(to: [address], isOver: { _ in true }) {
                // Who is heard has let this side in.
                #expect(try await $0.receive() == [0])
                try await $0.send([1, 2])
                return $0.channel
            }
            go.yield()
            try await channel.closeFuture.get()
            // The listener may give the connection to its handler only now.
            for await said in ends {
                #expect(said == "[1, 2] true")
                break
            }
        }
    }

    @Test("a frame above the receiver's limit ends its frames, and it can still say why")
    func tooLarge() async throws {
        let words = try await withListener(1, frameBytesMax: 100) { connection in
            do throws(TransportError) {
                _ = try await connection.receive()
            } catch {
                #expect(error == .frameTooLarge(found: 101, limit: 100))
                try? await connection.send(Array("bad frame".utf8))
            }
        } body: { address in
            try await Dialler(identity: identity(2)).connect(to: [address]) { connection in
                try await connection.send([UInt8](repeating: 0, count: 101))
                let words = try await connection.receive()
                #expect(try await connection.receive() == nil)
                return words
            }
        }
        #expect(words == Array("bad frame".utf8))
    }

    @Test("a frame that is empty or above the limit is not sent")
    func ownLimit() async throws {
        try await withListener(1, serve: echo) { address in
            let dialler = try Dialler(identity: identity(2), frameBytesMax: 10)
            try await dialler.connect(to: [address]) { connection in
                await #expect(throws: TransportError.emptyFrame) { try await connection.send([]) }
                await #expect(throws: TransportError.frameTooLarge(found: 11, limit: 10)) {
                    try await connection.send(frames: [[1], [UInt8](repeating: 0, count: 11)])
                }
                try await connection.send(frames: [[4], [5, 6]])
                #expect(try await connection.receive() == [4])
                #expect(try await connection.receive() == [5, 6])
            }
        }
    }

    @Test("ten thousand frames both ways at once arrive in order, though nobody reads ahead")
    func bothWays() async throws {
        let count = 10_000
        let exchange: @Sendable (PeerConnection) async throws -> Int = { connection in
            async let sent: Void = {
                for index in 0..<count {
                    try await connection.send([UInt8](repeating: UInt8(index % 251), count: 1 + index % 2_000))
                }
            }()
            for index in 0..<count {
                let frame = try await connection.receive()
                guard frame == [UInt8](repeating: UInt8(index % 251), count: 1 + index % 2_000) else { return index }
            }
            try await sent
            return count
        }
        // The side that is through waits for the other, whose last frames may be on their way for longer than a
        // farewell.
        let (results, result) = AsyncStream.makeStream(of: Int?.self)
        try await withListener(1) { connection in
            result.yield(try? await exchange(connection))
        } body: { address in
            try await Dialler(identity: identity(2)).connect(to: [address]) { connection in
                let arrived = try await exchange(connection)
                #expect(arrived == count)
                #expect(await results.first { _ in true } == count)
            }
        }
    }

    @Test("a sender waits for a receiver that does not read")
    func backpressure() async throws {
        try await withListener(1) { connection in
            // Fetches nothing until the listener is stopped.
            try? await Task.sleep(for: .seconds(60))
        } body: { address in
            let dialler = try Dialler(identity: identity(2))
            try await dialler.connect(to: [address]) { connection in
                let megabyte = [UInt8](repeating: 1, count: 1 << 20)
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { while (try? await connection.send(megabyte)) != nil {} }
                    // Long after the system's own buffers are full.
                    try? await Task.sleep(for: .milliseconds(500))
                    let before = connection.bytesSent
                    try? await Task.sleep(for: .milliseconds(200))
                    #expect(connection.bytesSent == before)
                    #expect(before < 64 << 20)
                    group.cancelAll()
                }
            }
        }
    }

    @Test("the last frame before a close arrives, also while the other side still sends")
    func lastWords() async throws {
        let farewell = Array("bye".utf8)
        let frames = try await withListener(1) { connection in
            _ = try? await connection.receive()
            try? await connection.send(farewell)
        } body: { address in
            try await Dialler(identity: identity(2)).connect(to: [address]) { connection in
                await withTaskGroup(of: Void.self) { group in
                    let block = [UInt8](repeating: 1, count: 50_000)
                    group.addTask { while (try? await connection.send(block)) != nil {} }
                    await group.waitForAll()
                }
                var frames: [[UInt8]] = []
                for try await frame in connection.frames { frames.append(frame) }
                return frames
            }
        }
        #expect(frames == [farewell])
    }

    @Test("frames that came before the end are handed out after it, to any iterator")
    func framesAfterEnd() async throws {
        let frames: [[UInt8]] = [[1], [2], [3]]
        try await withListener(1) { connection in
            try? await connection.send(frames: frames)
        } body: { address in
            try await Dialler(identity: identity(2)).connect(to: [address]) { connection in
                var found: [[UInt8]] = []
                for try await frame in connection.frames {
                    found.append(frame)
                    break
                }
                for try await frame in connection.frames { found.append(frame) }
                #expect(found == frames)
                #expect(try await connection.receive() == nil)
                await #expect(throws: TransportError.self) { try await connection.send([1]) }
            }
        }
    }

    @Test("waiting for a frame ends with cancellation, and the next frame is not lost")
    func cancelledReceive() async throws {
        try await withListener(1, serve: echo) { address in
            try await Dialler(identity: identity(2)).connect(to: [address]) { connection in
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        await #expect(throws: TransportError.cancelled) { try await connection.receive() }
                    }
                    group.cancelAll()
                }
                try await connection.send([8])
                #expect(try await connection.receive() == [8])
            }
        }
    }

    @Test("a cancelled task can still say why it goes")
    func cancelledSend() async throws {
        let heard = try await withListener(1) { connection in
            _ = try? await connection.receive()
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { try? await connection.send([9]) }
            }
        } body: { address in
            try await Dialler(identity: identity(2)).connect(to: [address]) { connection in
                try await connection.send([1])
                return try await connection.receive()
            }
        }
        #expect(heard == [9])
    }
}
