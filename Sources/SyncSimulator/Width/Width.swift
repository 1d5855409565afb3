/// How wide the worlds of a campaign were: in how many each kind was to be, in how many it really was, and how often.
package struct Width: Hashable, Sendable {
    private struct Count: Hashable {
        /// Worlds whose scenario has it.
        var planned = 0
        /// Worlds in which it happened.
        var struck = 0
        var times = 0
    }

    private var counts: [Kind: Count] = [:]

    package init() {}

    /// Makes the width of one world.
    init(planned: Set<Kind>, times: [Kind: Int]) {
        for kind in planned { counts[kind, default: Count()].planned = 1 }
        for (kind, times) in times where times > 0 {
            counts[kind, default: Count()].struck = 1
            counts[kind, default: Count()].times = times
        }
    }

    package mutating func add(_ other: Width) {
        for (kind, count) in other.counts {
            counts[kind, default: Count()].planned += count.planned
            counts[kind, default: Count()].struck += count.struck
            counts[kind, default: Count()].times += count.times
        }
    }

    /// Kinds that never happened, whether or not a scenario had them.
    package var absent: [String] { Kind.allCases.filter { counts[$0]?.struck ?? 0 == 0 }.map(\.name) }

    /// The number of worlds that is enough for every kind to happen: where one is absent the worlds are narrower than
    /// Simulation says.
    package static let worldsMin = 1_000

    /// A line for each kind: of which sort it is, in how many worlds it was to be, in how many it happened, and how
    /// often.
    package var table: String {
        let heads = [["", "kind", "planned", "happened", "times"]]
        let rows =
            heads
            + Kind.allCases.map { kind in
                let count = counts[kind] ?? Count()
                // What only comes of other things is in no scenario.
                let planned = kind.group == "event" ? "" : "\(count.planned)"
                return [kind.group, kind.name, planned, "\(count.struck)", "\(count.times)"]
            }
        let widths = heads[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return column < 2 ? row[column] + space : space + row[column]
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
