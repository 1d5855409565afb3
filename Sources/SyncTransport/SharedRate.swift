import SyncProtocol
import Synchronization

/// Bytes a second that several connections may have together, each way.
package final class SharedRate: Sendable {
    package let bytesPerSecond: Int
    let going: SharedBucket
    let coming: SharedBucket

    package init(bytesPerSecond: Int) {
        self.bytesPerSecond = bytesPerSecond
        (going, coming) = (SharedBucket(rate: bytesPerSecond), SharedBucket(rate: bytesPerSecond))
    }
}

/// Bytes that may pass in one direction of all connections that share it. Moments are milliseconds of a clock that only
/// goes forward, the same on every event loop.
final class SharedBucket: Sendable {
    let rate: Int
    private let bucket: Mutex<TokenBucket>

    init(rate: Int) {
        self.rate = rate
        // It is full, so that the moment at which it is made says nothing.
        bucket = Mutex(TokenBucket(rate: rate, at: 0))
    }

    func available(at now: Int64) -> Int { bucket.withLock { $0.available(at: now) } }

    func spend(_ count: Int, at now: Int64) { bucket.withLock { $0.spend(count, at: now) } }

    func rest(until count: Int, at now: Int64) -> Int64 { bucket.withLock { $0.rest(until: count, at: now) } }
}
