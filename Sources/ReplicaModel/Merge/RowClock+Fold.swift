/// Folding. Changesets come in causal order, so an operation is never in the context of one that was folded before it.
extension RowClock {
    /// Folds a put: of the named columns, and of the key's if it is an insert. An insert names every column of its
    /// author's schema.
    ///
    /// - Parameters:
    ///   - shown: what the row shows in a column at present. Asked only for what `needsShown` announces.
    ///   - keep: what is kept of a value that stands beside others.
    ///   - rank: what decides among concurrent writes. Asked only where there are several.
    /// - Returns: what each written column shows now, in the order of `cells`.
    package mutating func put<Failure>(
        _ cells: [(column: Int, value: Value)], isInsert: Bool, dot: Dot, context: VersionVector,
        shown: (Int) throws(Failure) -> Value, keep: (Value) -> CandidateValue = { .short($0) },
        rank: (Dot) throws(Failure) -> Rank
    ) throws(Failure) -> [Shown] {
        openDeletes.removeAll { context.covers($0) }
        if isInsert, dominatesEverything(context), cells.count == columnCount {
            remember(candidates(of: Self.keyColumn).map(\.dot))
            base = Candidate(dot: dot, isKilled: false, value: nil)
            registers = []
            return cells.map { .value($0.value) }
        }
        if isInsert { putKey(dot: dot, context: context) }
        var now: [Shown] = []
        for (column, value) in cells {
            let remaining = candidates(of: column).filter { !$0.isQuarantined && !context.covers($0.dot) }
            if remaining.isEmpty {
                setRegister(column, [Candidate(dot: dot, isKilled: false, value: nil)])
                now.append(.value(value))
            } else {
                var candidates: [Candidate] = []
                for var candidate in remaining {
                    if candidate.value == nil { candidate.value = keep(try shown(column)) }
                    candidates.append(candidate)
                }
                candidates.append(Candidate(dot: dot, isKilled: false, value: keep(value)))
                setRegister(column, candidates)
                let best = try best(of: candidates, rank: rank)
                now.append(best?.dot == dot ? .value(value) : best?.shown ?? .value(value))
            }
        }
        return now
    }

    /// Folds a delete: it kills exactly the writes that its author had seen.
    ///
    /// - Returns: what the columns show now whose shown value may have changed.
    package mutating func delete<Failure>(
        dot: Dot, context: VersionVector, rank: (Dot) throws(Failure) -> Rank
    ) throws(Failure) -> [(column: Int, shown: Shown)] {
        openDeletes.removeAll { context.covers($0) }
        openDeletes.append(dot)
        if let written = base, !written.isQuarantined, context.covers(written.dot) { base?.isKilled = true }
        var now: [(column: Int, shown: Shown)] = []
        for index in registers.indices {
            for position in registers[index].candidates.indices
            where !registers[index].candidates[position].isQuarantined
                && context.covers(registers[index].candidates[position].dot)
            {
                registers[index].candidates[position].isKilled = true
            }
            let register = registers[index]
            if register.column != Self.keyColumn, register.candidates.count > 1,
                let shown = try best(of: register.candidates, rank: rank)?.shown
            {
                now.append((register.column, shown))
            }
        }
        return now
    }

    /// The candidates that are not killed, if they hold two or more different values, in descending order of what is
    /// shown.
    package func conflict<Failure>(
        in column: Int, rank: (Dot) throws(Failure) -> Rank
    ) throws(Failure) -> [Candidate] {
        let living = candidates(of: column).filter(\.isLiving)
        guard Set(living.map(\.value)).count > 1 else { return [] }
        var ranked: [(rank: Rank, candidate: Candidate)] = []
        for candidate in living { ranked.append((try rank(candidate.dot), candidate)) }
        return ranked.sorted { $0.rank > $1.rank }.map(\.candidate)
    }

    /// The write that a cell shows: of its candidates the greatest by (not killed, rank). Nil where nobody wrote it.
    ///
    /// - Parameter rank: asked only where there are several.
    package func shown<Failure>(_ column: Int, rank: (Dot) throws(Failure) -> Rank) throws(Failure) -> Dot? {
        let candidates = candidates(of: column)
        return candidates.count > 1 ? try best(of: candidates, rank: rank)?.dot : candidates.first?.dot
    }

    /// Columns in conflict, ascending.
    package var columnsInConflict: [Int] {
        registers.filter { register in
            let living = register.candidates.filter(\.isLiving)
            return register.column != Self.keyColumn && living.count > 1 && Set(living.map(\.value)).count > 1
        }.map(\.column)
    }

    /// The greatest of (not killed, rank).
    private func best<Failure>(
        of candidates: [Candidate], rank: (Dot) throws(Failure) -> Rank
    ) throws(Failure) -> Candidate? {
        var best: (rank: Rank, candidate: Candidate)?
        for candidate in candidates {
            let rank = try rank(candidate.dot)
            if let best, best.candidate.isKilled == candidate.isKilled ? best.rank > rank : candidate.isKilled {
                continue
            }
            best = (rank, candidate)
        }
        return best?.candidate
    }

    private func dominatesEverything(_ context: VersionVector) -> Bool {
        if let base, !context.covers(base.dot) { return false }
        return registers.allSatisfy { register in register.candidates.allSatisfy { context.covers($0.dot) } }
    }

    /// Remembers one insert of each feed, the first, which says it all: a context that covers a later one covers it
    /// too.
    private mutating func remember(_ inserts: [Dot]) {
        for dot in inserts {
            if let index = earlierInserts.firstIndex(where: { $0.feed == dot.feed }) {
                if dot.seq < earlierInserts[index].seq { earlierInserts[index] = dot }
            } else {
                earlierInserts.append(dot)
            }
        }
    }

    private mutating func putKey(dot: Dot, context: VersionVector) {
        let present = candidates(of: Self.keyColumn)
        remember(present.filter { $0.isQuarantined || context.covers($0.dot) }.map(\.dot))
        let written = Candidate(dot: dot, isKilled: false, value: nil)
        if let base, !base.isQuarantined {
            let remaining = present.filter { !$0.isQuarantined && !context.covers($0.dot) }
            setRegister(Self.keyColumn, remaining + [written])
        } else {
            // Each column keeps what it had beside the insert.
            registers = (0..<columnCount).map {
                Register(column: $0, candidates: candidates(of: $0))
            }
            base = written
        }
    }

    private mutating func setRegister(_ column: Int, _ candidates: [Candidate]) {
        let isAtBase = candidates.count == 1 && candidates[0] == base
        let index = registers.firstIndex { $0.column >= column } ?? registers.count
        if index < registers.count, registers[index].column == column {
            if isAtBase { registers.remove(at: index) } else { registers[index].candidates = candidates }
        } else if !isAtBase {
            registers.insert(Register(column: column, candidates: candidates), at: index)
        }
    }
}

/// Writes that do not count.
extension RowClock {
    /// Marks those of the candidates that these changesets wrote.
    package mutating func mark(_ quarantined: Set<Dot>) {
        if let dot = base?.dot { base?.isQuarantined = quarantined.contains(dot) }
        for index in registers.indices {
            for place in registers[index].candidates.indices {
                registers[index].candidates[place].isQuarantined = quarantined.contains(
                    registers[index].candidates[place].dot)
            }
        }
    }

    /// Whether some cell shows what does not count, because nothing was written there that does.
    package var showsQuarantined: Bool {
        if let base, base.isQuarantined, registers.count < columnCount + 1 { return true }
        return registers.contains { register in register.candidates.contains(where: \.isQuarantined) }
    }

    /// Folds a put that does not count: it shows where nothing was written that does, if it is the greatest of its
    /// kind.
    ///
    /// - Parameter rank: what decides among several.
    /// - Returns: what columns show now that showed something else.
    package mutating func putQuarantined<Failure>(
        _ cells: [(column: Int, value: Value)], isInsert: Bool, dot: Dot, rank: (Dot) throws(Failure) -> Rank
    ) throws(Failure) -> [(column: Int, value: Value)] {
        let written = Candidate(dot: dot, isKilled: false, value: nil, isQuarantined: true)
        if isInsert, base == nil {
            base = written
            registers = (0..<columnCount).map { Register(column: $0, candidates: []) }
        } else if isInsert {
            let present = candidates(of: Self.keyColumn)
            if try isGreater(dot, than: present, rank: rank) {
                remember(present.map(\.dot))
                setRegister(Self.keyColumn, [written])
            } else {
                remember([dot])
            }
        }
        var now: [(column: Int, value: Value)] = []
        for (column, value) in cells where try isGreater(dot, than: candidates(of: column), rank: rank) {
            setRegister(column, [written])
            now.append((column, value))
        }
        return now
    }

    private func isGreater<Failure>(
        _ dot: Dot, than present: [Candidate], rank: (Dot) throws(Failure) -> Rank
    ) throws(Failure) -> Bool {
        guard let other = present.first else { return true }
        guard other.isQuarantined else { return false }
        return try rank(other.dot) < rank(dot)
    }
}

extension RowClock.Candidate {
    /// What a cell shows that shows the candidate, which stands beside others.
    fileprivate var shown: RowClock.Shown? {
        switch value {
        case nil: nil
        case .short(let value): .value(value)
        case .long: .written(by: dot)
        }
    }
}
