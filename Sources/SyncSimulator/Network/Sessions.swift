import ReplicaModel
import ReplicaStore
import SQLiteAccess
import SyncEngine
import SyncProtocol

/// Sessions over links: what one side says arrives at the other later, in its order, or not at all.
struct Sessions {
    let course: Course
    let fleet: Fleet
    let network: Network
    let examiner: Examiner
    let supervisor: Supervisor

    /// Begins a session over a new link, if the listener can be reached.
    func dial(_ dialler: SimulatedNode, _ listener: SimulatedNode) throws(Violation) {
        guard dialler.engine != nil else { return }
        guard listener.engine != nil, !network.isBlocked(dialler.index, listener.index) else {
            course.note("\(dialler.name) cannot reach \(listener.name)")
            if network.isBlocked(dialler.index, listener.index) { course.saw(.partitions) }
            return network.tried(dialler, listener, hasFailed: true)
        }
        let link = network.open(from: dialler, to: listener)
        course.note("link \(link.id): \(dialler.name) dials \(listener.name)")
        let request = dialler.isMember ? nil : dialler.request
        if isWithinChangeset(dialler) || isWithinChangeset(listener) { course.saw(.event(.resumedChangeset)) }
        let stays = course.has(.standingSessions) && course.random.chance(80)
        let (d, l, moments) = (dialler, listener, (fleet.moment(of: dialler), fleet.moment(of: listener)))
        link.sides[0].session = try supervisor.act(d, "dialled") { (engine) throws(StoreError) in
            try PeerSession(
                engine: engine, peer: l.key.site, isDialler: true,
                trust: try engine.trust(in: l.key.site, joining: request), stays: stays, at: moments.0)
        }
        link.sides[1].session = try supervisor.act(l, "answered") { (engine) throws(StoreError) in
            try PeerSession(
                engine: engine, peer: d.key.site, isDialler: false, trust: try engine.trust(in: d.key.site),
                stays: stays, at: moments.1)
        }
        try move(link, 0, "began a session") { (session, moment) throws(StoreError) in
            try session.start(joining: request, at: moment)
        }
        try move(link, 1, "began a session") { (session, moment) throws(StoreError) in try session.start(at: moment) }
        course.plan(.tick(link: link.id), after: Self.tickEvery)
    }

    /// Whether a changeset has come in part. Where nothing is cut within one it is not asked, for that costs.
    private func isWithinChangeset(_ node: SimulatedNode) -> Bool {
        guard course.scenario.faults.contains(.largeChangesets) else { return false }
        guard let remains = try? node.replica?.reports.remains() else { return false }
        return remains.staged > 0
    }

    private static let tickEvery: Int64 = 4_000

    /// Does something to a session; what it then has to say goes on its way. A side that fails has closed.
    func move(
        _ link: SimulatedLink, _ side: Int, _ what: String, _ body: (PeerSession, Moment) throws(StoreError) -> Void
    ) throws(Violation) {
        guard let session = link.sides[side].session else { return }
        let node = fleet.nodes[link.sides[side].node]
        guard node.life == link.sides[side].life else { return }
        let moment = fleet.moment(of: node)
        let done: Void? = try supervisor.act(node, what) { (_) throws(StoreError) in try body(session, moment) }
        guard done != nil else { return try drop(link, side) }
        try checkMemory(session, of: node)
        try pump(link, side)
    }

    /// Closes a side that has nothing more to say: it met an error, or its process or its machine has stopped.
    private func drop(_ link: SimulatedLink, _ side: Int) throws(Violation) {
        guard link.sides[side].session != nil else { return }
        link.isExcused = true
        network.close(side, of: link)
        try network.settle(link)
    }

    /// Takes what a side has to say, as far as there is room on the way.
    func pump(_ link: SimulatedLink, _ side: Int) throws(Violation) {
        while let session = link.sides[side].session, link.sides[1 - side].coming.count < SimulatedLink.window {
            let node = fleet.nodes[link.sides[side].node]
            guard node.life == link.sides[side].life else { return }
            let moment = fleet.moment(of: node)
            let spoken = try supervisor.act(node, "spoke") { (_) throws(StoreError) in try session.next(at: moment) }
            guard let spoken else { return try drop(link, side) }
            try checkMemory(session, of: node)
            guard let output = spoken else { return }
            link.lastMove = course.now
            switch output {
            case .frame(let frame):
                try examiner.rules.durability.check(frame, from: node, examiner.universe.ways)
                network.send(frame, from: side, of: link)
            case .end(let end):
                course.note("link \(link.id): \(node.name) ends: \(end.name)")
                link.sides[side].end = end
                network.close(side, of: link)
                try network.settle(link)
            }
        }
    }

    /// Hands a side of a link what has come to it.
    func arrive(_ link: SimulatedLink, _ side: Int) throws(Violation) {
        switch network.take(link, side) {
        case .frame(let frame)?:
            try move(link, side, "received a frame") { (session, moment) throws(StoreError) in
                try session.received(frame, at: moment)
            }
            try pump(link, 1 - side)
            try tellNews(fleet.nodes[link.sides[side].node])
        case .close?:
            try move(link, side, "heard that a link broke") { (session, moment) throws(StoreError) in
                try session.broke(at: moment)
            }
            link.close(side)
            try network.settle(link)
        case nil: break
        }
    }

    /// Holds what a session has in memory against the limits of its node.
    private func checkMemory(_ session: PeerSession, of node: SimulatedNode) throws(Violation) {
        let (limits, faults) = (course.scenario.memoryLimits, course.scenario.faults)
        let mayWait = !faults.isDisjoint(with: [.alteredFrames, .alteredLogs, .hostileMembers])
        try examiner.rules.memory.check(session, limits, mayWait: mayWait, at: node.name)
    }

    /// Tells both sides of a link how late it is.
    func tick(_ link: SimulatedLink) throws(Violation) {
        try checkMoves(link)
        for side in 0...1 {
            try move(link, side, "watched the clock") { (session, moment) throws(StoreError) in
                try session.tick(at: moment)
            }
        }
        try partIfStanding(link)
        if network.links[link.id] != nil { course.plan(.tick(link: link.id), after: Self.tickEvery) }
    }

    /// Checks that somebody still moves. On a link of which nothing was lost somebody always has something to say until
    /// both sides are through: else one waits for what the other does not know that it owes.
    private func checkMoves(_ link: SimulatedLink) throws(Violation) {
        guard !link.isExcused, link.sides.allSatisfy({ $0.coming.isEmpty }), !link.isStanding else { return }
        guard course.now - link.lastMove > Self.stillMax else { return }
        let names = link.sides.map { fleet.nodes[$0.node].name }
        throw Violation("liveness", "link \(link.id) between \(names[0]) and \(names[1]) stands still")
    }

    /// Milliseconds: a stranger is given ten seconds to show itself.
    private static let stillMax: Int64 = 20_000
}

extension SessionEnd {
    /// The end in words, as the trace has it.
    var name: String {
        switch self {
        case .done: "done"
        case .bye(let reason): "bye \(reason)"
        case .refused(let refusal): "refuses with \(refusal.code.rawValue): \(refusal.sentence)"
        case .refusedByPeer(let refusal): "is refused with \(refusal.code.rawValue): \(refusal.sentence)"
        }
    }
}
