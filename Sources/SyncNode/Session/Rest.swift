import Dispatch
import Foundation

/// Rests of some milliseconds between two turns with the replica.
enum Rest {
    private static let queue = DispatchQueue(label: "caravan.rest", attributes: .concurrent)

    /// Rests on a thread of its own: that is exact, and goes by no timer, of which some are lost on machines whose
    /// clock is set or made up.
    static func take(microseconds: Int64) async {
        await withCheckedContinuation { continuation in
            queue.async {
                usleep(UInt32(clamping: microseconds))
                continuation.resume()
            }
        }
    }
}
