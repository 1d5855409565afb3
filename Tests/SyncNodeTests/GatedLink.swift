import ReplicaModel
import SyncProtocol
import SyncTransport
import Synchronization

@testable import SyncNode

/// A link that a test can close.
protocol ClosableLink: FrameLink {
    func close()
}

extension MemoryLink: ClosableLink {}

/// A link whose other side takes only so many frames before it is told to go on, as a socket that is full.
final class GatedLink: ClosableLink {
    private struct State {
        var left: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    let link: MemoryLink
    private let state: Mutex<State>

    init(_ link: MemoryLink, taking count: Int) {
        self.link = link
        state = Mutex(State(left: count))
    }

    var peer: SiteID { link.peer }
    var wireBytes: WireBytes { link.wireBytes }
    var frameBytesMax: Int { link.frameBytesMax }
    var frames: AsyncThrowingStream<[UInt8], any Error> { link.frames }

    var reach: LinkState? { get async { await link.reach } }
    func abort() { link.abort() }

    func send(_ frame: [UInt8]) async throws(TransportError) {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let ready = state.withLock { state in
                guard state.left == 0 else {
                    state.left -= 1
                    return [continuation]
                }
                state.waiting.append(continuation)
                defer { state.watchers = [] }
                return state.watchers
            }
            for continuation in ready { continuation.resume() }
        }
        try await link.send(frame)
    }

    /// Sends that wait for the other side.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Returns once a send waits for the other side.
    func isFull() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isFull = state.withLock { state in
                if state.waiting.isEmpty { state.watchers.append(continuation) }
                return !state.waiting.isEmpty
            }
            if isFull { continuation.resume() }
        }
    }

    /// The other side takes whatever comes.
    func open() {
        let waiting = state.withLock { state in
            state.left = .max
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func close() { link.close() }
}
