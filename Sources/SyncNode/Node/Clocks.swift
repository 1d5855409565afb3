import Dispatch
import Foundation
import SyncEngine

/// The clocks of this machine. Nothing below `SyncNode` reads them.
enum Clocks {
    /// A clock that stands before 1970, as an empty battery may leave it, is read as if it stood there: stamps and
    /// frames know nothing earlier.
    static var now: Moment {
        Moment(
            wall: max(0, Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))),
            steady: microseconds / 1_000)
    }

    /// Milliseconds of a clock that goes on while the machine sleeps.
    static var elapsed: Int64 {
        #if os(Linux)
            var time = timespec()
            clock_gettime(CLOCK_BOOTTIME, &time)
            return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
        #else
            // The one that Foundation calls monotonic does there.
            return Int64(clock_gettime_nsec_np(CLOCK_MONOTONIC) / 1_000_000)
        #endif
    }

    /// Microseconds of the clock that only goes forward.
    static var microseconds: Int64 { Int64(DispatchTime.now().uptimeNanoseconds / 1_000) }
}
