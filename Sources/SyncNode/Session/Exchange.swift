import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncTransport

/// Moves the frames of one session over one connection until the session ends. One task reads, one writes this side's stream, one
/// watches the clock; the first that sees the end stops the others.
struct Exchange {
    let node: Node
    let connection: Connection
    let number: Int
    let peer: String
    let progress: @Sendable (SyncProgress) -> Void

    func run(joining request: JoinRequest?) async throws -> SessionEnd {
        let (wake, signal) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        if let end = try await deliver(try await node.start(number, joining: request), signal) { return end }
        return try await withThrowingTaskGroup(of: SessionEnd?.self) { group in
            group.addTask { try await read(signal) }
            group.addTask { try await write(wake, signal) }
            group.addTask { try await watch(signal) }
            defer { group.cancelAll() }
            while let end = try await group.next() { if let end { return end } }
            return .bye(.stopping)
        }
    }

    private func read(_ signal: AsyncStream<Void>.Continuation) async throws -> SessionEnd? {
        for try await frame in connection.frames {
            if let end = try await deliver(try await node.received(number, frame), signal) { return end }
            if let now = await node.progress(number, peer: peer) { progress(now) }
        }
        return .bye(.stopping)
    }

    private func write(_ wake: AsyncStream<Void>, _ signal: AsyncStream<Void>.Continuation) async throws -> SessionEnd? {
        for await _ in wake {
            while let (frame, then) = try await node.pull(number) {
                try await connection.send(frame)
                if let end = try await deliver(then, signal) { return end }
                if let now = await node.progress(number, peer: peer) { progress(now) }
            }
        }
        return nil
    }

    private func watch(_ signal: AsyncStream<Void>.Continuation) async throws -> SessionEnd? {
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(1))
            if let end = try await deliver(try await node.tick(number), signal) { return end }
        }
        return nil
    }

    /// Carries out what the session ordered. The end, if it ordered that.
    private func deliver(
        _ outputs: [PeerSession.Output], _ signal: AsyncStream<Void>.Continuation
    ) async throws -> SessionEnd? {
        for output in outputs {
            switch output {
            case .frame(let frame): try await connection.send(frame)
            case .stream: signal.yield()
            case .end(let end): return end
            }
        }
        return nil
    }
}
