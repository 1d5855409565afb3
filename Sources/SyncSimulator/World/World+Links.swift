import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncProtocol

/// Sessions over links: what one side says arrives at the other later, in its order, or not at all.
extension World {
    func dial(_ dialler: SimulatedNode, _ listener: SimulatedNode) throws(Violation) {
        guard dialler.engine != nil else { return }
        guard listener.engine != nil, !isBlocked(dialler.index, listener.index) else {
            course.note("\(dialler.name) cannot reach \(listener.name)")
            if isBlocked(dialler.index, listener.index) { course.saw(.partitions) }
            return tried(dialler, listener, hasFailed: true)
        }
        linkCount += 1
        let link = newLink(dialler, listener)
        links[link.id] = link
        course.note("link \(link.id): \(dialler.name) dials \(listener.name)")
        let request = dialler.isMember ? nil : dialler.request
        if isWithinChangeset(dialler) || isWithinChangeset(listener) { course.saw(.event(.resumedChangeset)) }
        let (d, l, moments) = (dialler, listener, (fleet.moment(of: dialler), fleet.moment(of: listener)))
        link.sides[0].session = try act(d, "dialled") { (engine) throws(StoreError) in
            try PeerSession(engine: engine, peer: l.key.site, isDialler: true, isTrusted: request != nil, at: moments.0)
        }
        link.sides[1].session = try act(l, "answered") { (engine) throws(StoreError) in
            try PeerSession(engine: engine, peer: d.key.site, isDialler: false, isTrusted: false, at: moments.1)
        }
        try move(link, 0, "began a session") { (session, moment) throws(StoreError) in try session.start(joining: request, at: moment) }
        try move(link, 1, "began a session") { (session, moment) throws(StoreError) in try session.start(at: moment) }
        course.plan(.tick(link: link.id), after: Self.tickEvery)
    }

    /// Where nothing is cut within a changeset it is not asked, for that costs.
    private func isWithinChangeset(_ node: SimulatedNode) -> Bool {
        guard course.scenario.faults.contains(.largeChangesets), let remains = try? node.replica?.remains() else { return false }
        return remains.staged > 0
    }

    private static let tickEvery: Int64 = 4_000

    /// Where changesets are large, some links break in their midst.
    private var cutSizes: [Int] { course.has(.largeChangesets) ? [2_000, 100_000, 150_000, 200_000] : [200, 2_000, 20_000] }

    private func newLink(_ dialler: SimulatedNode, _ listener: SimulatedNode) -> SimulatedLink {
        let sides = [dialler, listener].map { SimulatedLink.Side(node: $0.index, life: $0.life) }
        let latency: Int64 = course.has(.delays) ? course.random.pick([1, 20, 150, 600]) : 1
        let link = SimulatedLink(id: linkCount, sides: sides, latency: latency, slowness: course.has(.delays) ? course.random.pick([0, 0, 1, 16]) : 0, now: course.now)
        if course.has(.cuts), course.random.chance(50) { link.bytesLeft = course.random.below(course.random.pick(cutSizes)) }
        if course.has(.alteredFrames), course.random.chance(40) {
            link.alteredSide = course.random.below(2)
            link.isExcused = true
        }
        link.wasAmongStrangers = dialler.isMember && !haveHeard(dialler, listener)
        return link
    }

    /// Something happens to a session; what it then has to say goes on its way. A side that fails has closed.
    func move(
        _ link: SimulatedLink, _ side: Int, _ what: String, _ body: (PeerSession, Moment) throws(StoreError) -> Void
    ) throws(Violation) {
        guard let session = link.sides[side].session else { return }
        let node = fleet.nodes[link.sides[side].node]
        guard node.life == link.sides[side].life else { return }
        let moment = fleet.moment(of: node)
        guard try act(node, what, { (_) throws(StoreError) in try body(session, moment) }) != nil else { return try drop(link, side) }
        try checkMemory(session, of: node)
        try pump(link, side)
    }

    /// This side has nothing more to say: its process or its machine has stopped, or it met an error.
    func drop(_ link: SimulatedLink, _ side: Int) throws(Violation) {
        guard link.sides[side].session != nil else { return }
        link.sides[side].session = nil
        link.sides[side].coming = []
        link.isExcused = true
        put(.close, from: side, of: link)
        try settle(link)
    }

    /// Takes what a side has to say, as far as there is room on the way.
    func pump(_ link: SimulatedLink, _ side: Int) throws(Violation) {
        while let session = link.sides[side].session, link.sides[1 - side].coming.count < SimulatedLink.window {
            let node = fleet.nodes[link.sides[side].node]
            guard node.life == link.sides[side].life else { return }
            let moment = fleet.moment(of: node)
            guard let output = try act(node, "spoke", { (_) throws(StoreError) in try session.next(at: moment) }) else { return try drop(link, side) }
            try checkMemory(session, of: node)
            guard let output else { return }
            link.lastMove = course.now
            switch output {
            case .frame(let frame):
                try rules.durability.check(frame, from: node)
                send(frame, from: side, of: link)
            case .end(let end):
                course.note("link \(link.id): \(node.name) ends: \(end.name)")
                link.sides[side].end = end
                link.sides[side].session = nil
                link.sides[side].coming = []
                put(.close, from: side, of: link)
                try settle(link)
            }
        }
    }

    private func send(_ frame: [UInt8], from side: Int, of link: SimulatedLink) {
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

    /// Where changesets are large, some links break in their midst: what came before is kept, and the next session goes on there.
    private func isCutBehind(_ frame: [UInt8], _ link: SimulatedLink) -> Bool {
        course.has(.cuts) && course.has(.largeChangesets) && frame.count > Self.largeFrame && link.alteredSide == nil && course.random.chance(30)
    }

    /// Of a changeset that is in several.
    private static let largeFrame = 20_000

    /// Whatever is on the way is lost, and both sides will hear of it.
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

    private func put(_ item: SimulatedLink.Item, from side: Int, of link: SimulatedLink) {
        var size: Int64 = 0
        if case .frame(let frame) = item { size = Int64(frame.count) / 1024 + 1 }
        let earliest = link.sides[1 - side].coming.last?.arrival ?? 0
        let jitter = course.has(.delays) ? Int64(course.random.below(50)) : 0
        let arrival = max(earliest, course.now + link.latency + size * link.slowness + jitter)
        if arrival > max(earliest, course.now + 1) { course.saw(.delays) }
        link.sides[1 - side].coming.append((arrival, item))
        if link.sides[1 - side].coming.count == 1 { course.plan(.arrive(link: link.id, side: 1 - side), at: arrival) }
    }

    func arrive(_ link: SimulatedLink, _ side: Int) throws(Violation) {
        guard let first = link.sides[side].coming.first else { return }
        guard first.arrival <= course.now else { return course.plan(.arrive(link: link.id, side: side), at: first.arrival) }
        let (from, to) = (link.sides[1 - side].node, link.sides[side].node)
        if let until = blockedUntil(from, to) {
            link.isExcused = true
            course.saw(.partitions)
            link.sides[side].coming[0].arrival = until
            return course.plan(.arrive(link: link.id, side: side), at: until)
        }
        link.sides[side].coming.removeFirst()
        if let next = link.sides[side].coming.first { course.plan(.arrive(link: link.id, side: side), at: max(course.now, next.arrival)) }
        link.lastMove = course.now
        switch first.item {
        case .frame(let frame):
            if heard.count < 64 || course.random.chance(10) { heard = heard.suffix(63) + [frame] }
            try move(link, side, "received a frame") { (session, moment) throws(StoreError) in try session.received(frame, at: moment) }
            try pump(link, 1 - side)
        case .close:
            link.sides[side].session = nil
            link.sides[side].coming = []
            try settle(link)
        }
    }

    func tick(_ link: SimulatedLink) throws(Violation) {
        for side in 0...1 { try move(link, side, "watched the clock") { (session, moment) throws(StoreError) in try session.tick(at: moment) } }
        if links[link.id] != nil { course.plan(.tick(link: link.id), after: Self.tickEvery) }
    }

    /// Once both sides are through, the one that dialled knows whether it must try again.
    func settle(_ link: SimulatedLink) throws(Violation) {
        guard link.sides.allSatisfy({ $0.session == nil }), links.removeValue(forKey: link.id) != nil else { return }
        let (dialler, listener) = (fleet.nodes[link.sides[0].node], fleet.nodes[link.sides[1].node])
        if !link.isExcused, !link.wasAmongStrangers, !isAmongStrangers(link), !hasEndedAtSpoilt(link) { try HonestEnd.check(link.sides.map(\.end), of: [dialler.name, listener.name], link: link.id) }
        if case .refusedByPeer(.invitationExpired, _)? = link.sides[0].end, !dialler.isMember {
            course.saw(.expiredInvitations)
            dialler.hasOutlivedItsInvitation = true
        }
        if dialler.life == link.sides[0].life { tried(dialler, listener, hasFailed: link.sides[0].end != .done) }
    }

    /// Whether one side came to what its disk had altered, or cannot show who it is without that.
    private func hasEndedAtSpoilt(_ link: SimulatedLink) -> Bool {
        (0...1).contains { side in
            switch link.sides[side].end {
            case .refused(.unavailable, _)?, .refusedByPeer(.stranger, _)?: !fleet.nodes[link.sides[side].node].altered.isEmpty
            default: false
            }
        }
    }

    /// Whether one of them has not joined yet, or neither has heard of the other: nobody could show that they belong together.
    private func isAmongStrangers(_ link: SimulatedLink) -> Bool {
        let (one, other) = (fleet.nodes[link.sides[0].node], fleet.nodes[link.sides[1].node])
        return !one.isMember || !other.isMember || !haveHeard(one, other)
    }

    private func haveHeard(_ one: SimulatedNode, _ other: SimulatedNode) -> Bool {
        (try? one.replica?.isMember(other.key.site)) == true || (try? other.replica?.isMember(one.key.site)) == true
    }

    private func tried(_ dialler: SimulatedNode, _ listener: SimulatedNode, hasFailed: Bool) {
        dialler.schedule.tried(listener.name, hasFailed: hasFailed, at: course.now, using: &course.random)
    }
}

extension SessionEnd {
    /// For the trace.
    var name: String {
        switch self {
        case .done: "done"
        case .bye(let reason): "bye \(reason)"
        case .refused(let code, let sentence): "refuses with \(code.rawValue): \(sentence)"
        case .refusedByPeer(let code, let sentence): "is refused with \(code.rawValue): \(sentence)"
        }
    }
}
