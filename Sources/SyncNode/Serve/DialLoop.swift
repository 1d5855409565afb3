import Foundation
import Logging
import ReplicaStore
import SyncProtocol

/// Keeps peers in sync: one session with each that is due, side by side, so that one that does not answer delays no
/// other. It stays where the peer serves too, as long as the peer's window is open.
struct DialLoop {
    let node: Node
    let logger: Logger

    /// The peers by name, as this loop knows them.
    private struct Known {
        var schedule: DialSchedule
        /// Peers with whom an exchange is under way.
        var under: Set<String> = []
        /// Peers whose windows are closed.
        var closed: Set<String> = []
        /// The period whose budget is used up, if one is.
        var usedUp: ByteBudget.Period?
        var generator = SystemRandomNumberGenerator()
    }

    private enum Event {
        case rested
        case peer(String, hasFailed: Bool)
        /// A session that stood has ended, or one broke off that had got on.
        case stood(String)
    }

    func run() async throws {
        var known = Known(schedule: DialSchedule(interval: interval))
        try await withThrowingTaskGroup(of: Event.self) { group in
            group.addTask { try await Self.rest() }
            while let done = try await group.next() {
                let now = Clocks.now.steady
                switch done {
                case .stood(let name):
                    known.under.remove(name)
                    known.schedule.parted(name, at: now, using: &known.generator)
                    continue
                case .peer(let name, let hasFailed):
                    known.under.remove(name)
                    known.schedule.tried(name, hasFailed: hasFailed, at: now, using: &known.generator)
                    continue
                case .rested: break
                }
                // By another interval all are due anew.
                if known.schedule.interval != interval { known.schedule = DialSchedule(interval: interval) }
                let isAffordable = await isAffordable(&known)
                let peers = await peers()
                for peer in peers where isAffordable {
                    guard await isInWindow(peer, among: peers, &known), !peer.addresses.isEmpty,
                        !known.under.contains(peer.name)
                    else { continue }
                    // Whoever dialled this node and stays hears of everything.
                    guard known.schedule.isDue(peer.name, at: now), await !node.stands(with: peer.site) else {
                        continue
                    }
                    known.under.insert(peer.name)
                    group.addTask { await exchange(with: peer) }
                }
                group.addTask { try await Self.rest() }
            }
        }
    }

    /// Milliseconds, by the settings in force.
    private var interval: Int64 { Int64(node.configuration.interval ?? Configuration.intervalDefault) * 1000 }

    /// Parts from all while a byte budget is used up.
    private func isAffordable(_ known: inout Known) async -> Bool {
        let period: ByteBudget.Period?
        // Where the replica cannot be read now, what was known holds.
        do { period = try await node.budgetUsedUp() } catch { return known.usedUp == nil }
        guard let usedUp = period else {
            if known.usedUp != nil { logger.notice("a new day or month begins, and its byte budget") }
            known.usedUp = nil
            return true
        }
        if known.usedUp != usedUp, let report = try? await node.budgetReport(), let warning = report.warning {
            logger.warning("\(warning)")
        }
        known.usedUp = usedUp
        await node.partFromAll()
        return false
    }

    /// Parts from a peer whose windows are closed, whoever dialled.
    private func isInWindow(_ peer: Peer, among peers: [Peer], _ known: inout Known) async -> Bool {
        let now = Clocks.now
        guard DialWindows(peer).isOpen(at: now.wall, in: LocalTime(of: .current, at: now.wall)) else {
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

    private func exchange(with peer: Peer) async -> Event {
        let outcome = await node.dialler.exchange(with: peer, joining: nil, stays: true, progress: { _ in })
        if outcome.hasStood, outcome.error == nil { return .stood(peer.name) }
        if let error = outcome.error, !Task.isCancelled { logger.notice("\(peer.name): \(error.message)") }
        // A link that breaks every few seconds gets everything through if nobody rests ever longer between.
        return outcome.hasProgressed ? .stood(peer.name) : .peer(peer.name, hasFailed: outcome.error != nil)
    }
}
