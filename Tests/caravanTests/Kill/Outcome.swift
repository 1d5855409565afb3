import Foundation

/// Checks of what must hold once everybody has met, whoever was killed before. Each answers with what is wrong.
extension Siege {
    func faults() throws -> [String] {
        var out = try look()
        if Set(try Self.nodes.map(village.digest)).count > 1 { out.append("the nodes have different tables") }
        for node in Self.nodes { out += try ownFaults(at: node) + columnFaults(at: node) + nodeFaults(node) }
        return out + (try sharedFaults())
    }

    private func nodeFaults(_ node: String) throws -> [String] {
        var out: [String] = []
        let deep = try village.caravan(node, "verify", "--deep", "--json")
        if deep.status != 0 { out.append("verify --deep at \(node): \(deep.out) \(deep.err)") }
        let integrity = try village.sqlite(node, "PRAGMA integrity_check").out
        if integrity != "ok\n" { out.append("\(node): \(integrity)") }
        let kinds = try village.json(village.caravan(node, "doctor", "--json")).compactMap { $0["kind"] as? String }
        if !Set(kinds).isSubset(of: ["conflicts"]) { out.append("doctor at \(node): \(kinds)") }
        let journal = village.said(node)
        if journal.contains("] refused ") || journal.contains(" refused: ") || journal.contains("Fatal error") {
            out.append("\(node) said: \(journal)")
        }
        return out
    }

    /// Rows that one node alone writes.
    func ownFaults(at node: String) throws -> [String] {
        try ledger.possible.compactMap { try fault(of: $0, $1, at: node) }
    }

    private func fault(of place: Write.Place, _ values: [String?], at node: String) throws -> String? {
        switch place {
        case .own(let id):
            let shown = try village.sqlite(node, "SELECT v FROM own WHERE id = '\(id)'").lines.first
            return values.contains(shown) ? nil : "\(id) at \(node) is \(shown ?? "not there"), not one of \(values)"
        case .many(let batch):
            let count = try village.sqlite(node, "SELECT count(*) FROM many WHERE batch = '\(batch)'").out
            let isWhole = count == "\(Write.manyCount)\n" || (values.contains(nil) && count == "0\n")
            return isWhole ? nil : "\(batch) at \(node) has \(count)"
        case .shared: return nil
        }
    }

    func columnFaults(at node: String) throws -> [String] {
        let count = try village.sqlite(node, "SELECT count(*) FROM pragma_table_info('own') WHERE name LIKE 'x%'").out
        return Int(count.dropLast()) ?? 0 >= columns.added ? [] : ["\(node) lacks columns of \(columns.added)"]
    }

    /// Rows that everybody writes: each node's last write is in the log, and what no other write had seen is shown or a
    /// candidate.
    func sharedFaults() throws -> [String] {
        let logs = try Self.nodes.map {
            try village.json(village.caravan($0, "log", "--json", "--table", "shared", "--context"))
        }
        guard Set(logs.map { Set($0.compactMap { $0["hash"] as? String }) }).count == 1 else {
            return ["the nodes have different changesets"]
        }
        var written: [String: [SharedWrite]] = [:]
        for write in logs[0].flatMap(SharedWrite.all) { written[write.id, default: []].append(write) }
        var out: [String] = []
        for (place, values) in ledger.possible {
            guard case .shared(let id, let node) = place, !values.contains(nil) else { continue }
            let isLogged = written[id, default: []].contains { values.contains($0.value) }
            if !isLogged { out.append("of \(id), what \(node) wrote last is nowhere: \(values)") }
        }
        for node in Self.nodes {
            for (id, writes) in written {
                let unseen = Set(writes.filter { write in !writes.contains { $0.hasSeen(write) } }.map(\.value))
                let found = try listed(id, at: node)
                if found != unseen { out.append("\(id) at \(node) has \(found), not \(unseen)") }
            }
        }
        return out
    }

    private func listed(_ id: String, at node: String) throws -> Set<String> {
        let shown = try village.sqlite(node, "SELECT v FROM shared WHERE id = '\(id)'").lines
        let reports = try village.json(
            village.caravan(node, "conflicts", "--json", "--table", "shared", "--kind", "cell"))
        let candidates = reports.filter { $0["key"] as? [String] == [id] && $0["column"] as? String == "v" }
            .flatMap { ($0["candidates"] as? [[String: Any]] ?? []).compactMap { $0["value"] as? String } }
        return Set(shown + candidates)
    }
}

/// The write to the column that everybody writes, with what its author had seen.
private struct SharedWrite {
    let id: String
    let value: String
    let feed: String
    let seq: Int
    let context: [String: Int]

    static func all(in changeset: [String: Any]) -> [SharedWrite] {
        guard let feed = changeset["feed"] as? String, let seq = changeset["seq"] as? Int else { return [] }
        return (changeset["operations"] as? [[String: Any]] ?? []).compactMap { operation in
            guard operation["table"] as? String == "shared", let id = (operation["key"] as? [String])?.first,
                let value = (operation["values"] as? [String: Any])?["v"] as? String
            else { return nil }
            return SharedWrite(
                id: id, value: value, feed: feed, seq: seq, context: changeset["context"] as? [String: Int] ?? [:])
        }
    }

    func hasSeen(_ other: SharedWrite) -> Bool { context[other.feed] ?? 0 >= other.seq }
}
