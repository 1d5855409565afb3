import Foundation
import Logging
import ReplicaStore
import SyncEngine
import SyncProtocol
import SyncTransport

/// Keeps peers in sync: one session with each that is due, side by side, so that one that does not answer delays no
/// other. It stays where the peer serves too, as long as the peer's window is open.
struct DialLoop {
    let node: Node
    let logger: Logger

    /// The peers by name, as this loop knows them.
    private struct Known {
        var schedule: DialSchedule
        /// The peers with whom an exchange is under way, with its number.
        var under: [String: Int] = [:]
        private var last = 0
        /// Peers whose windows are closed.
        var closed: Set<String> = []
        /// The period whose budget is used up, if one is.
        var usedUp: ByteBudget.Period?
        /// How far the last exchange had got with each of which it broke off.
        private var headways: [String: Headway] = [:]
        var generator = SystemRandomNumberGenerator()

        init(schedule: DialSchedule) { self.schedule = schedule }

        mutating func begin(_ name: String) -> Int {
            last += 1
            under[name] = last
            return last
        }

        /// Notes that an exchange is over; false where another one was begun meanwhile.
        mutating func end(_ name: String, _ number: Int) -> Bool {
            guard under[name] == number else { return false }
            under[name] = nil
            return true
        }

        /// Notes how far an exchange had got that broke off.
        ///
        /// - Returns: whether that is further than the one before.
        mutating func brokeOff(_ name: String, at headway: Headway?) -> Bool {
            guard let headway else { return false }
            return headway.isBeyond(headways.updateValue(headway, forKey: name))
        }
    }

    private enum Event {
        case rested
        case woke(WakeSense.Change)
        case peer(String, Int, Outcome)
    }

    private enum Outcome {
        case done
        case failed(Headway?)
        /// A session that stood has ended, or one broke off that had got on.
        case stood
    }

    func run() async throws {
        var known = Known(schedule: DialSchedule(interval: interval))
        try await withThrowingTaskGroup(of: Event.self) { group in
            group.addTask { try await Self.rest() }
            group.addTask { try await Self.wake() }
            while let done = try await group.next() {
                let now = Clocks.now.steady
                switch done {
                case .peer(let name, let number, let outcome):
                    note(outcome, of: name, number, at: now, &known)
                case .woke(let change):
                    await wake(change, &known)
                    group.addTask { try await Self.wake() }
                case .rested:
                    for peer in await duePeers(at: now, &known) {
                        let number = known.begin(peer.name)
                        group.addTask { .peer(peer.name, number, await exchange(with: peer)) }
                    }
                    group.addTask { try await Self.rest() }
                }
            }
        }
    }

    private func note(_ outcome: Outcome, of name: String, _ number: Int, at now: Int64, _ known: inout Known) {
        guard known.end(name, number) else { return }
        switch outcome {
        case .stood: known.schedule.parted(name, at: now, using: &known.generator)
        case .done: known.schedule.tried(name, hasFailed: false, at: now, using: &known.generator)
        // A link that breaks every few seconds gets everything through if nobody rests ever longer between.
        case .failed(let headway) where known.brokeOff(name, at: headway):
            known.schedule.parted(name, at: now, using: &known.generator)
        case .failed: known.schedule.tried(name, hasFailed: true, at: now, using: &known.generator)
        }
    }

    /// The peers that are to be dialled now.
    private func duePeers(at now: Int64, _ known: inout Known) async -> [Peer] {
        // By another interval all are due anew.
        if known.schedule.interval != interval { known.schedule = DialSchedule(interval: interval) }
        let isAffordable = await isAffordable(&known)
        let peers = await peers()
        var due: [Peer] = []
        for peer in peers where isAffordable {
            guard await isInWindow(peer, among: peers, &known), !peer.addresses.isEmpty, known.under[peer.name] == nil
            else { continue }
            // Whoever dialled this node and stays hears of everything.
            guard known.schedule.isDue(peer.name, at: now), await !node.stands(with: peer.site) else { continue }
            due.append(peer)
        }
        return due
    }

    /// Has all sessions look whether their peers are still there, and all peers dialled soon that have none.
    private func wake(_ change: WakeSense.Change, _ known: inout Known) async {
        switch change {
        case .slept(let milliseconds):
            logger.notice("nothing ran here for \(milliseconds / 1000) s, or the clock was set: all are asked anew")
        case .moved: logger.notice("this machine has other addresses than before: all are asked anew")
        }
        await node.doubtAll()
        known.schedule.woke(at: Clocks.now.steady, using: &known.generator)
        // A dial that began before goes by ways that may not be there any more.
        let open = await node.dialledNames
        known.under = known.under.filter { open.contains($0.key) }
    }

    /// Milliseconds, by the settings in force.
    private var interval: Int64 { Int64(node.configuration.interval ?? Configuration.intervalDefault) * 1000 }

    /// Parts from all while a byte budget is used up.
    private func isAffordable(_ known: inout Known) async -> Bool {
        let period: ByteBudget.Period?
        // Where the replica cannot be read now, what was known holds.
        do { period = try await node.partIfUsedUp() } catch { return known.usedUp == nil }
        guard let usedUp = period else {
            if known.usedUp != nil { logger.notice("a new day or month begins, and its byte budget") }
            known.usedUp = nil
            return true
        }
        if known.usedUp != usedUp, let report = try? await node.budgetReport(), let warning = report.warning {
            logger.warning("\(warning)")
        }
        known.usedUp = usedUp
        return false
    }

    /// Parts from a peer whose windows are closed, whoever dialled.
    private func isInWindow(_ peer: Peer, among peers: [Peer], _ known: inout Known) async -> Bool {
        let now = Clocks.now
        guard DialWindows(peer).isOpen(at: now.wall, in: LocalTime(at: now.wall)) else {
            if known.closed.insert(peer.name).inserted {
                let what = peer.addresses.isEmpty ? "answered" : "dialled"
                logger.notice(
                    "\(peer.name): \(what) again when its window opens (\(peer.windows.joined(separator: ", ")))")
            }
            await node.part(from: peer, among: peers)
            return false
        }
        if known.closed.remove(peer.name) != nil {
            known.schedule.opened(peer.name, at: now.steady, using: &known.generator)
        }
        return true
    }

    /// A replica that is locked for a while is looked at again later: it is no reason to stop.
    private func peers() async -> [Peer] {
        do { return try await node.peers.dialled() } catch {
            logger.warning("\(error.message)")
            return []
        }
    }

    private static func rest() async throws -> Event {
        try await Task.sleep(for: .milliseconds(500))
        return .rested
    }

    /// Returns once this machine woke, or is on another network.
    private static func wake() async throws -> Event {
        var sense = WakeSense(look)
        while true {
            try await Task.sleep(for: .milliseconds(WakeSense.rest))
            if let change = sense.looked(look) { return .woke(change) }
        }
    }

    private static var look: WakeSense.Look {
        WakeSense.Look(elapsed: Clocks.elapsed, wall: Clocks.now.wall, addresses: OwnAddresses.reachable)
    }

    private func exchange(with peer: Peer) async -> Outcome {
        let outcome = await node.dialler.exchange(with: peer, joining: nil, stays: true, progress: { _ in })
        if outcome.hasStood, outcome.error == nil { return .stood }
        if let error = outcome.error, !Task.isCancelled { logger.notice("\(peer.name): \(error.message)") }
        return outcome.hasProgressed ? .stood : outcome.error == nil ? .done : .failed(outcome.headway)
    }
}
