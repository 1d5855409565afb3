import ReplicaModel
import SyncNode

/// Peers for people: whether each is in sync, and what is wrong.
enum PeerText {
    static func lines(_ peers: [PeerReport], now: Int64) -> [Line] {
        guard !peers.isEmpty else { return ["no peers: add one with `caravan peer add NAME HOST:PORT`"] }
        let counts = Dictionary(peers.map { ($0.name, 1) }, uniquingKeysWith: +)
        var table = TextTable([
            "peer", "state", "sent, held, applied", "last contact", "clock", "addresses",
        ])
        for peer in peers {
            let site = counts[peer.name] == 1 ? nil : peer.site
            let name: Line = "\(peer.name)\(site.map { " (\($0.short.prefix(9)))" } ?? "")"
            let places = ([peer.addresses.joined(separator: " ")] + terms(peer)).filter { !$0.isEmpty }
            table.add([
                name, state(peer, now), progress(peer), contact(peer, now), clock(peer),
                Line(places.joined(separator: ", ")),
            ])
        }
        let advice: [Line] =
            peers.contains(where: \.isClockOff) ? ["a clock is off: `caravan doctor` says what to do"] : []
        return table.lines + peers.compactMap { peer in peer.lastErrorNamed.map { Line(Speech.said($0)) } } + advice
    }

    /// The words for what waits on the way to and from a peer, and the sessions with it that are open now.
    static func state(_ peer: PeerReport, _ now: Int64) -> Line {
        // What it lacks nobody sends it any more.
        if peer.isRetired, peer.sessions.isEmpty { return "retired" }
        var words: [Line] = []
        if peer.lacks > 0 {
            let since: Line = peer.lacksSince.map { ", the oldest of \(Times.ago($0, at: now))" } ?? ""
            words.append("lacks \(peer.lacks) changesets\(since)")
        }
        if peer.ahead > 0 { words.append("has \(peer.ahead) that are not here") }
        if words.isEmpty, peer.lastContact != nil {
            // What the line below says of the last attempt is later than what is known of the peer.
            words.append(peer.lastError == nil || !peer.sessions.isEmpty ? "in sync" : "was in sync")
        }
        words += peer.sessions.map { session in
            let side: Line = session.isDialledHere ? "" : " (they dialled)"
            return
                "\(session.isStanding ? "connected" : "exchanging") since \(Times.clock(session.since, at: now))\(side)"
        }
        return words.isEmpty ? "never met" : words.joined(separator: ", ")
    }

    /// The changesets that were sent to a peer, that it holds durably, and that it has applied.
    private static func progress(_ peer: PeerReport) -> Line {
        peer.lastContact == nil ? "-" : "\(peer.sent), \(peer.durable), \(peer.applied)"
    }

    private static func contact(_ peer: PeerReport, _ now: Int64) -> Line {
        peer.lastContact.map { "\(Times.ago($0, at: now))" } ?? "-"
    }

    /// The windows and the rate of a peer.
    private static func terms(_ peer: PeerReport) -> [String] {
        var out: [String] = []
        if !peer.windows.isEmpty {
            let change = peer.windowsChange.map { " until " + Times.local($0) } ?? ""
            out.append("\(peer.windows.joined(separator: " ")) (\(peer.isInWindow ? "open" : "closed")\(change))")
        }
        if let rate = peer.limitRate { out.append("at most \(ByteCount.text(rate))/s") }
        return out
    }

    /// A clock that is off by more than ten minutes is told.
    private static func clock(_ peer: PeerReport) -> Line {
        guard let skew = peer.skewSeconds, peer.isClockOff else { return "-" }
        let (minutes, direction) = (Int(clamping: Int64(abs(skew) / 60)), skew > 0 ? "ahead of" : "behind")
        let days = minutes / 1_440
        if days < 2 { return Output.warning("\(minutes) min \(direction) ours") }
        guard days < 730 else { return Output.warning("\(days / 365) years \(direction) ours") }
        return Output.warning("\(days) days \(direction) ours")
    }
}
