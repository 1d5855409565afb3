import ReplicaModel

// Roster and schema as JSON.

extension Admission {
    var members: [(String, JSON)] {
        [
            ("site", .string(site.hex)), ("name", .string(name)), ("role", .string(role.rawValue)),
            ("institution", .optional(institution)), ("keepsTime", .bool(keepsTime)),
        ]
    }
}

extension RosterEntry {
    var members: [(String, JSON)] {
        [
            ("site", .string(site.hex)), ("name", .string(name)), ("role", .optional(role?.rawValue)),
            ("institution", .optional(institution)), ("keepsTime", .bool(keepsTime)), ("pending", .bool(isPending)),
        ]
    }
}

extension TableDefinition {
    var members: [(String, JSON)] {
        [
            ("table", .string(name)),
            (
                "columns",
                .array(
                    columns.map { .object($0.members) })
            ),
            ("key", .array(key.map { .string($0) })), ("strict", .bool(isStrict)),
            ("withoutRowid", .bool(isWithoutRowid)),
            (
                "references",
                .array(
                    references.map {
                        .object([
                            ("columns", .array($0.columns.map { .string($0) })), ("table", .string($0.table)),
                            ("onDelete", .string($0.onDelete)), ("onUpdate", .string($0.onUpdate)),
                        ])
                    })
            ),
            (
                "checks",
                .array(
                    checks.map {
                        .object([("name", .optional($0.name?.text)), ("expression", .string($0.expression))])
                    })
            ),
        ]
    }
}

extension ColumnDefinition {
    var members: [(String, JSON)] {
        [
            ("name", .string(name)), ("type", .string(type)), ("notNull", .bool(isNotNull)),
            ("default", .optional(defaultExpression)),
            ("collation", .string(collation)), ("generated", .optional(generated?.expression)),
        ]
    }
}

extension IndexDefinition {
    var members: [(String, JSON)] {
        [
            ("index", .string(name)), ("table", .string(table)), ("unique", .bool(isUnique)),
            (
                "columns",
                .array(
                    parts.map {
                        .object([
                            $0.json, ("collation", .string($0.collation)), ("descending", .bool($0.isDescending)),
                        ])
                    })
            ),
            ("where", .optional(condition)),
        ]
    }
}

extension IndexDefinition.Part {
    fileprivate var json: (String, JSON) {
        switch term {
        case .column(let name): ("name", .string(name))
        case .expression(let text): ("expression", .string(text))
        }
    }
}
