import ReplicaModel
import SQLiteAccess

/// The judgements of changesets, and their places in the order of application.
struct Standings {
    let transaction: Transaction

    /// Gives a changeset the next place in the order of application, with its judgement, and says that its feed is
    /// applied that far.
    func markApplied(_ dot: Dot, context: VersionVector, standing: Standing) throws(StoreError) {
        if case .quarantined = standing { transaction.state.quarantined.insert(dot) }
        try transaction.statement(
            "UPDATE caravan_changeset SET position = ?3, standing = ?4, reason = ?5 WHERE feed = ?1 AND seq = ?2"
        ).run([
            .integer(Int64(dot.feed.number)), .integer(Int64(dot.seq)), .integer(transaction.state.nextPosition),
            .integer(standing.number), standing.reason,
        ])
        transaction.state.nextPosition += 1
        try transaction.log.setApplied(dot.feed, seq: dot.seq, context: context)
    }

    /// Judges anew a changeset that is applied.
    func set(_ standing: Standing, of dot: Dot) throws(StoreError) {
        try transaction.statement(
            "UPDATE caravan_changeset SET standing = ?3, reason = ?4 WHERE feed = ?1 AND seq = ?2"
        ).run(dot.place + [.integer(standing.number), standing.reason])
        if case .quarantined = standing {
            transaction.state.quarantined.insert(dot)
        } else {
            transaction.state.quarantined.remove(dot)
        }
    }

    /// The judgement of a changeset: whether it counts, or is void or quarantined, and why.
    func of(_ dot: Dot) throws(StoreError) -> Standing {
        let row = try transaction.statement(
            "SELECT standing, reason FROM caravan_changeset WHERE feed = ?1 AND seq = ?2"
        ).first(dot.place)
        guard case .integer(let number)? = row?.first, case let reason? = row?.last else { return .counts }
        let sentence = if case .text(let bytes) = reason { String(decoding: bytes, as: UTF8.self) } else { "" }
        return Standing(number: number, reason: sentence)
    }

    /// The numbers of the changesets of a feed that are void.
    func voidNumbers(of feed: FeedOrdinal) throws(StoreError) -> Set<UInt64> {
        Set(
            try transaction.connection.rows(
                "SELECT seq FROM caravan_changeset WHERE feed = ?1 AND standing = 1", [.integer(Int64(feed.number))]
            ).compactMap { if case .integer(let seq)? = $0.first { UInt64(seq) } else { nil } })
    }

    /// How many changesets are void, and how many are quarantined.
    func uncounted() throws(StoreError) -> (void: Int, quarantined: Int) {
        var out = (void: 0, quarantined: 0)
        for row in try transaction.connection.rows(
            "SELECT standing, count(*) FROM caravan_changeset WHERE standing > 0 GROUP BY standing")
        {
            guard case .integer(let number) = row[0], case .integer(let count) = row[1] else { continue }
            if number == 1 { out.void += Int(count) } else { out.quarantined += Int(count) }
        }
        return out
    }

    /// The place of a changeset in the order of application; nil where it is not held, or not applied.
    func position(of dot: Dot) throws(StoreError) -> Int64? {
        let row = try transaction.statement("SELECT position FROM caravan_changeset WHERE feed = ?1 AND seq = ?2")
            .first(dot.place)
        guard case .integer(let position)? = row?.first else { return nil }
        return position
    }
}

extension Standing {
    /// - Parameters:
    ///   - number: as the file has it: 0 counts, 1 void, 2 quarantined.
    ///   - reason: why it does not count.
    init(number: Int64, reason: String) {
        self = number == 0 ? .counts : number == 1 ? .void(reason) : .quarantined(reason)
    }

    /// The number by which the file names it.
    var number: Int64 {
        switch self {
        case .counts: 0
        case .void: 1
        case .quarantined: 2
        }
    }

    /// The reason as the file keeps it.
    fileprivate var reason: Value {
        switch self {
        case .counts: .null
        case .void(let sentence), .quarantined(let sentence): .text(sentence)
        }
    }
}
