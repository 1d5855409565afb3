import Foundation
import ReplicaStore
import SyncProtocol

extension LocalTime {
    /// Local time in a zone, from a moment on for as long as windows are looked ahead.
    ///
    /// - Parameters:
    ///   - from: milliseconds since 1970.
    ///   - seconds: gives how far east of Greenwich the zone is at a moment.
    init(from: Int64, seconds: (Int64) -> Int) {
        func offset(_ moment: Int64) -> Int64 { Int64(seconds(moment)) * 1000 }
        var changes: [Change] = []
        for step in 0..<Self.steps {
            // Whatever a zone's clocks are put for: one of them has been put twice within a day by nobody so far.
            var (before, after) = (from + step * Self.stride, from + (step + 1) * Self.stride)
            let (first, last) = (offset(before), offset(after))
            guard first != last else { continue }
            while after - before > 1 {
                let middle = before + (after - before) / 2
                if offset(middle) == first { before = middle } else { after = middle }
            }
            changes.append(Change(at: after, offset: last))
        }
        self.init(offset: offset(from), changes: changes)
    }

    /// Local time at one moment alone.
    init(at moment: Int64) { self.init(offset: Int64(SystemZone.offset(at: moment)) * 1000) }

    private static let stride: Int64 = 43_200_000
    /// Nine days.
    private static let steps: Int64 = 18
}

extension DialWindows {
    init(_ peer: Peer) { self.init(peer.windows.compactMap { DialWindow($0) }) }

    /// - Throws: `usage` for what is no window, and for too many.
    init(checking texts: [String]) throws(NodeError) {
        guard texts.count <= Self.windowsMax else {
            throw NodeError(kind: .usage, message: "a peer has at most \(Self.windowsMax) windows")
        }
        var windows: [DialWindow] = []
        for text in texts {
            guard let window = DialWindow(text) else {
                throw NodeError(
                    kind: .usage,
                    message:
                        """
                        \(text) is no window: write from when to when by the clock, such as 02:00-05:00, or \
                        22:00-06:00 over midnight
                        """
                )
            }
            windows.append(window)
        }
        self.init(windows)
    }

    /// The most windows of a peer: one an hour.
    private static let windowsMax = 24
}
