/// All that is to happen, with its time in virtual milliseconds. At one instant comes first what was planned first.
struct Agenda {
    enum Event: Sendable {
        /// A node does something.
        case act(node: Int)
        /// The next frame may arrive at one side of a link.
        case arrive(link: Int, side: Int)
        /// A second or some has passed for a link.
        case tick(link: Int)
        case restart(node: Int)
        /// A person's program ends the transaction that it kept open.
        case commit(node: Int)
    }

    private struct Entry {
        let time: Int64
        let number: Int
        let event: Event
    }

    /// A binary heap: the earliest first.
    private var entries: [Entry] = []
    private var planned = 0

    mutating func plan(_ event: Event, at time: Int64) {
        planned += 1
        entries.append(Entry(time: time, number: planned, event: event))
        var child = entries.count - 1
        while child > 0, precedes(child, (child - 1) / 2) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() -> (time: Int64, event: Event)? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        if !entries.isEmpty {
            entries[0] = last
            sink()
        }
        return (first.time, first.event)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < entries.count }
            guard let least = children.min(by: precedes), precedes(least, parent) else { return }
            entries.swapAt(least, parent)
            parent = least
        }
    }

    private func precedes(_ l: Int, _ r: Int) -> Bool {
        (entries[l].time, entries[l].number) < (entries[r].time, entries[r].number)
    }
}
