import Synchronization

/// How a server stands at this moment, in one line: for whoever started it as a service, and for whoever asks by HTTP.
public final class ServeState: Sendable {
    private enum Phase: Equatable {
        case starting
        case waiting(String)
        case serving(at: String)
        case stopping
    }

    /// The parts of a server that may be in trouble while it serves.
    enum Part: Int, Comparable {
        case settings, address, writes, files

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    private struct Facts {
        var phase = Phase.starting
        var members = 0
        var troubles: [Part: String] = [:]
        var told = ""
    }

    private let facts = Mutex(Facts())
    let manager: ServiceManager?

    init(manager: ServiceManager?) { self.manager = manager }

    /// Whether the node listens, and answers.
    public var isReady: Bool {
        facts.withLock { if case .serving = $0.phase { true } else { false } }
    }

    /// The line, such as `serving at 127.0.0.1:7410, connected with 2 members`.
    public var line: String { facts.withLock { Self.line($0) } }

    private static func line(_ facts: Facts) -> String {
        switch facts.phase {
        case .starting: return "starting"
        case .stopping: return "stopping"
        case .waiting(let reason): return "waiting, for \(reason)"
        case .serving(let address):
            let others =
                facts.members == 0 ? "nobody" : facts.members == 1 ? "1 member" : "\(facts.members) members"
            let trouble = facts.troubles.min { $0.key < $1.key }.map { "; \($0.value)" } ?? ""
            return "serving at \(address), connected with \(others)\(trouble)"
        }
    }

    // MARK: What happens

    /// Notes what keeps the node from serving, for now. The manager goes on waiting.
    func waits(for reason: String) {
        change(["EXTEND_TIMEOUT_USEC": "60000000"]) { $0.phase = .waiting(reason) }
    }

    /// Notes that the node listens at `address`, and has taken up its settings.
    func serves(at address: String) {
        change(["READY": "1"]) { $0.phase = .serving(at: address) }
    }

    /// Notes that settings are read anew.
    ///
    /// - Parameter now: microseconds of the steady clock.
    func reloads(at now: Int64) { change(["MONOTONIC_USEC": "\(now)", "RELOADING": "1"]) { _ in } }

    /// Notes that settings were taken up.
    func reloaded() {
        guard isReady else { return }
        change(["READY": "1"]) { _ in }
    }

    func stops() { change(["STOPPING": "1"]) { $0.phase = .stopping } }

    func meets(members: Int) { change { $0.members = members } }

    /// Notes what is wrong with a part; nil: nothing any more.
    func note(_ trouble: String?, in part: Part) { change { $0.troubles[part] = trouble } }

    /// Shows that the process is alive.
    func beat() { manager?.tell([("WATCHDOG", "1")]) }

    /// - Parameter said: what is told besides, in any case.
    private func change(_ said: [String: String] = [:], _ body: (inout Facts) -> Void) {
        facts.withLock { facts in
            body(&facts)
            let line = Self.line(facts)
            var assignments = said.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
            if line != facts.told || !said.isEmpty { assignments.append(("STATUS", line)) }
            facts.told = line
            if !assignments.isEmpty { manager?.tell(assignments) }
        }
    }
}
