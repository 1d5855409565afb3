/// The parts of a world that are left out, so that what is wrong in it is easier to see: some of its faults, hands and
/// statements, and its last acts.
package struct Reduction: Hashable, Sendable {
    /// Names of kinds, as the table of a campaign has them.
    package var without: Set<String>
    /// How many things nodes do in all, if not as many as the seed says.
    package var actCount: Int?

    /// Leaves out what is named, and nothing else.
    package init(without: Set<String> = [], actCount: Int? = nil) {
        self.without = without
        self.actCount = actCount
    }

    /// Names that no kind has, or none that can be left out.
    package var unknown: [String] {
        let known = Set(
            Fault.allCases.map(\.rawValue) + Hand.allCases.map(\.rawValue) + WriterSQL.Kind.allCases.map(\.rawValue))
        return without.filter { !known.contains($0) }.sorted()
    }

    func scenario(_ whole: Scenario) -> Scenario {
        var out = whole
        out.faults = out.faults.filter { !without.contains($0.rawValue) }
        out.hands.removeAll { without.contains($0.rawValue) }
        out.statementKinds.removeAll { without.contains($0.rawValue) }
        // Somebody writes something.
        if out.statementKinds.isEmpty { out.statementKinds = [.insert] }
        if let actCount { out.actCount = min(out.actCount, actCount) }
        return out
    }

    /// Leaves out of a world in which a rule is broken one thing after the other, as long as the same rule is broken:
    /// delta debugging of sets by one (Zeller, Hildebrandt: "Simplifying and Isolating Failure-Inducing Input", 2002),
    /// then of the number of acts by halves. What is left out changes what the seed decides after it, so it is not the
    /// least that fails.
    package static func least(of seed: UInt64, breaking rule: String) -> Reduction {
        let whole = Scenario(seed: seed)
        var reduction = Reduction()
        func breaks(_ next: Reduction) -> Bool { Simulation(seed: seed, reduction: next).run().violation?.rule == rule }
        for name in whole.hands.map(\.rawValue) + whole.faults.map(\.rawValue).sorted()
            + whole.statementKinds.map(\.rawValue)
        {
            var next = reduction
            next.without.insert(name)
            if breaks(next) { reduction = next }
        }
        var step = whole.actCount / 2
        while step > 0 {
            var next = reduction
            next.actCount = (reduction.actCount ?? whole.actCount) - step
            if breaks(next) { reduction = next } else { step /= 2 }
        }
        return reduction
    }
}
