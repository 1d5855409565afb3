import NIOCore
import ReplicaModel
import Testing

@testable import SyncTransport

/// How a session's frames end when the other side does not behave.
@Suite(.timeLimit(.minutes(1))) struct RawPeerTests {
    /// All frames that a listener gets from a raw client, and the error that ended them. The client can wait for the
    /// first frame to have been heard.
    private func frames(
        from client: (any Channel, _ heard: () async -> Void) async throws -> Void
    ) async throws -> (frames: [[UInt8]], error: TransportError?) {
        let (hearings, hearing) = AsyncStream.makeStream(of: Void.self)
        let (results, result) = AsyncStream.makeStream(of: ([[UInt8]], TransportError?).self)
        let refused: @Sendable (TransportError) -> Void = { result.yield(([], $0)) }
        return try await withListener(1, frameBytesMax: 1000, refused: refused) { connection in
            var frames: [[UInt8]] = []
            do throws(TransportError) {
                while let frame = try await connection.receive() {
                    frames.append(frame)
                    hearing.yield()
                }
                result.yield((frames, nil))
            } catch {
                result.yield((frames, error))
            }
        } body: { address in
            let channel = try await rawClient(to: address)
            try await client(channel) { await hearings.first { true } }
            let found = await results.first { _ in true }
            return try #require(found)
        }
    }

    @Test("a frame sent byte by byte arrives whole")
    func byteByByte() async throws {
        let found = try await frames { client, _ in
            for byte: UInt8 in [0, 0, 0, 3, 7, 8, 9, 0, 0, 0, 1, 5] { try await client.send(raw: [byte]) }
            try await client.close()
        }
        #expect(found.frames == [[7, 8, 9], [5]])
        #expect(found.error == nil)
    }

    @Test("an end within a frame is told from an end in order")
    func cut() async throws {
        let found = try await frames { client, _ in
            try await client.send(raw: [0, 0, 0, 1, 5, 0, 0, 0, 9, 1])
            try await client.close()
        }
        #expect(found.frames == [[5]])
        #expect(found.error == .frameCut(found: 5, expected: 13))
    }

    @Test("a peer that vanishes is told from one that says farewell")
    func vanished() async throws {
        let found = try await frames { client, heard in
            try await client.send(raw: [0, 0, 0, 1, 5])
            // A reset overtakes what has not been read.
            await heard()
            try await client.vanish()
        }
        #expect(found.frames == [[5]])
        guard case .lost = found.error else {
            Issue.record("expected a lost connection, found \(String(describing: found.error))")
            return
        }
    }

    @Test("an empty frame and a huge one each end the frames with their name, after those before them")
    func badLengths() async throws {
        let empty = try await frames { client, _ in try await client.send(raw: [0, 0, 0, 1, 5, 0, 0, 0, 0]) }
        #expect(empty.frames == [[5]])
        #expect(empty.error == .emptyFrame)
        let huge = try await frames { client, _ in
            try await client.send(raw: [0, 0, 0, 1, 5, 0xFF, 0xFF, 0xFF, 0xFF, 1])
        }
        #expect(huge.frames == [[5]])
        #expect(huge.error == .frameTooLarge(found: 0xFFFF_FFFF, limit: 1000))
    }
}
