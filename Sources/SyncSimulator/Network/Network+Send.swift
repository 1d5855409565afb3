/// Frames that go on their way, and links that break.
extension Network {
    /// Sends what a side of a link has to say, altered or cut off where the link is so.
    func send(_ frame: [UInt8], from side: Int, of link: SimulatedLink) {
        course.trace.mix(frame)
        if let left = link.bytesLeft {
            link.bytesLeft = left - frame.count
            guard left >= frame.count else {
                course.saw(.cuts)
                return breakOff(link)
            }
        }
        if isCutBehind(frame, link) {
            put(.frame(frame), from: side, of: link)
            course.saw(.cuts)
            return breakOff(link, losing: false)
        }
        guard link.alteredSide == side else { return put(.frame(frame), from: side, of: link) }
        for altered in alter(frame, link) { put(.frame(altered), from: side, of: link) }
    }

    /// Whether the link breaks behind a frame in the midst of a large changeset: what came before is kept, and the next
    /// session goes on there.
    private func isCutBehind(_ frame: [UInt8], _ link: SimulatedLink) -> Bool {
        course.has(.cuts) && course.has(.largeChangesets) && frame.count > Self.largeFrame && link.alteredSide == nil
            && course.random.chance(30)
    }

    /// Bytes of a frame of a changeset that is in several.
    private static let largeFrame = 20_000

    /// Breaks a link: whatever is on the way is lost, and both sides will hear of it.
    ///
    /// - Parameter losing: false where the break comes behind what is on the way.
    func breakOff(_ link: SimulatedLink, losing: Bool = true) {
        course.note("link \(link.id) breaks")
        link.isExcused = true
        link.bytesLeft = 0
        for side in 0...1 where losing && !link.sides[side].coming.isEmpty {
            // Those that are nearest to their end still come.
            link.sides[side].coming.removeLast(course.random.below(link.sides[side].coming.count + 1))
        }
        for side in 0...1 { put(.close, from: 1 - side, of: link) }
    }

    /// Tells the other side that this one has closed.
    func close(_ side: Int, of link: SimulatedLink) {
        link.close(side)
        put(.close, from: side, of: link)
    }

    private func put(_ item: SimulatedLink.Item, from side: Int, of link: SimulatedLink) {
        var size: Int64 = 0
        if case .frame(let frame) = item { size = Int64(frame.count) / 1024 + 1 }
        let earliest = link.sides[1 - side].coming.last?.arrival ?? 0
        let jitter = course.has(.delays) ? Int64(course.random.below(50)) : 0
        let arrival = max(earliest, course.now + link.latency + size * link.slowness + jitter)
        if arrival > max(earliest, course.now + 1) { course.saw(.delays) }
        link.sides[1 - side].coming.append((arrival, item))
        if link.sides[1 - side].coming.count == 1 {
            course.plan(.arrive(link: link.id, side: 1 - side), at: arrival)
        }
    }
}
