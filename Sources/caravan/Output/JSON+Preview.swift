import ReplicaModel

extension JSON {
    /// `diff`: what either side lacks.
    init(difference preview: PreviewReport) {
        self = .object([
            ("incoming", .array(preview.incoming.map { JSON($0) })),
            ("outgoing", .array(preview.outgoing.map { JSON($0) })),
        ])
    }

    /// `sync --dry-run`: what an exchange would bring.
    init(_ preview: PreviewReport, peer: String) {
        self = .object([
            ("peer", .string(peer)), ("incoming", .integer(Int64(preview.incoming.count))),
            ("outgoing", .integer(Int64(preview.outgoing.count))),
            ("changes", .array(preview.changes.map { JSON($0) })),
            ("conflicts", .array(preview.conflicts.map { JSON($0) })),
            ("settled", .array(preview.settled.map { JSON($0) })),
        ])
    }

    private init(_ change: PreviewReport.RowChange) {
        self = .object([
            ("table", .string(change.row.table)), ("key", .values(change.row.key)),
            ("before", change.before.map { .members($0) } ?? .null),
            ("after", change.after.map { .members($0) } ?? .null),
        ])
    }
}
