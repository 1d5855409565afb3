import Foundation
import ReplicaModel
import SyncWire

extension Replica {
    /// What this replica would be after it took some changesets, tried on a copy of its file. Nothing here is changed.
    ///
    /// - Parameters:
    ///   - peer: what the peer holds.
    ///   - key: seals, on the copy, what is pending.
    /// - Throws: `damaged` where what came cannot be taken: the sentence says why.
    public func preview(_ incoming: [IncomingChangeset], lackedByPeer peer: Vector, sealingWith key: SigningKey) throws(StoreError) -> PreviewReport {
        let outgoing = try look { () throws(StoreError) in try outgoingReports(peer) }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-\(UUID().uuidString)")
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]) } catch {
            throw .readOnly(path: folder.path)
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("replica.sqlite").path
        try connection.rows("VACUUM INTO ?1", [.text(path)])
        let copy = try Replica(path: path, valueBytesMax: valueBytesMax)
        copy.drawIncarnation = drawIncarnation
        let before = Set(try conflicts())
        var reports: [ChangesetReport] = []
        if !incoming.isEmpty {
            let held = copy.state.held
            switch try copy.accept(incoming, sealingWith: key, now: 0) {
            case .refused(_, let sentence): throw .damaged("what the peer would send is refused: \(sentence)")
            case .accepted: break
            }
            try copy.log(LogFilter(isReversed: true)) { report in
                guard let feed = copy.state.ordinals[report.feed], !held.covers(Dot(feed: feed, seq: report.seq)) else { return }
                reports.append(report)
            }
        }
        let after = Set(try copy.conflicts())
        return PreviewReport(
            incoming: reports, outgoing: outgoing, changes: try changes(reports, copy), conflicts: Self.sorted(after.subtracting(before)),
            settled: Self.sorted(before.subtracting(after)))
    }

    private static func sorted(_ reports: Set<ConflictReport>) -> [ConflictReport] {
        reports.sorted { (RowName(table: $0.table, key: $0.key), $0.kindName) < (RowName(table: $1.table, key: $1.key), $1.kindName) }
    }

    private func outgoingReports(_ peer: Vector) throws(StoreError) -> [ChangesetReport] {
        var out: [ChangesetReport] = []
        try log(LogFilter(isReversed: true)) { if peer[$0.feed] ?? 0 < $0.seq { out.append($0) } }
        return out
    }

    /// Rows that the operations name, and that the copy shows otherwise.
    private func changes(_ reports: [ChangesetReport], _ copy: Replica) throws(StoreError) -> [PreviewReport.RowChange] {
        var names: Set<RowName> = []
        for report in reports where report.standing == .counts {
            for operation in report.operations ?? [] { names.insert(RowName(table: operation.table, key: operation.key)) }
        }
        var out: [PreviewReport.RowChange] = []
        for name in names.sorted() {
            let (before, after) = (try record(table: name.table, key: name.key)?.values, try copy.record(table: name.table, key: name.key)?.values)
            if before != after { out.append(PreviewReport.RowChange(row: name, before: before, after: after)) }
        }
        return out
    }
}
