import Dispatch
import Foundation
import SyncEngine

/// The clocks of this machine. Nothing below `SyncNode` reads them.
enum Clocks {
    static var now: Moment {
        Moment(
            wall: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)),
            steady: microseconds / 1_000)
    }

    /// Microseconds of the clock that only goes forward.
    static var microseconds: Int64 { Int64(DispatchTime.now().uptimeNanoseconds / 1_000) }
}
