import Foundation
import Testing

/// How far each node was seen to be. No kill may take that back, nor what a peer was told that it has.
struct Reached {
    private var vectors: [String: [String: Int]] = [:]

    mutating func faults(of village: Village) throws -> [String] {
        var out: [String] = []
        var promised: [String: Int] = [:]
        var states: [String: [String: Any]] = [:]
        // Promises are read before what is held by whom they were made of, which may only grow meanwhile.
        for node in Siege.nodes {
            let outcome = try village.caravan(node, "status", "--json")
            let state = try #require(try village.json(outcome).first, "\(node): \(outcome.err)")
            for peer in state["peers"] as? [[String: Any]] ?? [] {
                guard let name = peer["name"] as? String, let durable = peer["durable"] as? Int else { continue }
                promised[name] = max(durable, promised[name] ?? 0)
            }
        }
        for node in Siege.nodes { states[node] = try village.json(village.caravan(node, "status", "--json")).first }
        for (node, state) in states {
            let now = state["versionVector"] as? [String: Int] ?? [:]
            for (feed, seq) in vectors[node] ?? [:] {
                if now[feed] ?? 0 < seq { out.append("\(node) went back in \(feed.prefix(8))") }
            }
            vectors[node] = now
            let held = state["changesets"] as? Int ?? 0
            if held < promised[node] ?? 0 {
                out.append("\(node) acknowledged \(promised[node] ?? 0) changesets and has \(held)")
            }
        }
        return out
    }
}
