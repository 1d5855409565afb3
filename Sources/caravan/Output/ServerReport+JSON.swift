import ReplicaModel

extension ServerReport {
    var json: JSON {
        let sessions = sessions.map { JSON.object([("site", .string($0.site.hex))] + $0.fields) }
        return .object([
            ("since", .string(Times.rfc3339(since))), ("address", .string(address)), ("sessions", .array(sessions)),
        ])
    }
}

extension LiveSession {
    /// The members of its object, but for the site.
    var fields: [(String, JSON)] {
        [
            ("since", .string(Times.rfc3339(since))), ("dialledBy", .string(isDialledHere ? "here" : "peer")),
            ("isStanding", .bool(isStanding)),
        ]
    }
}

extension UnfinishedReport {
    var json: JSON {
        .object([
            ("feed", .string(feed.description)), ("seq", .unsigned(seq)), ("author", .string(author)),
            ("bytes", .integer(Int64(bytes))), ("last", .optional(last.map(Times.rfc3339))),
            ("dropped", .optional(dropped.map(Times.rfc3339))),
        ])
    }
}
