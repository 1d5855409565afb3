import ReplicaModel
import SQLiteAccess
import SyncWire

/// Reads pages of the log. Whatever is in it, a page is there in bounded time.
package struct ChangeBrowser {
    private let transaction: Transaction

    package init(replica: Replica) throws(StoreError) { transaction = try replica.read() }

    /// The most operations of one changeset that are looked through for a table. One that has more is shown with the
    /// first of them: what is left out of sight is no reason to leave it out.
    private static let operationsRead = 2000

    /// Reads one page.
    ///
    /// - Parameter isOver: whether the time for it is used up; asked after each changeset.
    /// - Throws: `notFound` where the changeset behind which it begins is not here.
    package func page(_ query: ChangeQuery, isOver: () -> Bool) throws(StoreError) -> ChangePage {
        let applied = try AppliedChangesets(
            newestFirst: true, before: try position(query.behind), in: transaction)
        var page = ChangePage()
        while let dot = try applied.next() {
            let feed = transaction.state.name(of: dot)
            // A page goes on behind what it names, and no page names what is no change of records.
            guard feed.scope == .alliance else { continue }
            page.lookedAt += 1
            if query.site == nil || feed.site == query.site,
                applied.stamp.milliseconds >= query.since ?? .min, let report = try report(dot, query)
            {
                guard page.changes.count < query.changesMax else {
                    page.hasMore = true
                    break
                }
                page.changes.append(report)
            }
            if isOver() {
                page.pausedAt = (feed, dot.seq)
                break
            }
        }
        return page
    }

    /// Reads one changeset; nil where it is not here, or not applied yet.
    package func changeset(feed: String, seq: UInt64, operationsMax: Int) throws(StoreError) -> ChangesetReport? {
        guard let dot = dot(feed, seq), try transaction.standings.position(of: dot) != nil else { return nil }
        var query = ChangeQuery()
        query.operationsMax = operationsMax
        return try report(dot, query)
    }

    private func dot(_ feed: String, _ seq: UInt64) -> Dot? {
        guard (1...WireLimits.seqMax).contains(seq) else { return nil }
        let names = transaction.state.feeds.map(\.id) + transaction.state.branchNames()
        guard let name = names.first(where: { $0.scope == .alliance && $0.description == feed }) else { return nil }
        return transaction.state.dot(seq, of: name)
    }

    private func position(_ behind: (feed: String, seq: UInt64)?) throws(StoreError) -> Int64? {
        guard let behind else { return nil }
        guard let dot = dot(behind.feed, behind.seq), let position = try transaction.standings.position(of: dot) else {
            throw .notFound("the changeset behind which the page begins is not here: begin anew")
        }
        return position
    }

    /// The report of a changeset; nil where it has nothing of the table that is asked for.
    private func report(_ dot: Dot, _ query: ChangeQuery) throws(StoreError) -> ChangesetReport? {
        let logged = try transaction.log.logged(dot)
        let standing = try transaction.standings.of(dot)
        let read = try operations(of: logged, query, isReadable: standing == .counts)
        guard query.table == nil || read.count > 0 else { return nil }
        let feed = transaction.state.name(of: dot)
        return ChangesetReport(
            feed: feed, name: transaction.state.roster.entry(of: feed.site)?.name, seq: dot.seq,
            stamp: logged.header.stamp, hash: logged.hash, standing: standing, context: nil, operations: read.first,
            operationCount: read.count, control: nil)
    }

    private func operations(
        of changeset: LoggedChangeset, _ query: ChangeQuery, isReadable: Bool
    ) throws(StoreError) -> (first: [RowOperation], count: Int) {
        let all = Int(clamping: changeset.header.operationCount)
        var (out, read, found): ([RowOperation], Int, Int) = ([], 0, 0)
        var source = OperationSource(log: transaction.log, changeset: changeset)
        do throws(OperationStop) {
            while let item = try source.next() {
                if case .table = item { continue }
                read += 1
                if query.table == nil || source.cursor.table?.name == query.table {
                    found += 1
                    if out.count < query.operationsMax, let operation = source.cursor.operation(item) {
                        out.append(operation)
                    }
                    if query.table == nil, out.count == query.operationsMax { return (out, all) }
                }
                if query.table != nil, read == Self.operationsRead { return (out, found + all - read) }
            }
        } catch {
            if case .store(let error) = error { throw error }
            // One that is void may be one that cannot be read to its end.
            guard isReadable else { return (out, found) }
            throw .damaged("a changeset of the log of \(transaction.file.path) cannot be read: run `caravan verify`")
        }
        return (out, found)
    }
}
