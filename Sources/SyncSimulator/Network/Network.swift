import SyncEngine

/// Links between nodes with what is on the way in them, and who cannot reach whom.
final class Network {
    let course: Course
    let fleet: Fleet
    /// Open links by their numbers; iterated only in ascending order where it matters.
    private(set) var links: [Int: SimulatedLink] = [:]
    private var linkCount = 0
    /// Pairs of nodes: nothing passes from the first to the second until then.
    private var blocked: [(from: Int, to: Int, until: Int64)] = []
    /// Frames that passed once in any session, which a replay takes.
    private var heard: [[UInt8]] = []

    init(_ course: Course, _ fleet: Fleet) {
        self.course = course
        self.fleet = fleet
    }

    /// Opens a link, with all that a seed decides of it.
    func open(from dialler: SimulatedNode, to listener: SimulatedNode) -> SimulatedLink {
        linkCount += 1
        let link = newLink(dialler, listener)
        links[link.id] = link
        return link
    }

    /// Whether there was such a link still.
    func remove(_ link: SimulatedLink) -> Bool { links.removeValue(forKey: link.id) != nil }

    private func newLink(_ dialler: SimulatedNode, _ listener: SimulatedNode) -> SimulatedLink {
        let sides = [dialler, listener].map { SimulatedLink.Side(node: $0.index, life: $0.life) }
        let latency: Int64 = course.has(.delays) ? course.random.pick([1, 20, 150, 600]) : 1
        let slowness: Int64 = course.has(.delays) ? course.random.pick([0, 0, 1, 16]) : 0
        let link = SimulatedLink(id: linkCount, sides: sides, latency: latency, slowness: slowness, now: course.now)
        if course.has(.cuts), course.random.chance(50) {
            link.bytesLeft = course.random.below(course.random.pick(cutSizes))
        }
        if course.has(.alteredFrames), course.random.chance(40) {
            link.alteredSide = course.random.below(2)
            link.isExcused = true
        }
        link.wasAmongStrangers = dialler.isMember && !haveHeard(dialler, listener)
        return link
    }

    /// Sizes at which links break; where changesets are large, some do so in their midst.
    private var cutSizes: [Int] {
        course.has(.largeChangesets) ? [2_000, 100_000, 150_000, 200_000] : [200, 2_000, 20_000]
    }

    func isLinked(_ dialler: Int, _ listener: Int) -> Bool {
        links.values.contains {
            $0.sides[0].node == dialler && $0.sides[1].node == listener && $0.sides[0].session != nil
        }
    }

    func isBlocked(_ from: Int, _ to: Int) -> Bool { blockedUntil(from, to) != nil || blockedUntil(to, from) != nil }

    private func blockedUntil(_ from: Int, _ to: Int) -> Int64? {
        blocked.filter { $0.from == from && $0.to == to && $0.until > course.now }.map(\.until).max()
    }

    /// Parts the nodes in two for a while: nothing passes between them, or only one way.
    func partition() {
        let some = fleet.nodes.indices.filter { _ in course.random.chance(50) }
        let rest = fleet.nodes.indices.filter { !some.contains($0) }
        let until = course.now + Int64(1_000 + course.random.below(120_000))
        let isOneWay = course.random.chance(40)
        for one in some {
            for other in rest {
                blocked.append((one, other, until))
                if !isOneWay { blocked.append((other, one, until)) }
            }
        }
        course.note("nothing passes from \(some) to \(rest)\(isOneWay ? "" : " or back") until \(until)")
    }

    /// Lets everything pass again.
    func heal() { blocked = [] }

    /// The next thing that has come to a side of a link; nil where nothing has, or it is held up.
    func take(_ link: SimulatedLink, _ side: Int) -> SimulatedLink.Item? {
        guard let first = link.sides[side].coming.first else { return nil }
        guard first.arrival <= course.now else {
            course.plan(.arrive(link: link.id, side: side), at: first.arrival)
            return nil
        }
        if let until = blockedUntil(link.sides[1 - side].node, link.sides[side].node) {
            holdUp(link, side, until)
            return nil
        }
        link.sides[side].coming.removeFirst()
        if let next = link.sides[side].coming.first {
            course.plan(.arrive(link: link.id, side: side), at: max(course.now, next.arrival))
        }
        link.lastMove = course.now
        if case .frame(let frame) = first.item { hear(frame) }
        return first.item
    }

    private func holdUp(_ link: SimulatedLink, _ side: Int, _ until: Int64) {
        link.isExcused = true
        course.saw(.partitions)
        link.sides[side].coming[0].arrival = until
        course.plan(.arrive(link: link.id, side: side), at: until)
    }

    private func hear(_ frame: [UInt8]) {
        if heard.count < 64 || course.random.chance(10) { heard = heard.suffix(63) + [frame] }
    }

    /// Frames that a hostile peer, or a link that alters, makes of one.
    func alter(_ frame: [UInt8], _ link: SimulatedLink) -> [[UInt8]] {
        guard course.random.chance(25) else { return [frame] }
        course.note("link \(link.id) alters a frame")
        course.saw(.alteredFrames)
        switch course.random.below(7) {
        case 0: return []
        case 1: return [frame, frame]
        case 2: return [Array(frame.prefix(course.random.below(frame.count + 1)))]
        case 3: return [frame + course.random.bytes(1 + course.random.below(8))]
        case 4: return heard.isEmpty ? [] : [sayAgain(course.random.pick(heard), in: link), frame]
        case 5: return [course.random.bytes(1 + course.random.below(40))]
        default:
            var altered = frame
            for _ in 0..<course.random.pick([1, 1, 3]) where !altered.isEmpty {
                altered[course.random.below(altered.count)] ^= UInt8(1 << course.random.below(8))
            }
            return [altered]
        }
    }

    /// A frame that was heard once. Where it asks to be let in, whoever says it now may be, instead of who said it
    /// first: no such frame can be heard in a session of TLS, so this is what comes of a secret that is known.
    private func sayAgain(_ frame: [UInt8], in link: SimulatedLink) -> [UInt8] {
        for node in fleet.nodes where link.sides.allSatisfy({ $0.node != node.index }) {
            if let secret = node.request?.secret, frame.firstRange(of: secret) != nil { node.isRobbed = true }
        }
        return frame
    }
}
