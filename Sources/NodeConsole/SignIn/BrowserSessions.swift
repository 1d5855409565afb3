import Foundation

/// A browser that is signed in.
struct BrowserSession: Sendable {
    /// The name of the session in lists; no secret.
    let id: String
    /// The token that every form of the session carries.
    let token: String
    let begun: Int64
    var lastSeen: Int64
    /// The address of the browser, and how it calls itself.
    let address: String
    let agent: String
}

/// The browsers that are signed in, the forms that they sent, and how often somebody came with a wrong secret. Of the
/// secrets of sessions only hashes are kept.
actor BrowserSessions {
    private var sessions: [String: BrowserSession] = [:]
    private var notes: [String: Note] = [:]
    private var sent: [String: Sending] = [:]
    private var sentOrder: [String] = []
    private var failures: [Int64] = []

    /// A sentence that the next page of a session shows, and a changeset that can be taken back by one click.
    struct Note: Sendable {
        let text: String
        var undo: String?
        var isWarning = false
    }

    /// How long a session lasts without a request, in milliseconds.
    static let idleMax: Int64 = 12 * 3_600_000
    /// The most sessions: more are no person's doing.
    private static let sessionsMax = 256

    // MARK: Signing in and out

    /// Begins a session.
    ///
    /// - Returns: the secret of its cookie.
    func begin(address: String, agent: String, now: Int64) -> Secret {
        sweep(now: now)
        if sessions.count >= Self.sessionsMax,
            let oldest = sessions.min(by: { $0.value.lastSeen < $1.value.lastSeen })?.key
        {
            sessions[oldest] = nil
        }
        let secret = Secret()
        sessions[Secret.hash(secret.text)] = BrowserSession(
            id: String(Secret().text.prefix(16)), token: Secret().text, begun: now, lastSeen: now, address: address,
            agent: String(agent.prefix(200)))
        return secret
    }

    /// The session of a cookie; nil where it has ended.
    ///
    /// - Parameter isSign: whether the request is a sign that somebody is there.
    func session(_ cookie: String, now: Int64, isSign: Bool = true) -> BrowserSession? {
        let hash = Secret.hash(cookie)
        guard var found = sessions[hash] else { return nil }
        guard now - found.lastSeen < Self.idleMax else {
            sessions[hash] = nil
            return nil
        }
        guard isSign else { return found }
        found.lastSeen = now
        sessions[hash] = found
        return found
    }

    /// The sessions that last, the first to begin first.
    func all(now: Int64) -> [BrowserSession] {
        sweep(now: now)
        return sessions.values.sorted { ($0.begun, $0.id) < ($1.begun, $1.id) }
    }

    func end(_ id: String) {
        for (hash, session) in sessions where session.id == id { sessions[hash] = nil }
        notes[id] = nil
    }

    private func sweep(now: Int64) {
        sessions = sessions.filter { now - $0.value.lastSeen < Self.idleMax }
    }

    // MARK: Wrong secrets

    /// Counts a wrong secret.
    func fail(now: Int64) { failures = failures.filter { now - $0 < 60_000 } + [now] }

    /// How long who came with a wrong secret waits, by how many were wrong in the last minute; nil where too many were.
    func wait(now: Int64) -> Duration? {
        let recent = failures.filter { now - $0 < 60_000 }.count
        guard recent < 20 else { return nil }
        return recent < 3 ? .zero : .milliseconds(min(3000, 100 << min(recent, 5)))
    }

    // MARK: Notes

    func leave(_ note: Note, for id: String) { notes[id] = note }

    func takeNote(of id: String) -> Note? {
        defer { notes[id] = nil }
        return notes[id]
    }

    // MARK: Forms that are sent twice

    /// The outcome of a form.
    enum Sending: Sendable {
        case underWay
        /// The place to which its sender was led.
        case done(String)
    }

    /// The outcome of a form that was sent before; nil where it was not, and is under way from now on.
    func begin(form token: String) -> Sending? {
        if let known = sent[token] { return known }
        sent[token] = .underWay
        sentOrder.append(token)
        if sentOrder.count > 1024 { sent[sentOrder.removeFirst()] = nil }
        return nil
    }

    func finish(form token: String, at place: String) { sent[token] = .done(place) }

    /// Forgets a form of which nothing came, so that it can be sent again.
    func forget(form token: String) {
        sent[token] = nil
        sentOrder.removeAll { $0 == token }
    }
}
