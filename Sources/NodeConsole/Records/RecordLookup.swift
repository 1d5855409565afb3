import Foundation
import ReplicaModel
import SyncNode

/// Look-ups of a page of records: definitions, names of records that others refer to, and names of members.
struct RecordLookup: Sendable {
    let node: Node
    let labels: Labels
    let tables: [TableDefinition]
    let members: [SiteID: String]
    /// Why this node may not write, as the node says it; nil where it may.
    let refusal: String?

    init(_ visit: Visit) async throws(NodeError) {
        node = try await visit.reader()
        labels = visit.labels
        tables = try await node.tables.definitions()
        refusal = try await node.tables.writeRefusal()
        let roster = try await node.reports.members()
        members = Dictionary(roster.map { ($0.site, $0.name.escaped()) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Throws: `noRight` where this node may not write.
    func requireRight() throws(NodeError) {
        if let refusal { throw NodeError(kind: .noRight, message: refusal) }
    }

    /// The definition of a table.
    ///
    /// - Throws: `notFound`.
    func table(_ name: String) throws(NodeError) -> TableDefinition {
        guard let found = tables.first(where: { $0.name == Identifier(name) }) else {
            throw NodeError(kind: .notFound, message: "there is no table \(name.escaped())")
        }
        return found
    }

    /// The reference of which a column is the only one; nil where it has none.
    func reference(of column: Identifier, in table: TableDefinition) -> Reference? {
        table.references.first { $0.columns.count == 1 && $0.columns[0].isSame(as: column) }
    }

    /// The table to which a reference leads.
    func target(of reference: Reference) -> TableDefinition? {
        tables.first { $0.name.isSame(as: reference.table) }
    }

    /// The names of rows of a table, by key; those that are not there are missing.
    func names(of keys: [[Value]], in table: TableDefinition) async throws(NodeError) -> [[Value]: String] {
        let links = labels.linkColumns(of: table)
        guard links.isEmpty else { return try await linkNames(of: keys, in: table, links) }
        return try await ownNames(of: keys, in: table)
    }

    private func ownNames(of keys: [[Value]], in table: TableDefinition) async throws(NodeError) -> [[Value]: String] {
        let wanted = Array(Set(keys))
        let found = try await node.tables.values(of: labels.nameColumns(of: table), in: table.name, keys: wanted)
        var out: [[Value]: String] = [:]
        for (key, values) in zip(wanted, found) {
            if let values { out[key] = labels.name(values, key: key) }
        }
        return out
    }

    /// The names of rows that only link others: the names of what they link, and behind them what kind of link it is.
    ///
    /// - Parameter links: the columns that refer.
    private func linkNames(
        of keys: [[Value]], in table: TableDefinition, _ links: [Identifier]
    ) async throws(NodeError) -> [[Value]: String] {
        let wanted = Array(Set(keys))
        let word = labels.nameColumns(of: table).first { name in !links.contains { $0.isSame(as: name) } }
        let found = try await node.tables.values(
            of: links + (word.map { [$0] } ?? []), in: table.name, keys: wanted)
        var names: [Identifier: [[Value]: String]] = [:]
        for (place, column) in links.enumerated() {
            guard let target = target(of: column, in: table) else { continue }
            let referred = found.compactMap { $0 }.map { [$0[place]] }.filter { !$0[0].isNull }
            names[column] = try await ownNames(of: referred, in: target)
        }
        var out: [[Value]: String] = [:]
        for (key, values) in zip(wanted, found) {
            guard let values else { continue }
            let parts = links.enumerated().compactMap { place, column -> String? in
                values[place].isNull ? nil : names[column]?[[values[place]]] ?? labels.short(values[place])
            }
            let kind = word == nil ? "" : labels.word(labels.short(values[links.count]))
            let name = parts.joined(separator: " – ")
            out[key] = name.isEmpty ? labels.name([], key: key) : name + (kind.isEmpty ? "" : " (\(kind))")
        }
        return out
    }

    /// The names of rows that refer to one and only link it to others; those of other tables come with their rows.
    func names(of reports: [ReferrerReport]) async throws(NodeError) -> [RowName: String] {
        try await names(
            of: reports.flatMap { report -> [RowName] in
                guard let table = tables.first(where: { $0.name == report.table }),
                    !labels.linkColumns(of: table).isEmpty
                else { return [] }
                return report.rows.map { RowName(table: table.name, key: $0.key) }
            })
    }

    /// The names of rows of any tables; those that are not there are missing.
    func names(of rows: [RowName]) async throws(NodeError) -> [RowName: String] {
        var out: [RowName: String] = [:]
        for (name, group) in Dictionary(grouping: rows, by: \.table) {
            guard let table = tables.first(where: { $0.name == name }) else { continue }
            for (key, text) in try await names(of: group.map(\.key), in: table) {
                out[RowName(table: name, key: key)] = text
            }
        }
        return out
    }

    /// The name of one row; its key where it is not there.
    func name(of key: [Value], in table: Identifier) async throws(NodeError) -> String {
        guard let table = tables.first(where: { $0.name == table }) else { return key.shownText }
        return try await names(of: [key], in: table)[key] ?? key.shownText
    }

    func name(of site: SiteID) -> String { members[site] ?? site.short }

    /// Facts of one write for a template: who, when, and in which changeset.
    func write(_ write: WriteReport) -> Facts {
        [
            "who": name(of: write.site), "when": labels.language.moment(write.stamp.milliseconds),
            "changeset": String.changeset((write.feed, write.seq)),
        ]
    }

    private func target(of column: Identifier, in table: TableDefinition) -> TableDefinition? {
        reference(of: column, in: table).flatMap(target)
    }

    /// The rows to which values of a table refer.
    func rows(_ values: [Identifier: Value], of table: TableDefinition) -> [RowName] {
        values.compactMap { column, value in
            value.isNull ? nil : target(of: column, in: table).map { RowName(table: $0.name, key: [value]) }
        }
    }

    /// A value as people read it: the name of what it refers to, a word in the reader's language, else itself.
    func text(_ value: Value, _ column: ColumnDefinition, in table: TableDefinition) async throws(NodeError) -> String {
        if let row = rows([column.name: value], of: table).first { return try await name(of: row.key, in: row.table) }
        let text = labels.plain(value)
        return hasWords(column, table) ? labels.word(text) : text
    }

    /// A value for a template: its text, and where it leads.
    ///
    /// - Parameter rows: names of rows to which values refer, where they were looked up.
    func facts(
        _ value: Value, _ column: ColumnDefinition, in table: TableDefinition, rows: [RowName: String], max: Int
    ) -> Facts {
        let target = target(of: column.name, in: table).map { RowName(table: $0.name, key: [value]) }
        let names = target.flatMap { row in rows[row].map { [row.key: $0] } } ?? [:]
        return facts(value, column, in: table, names: names, max: max)
    }

    /// A value for a template: its text, and where it leads.
    ///
    /// - Parameter names: of the rows that the column refers to, where they were looked up.
    func facts(
        _ value: Value, _ column: ColumnDefinition, in table: TableDefinition, names: [[Value]: String] = [:],
        max: Int = .max
    ) -> Facts {
        guard !value.isNull else { return ["empty": true] }
        let text = max == .max ? labels.plain(value) : labels.short(value, max: max)
        if let reference = reference(of: column.name, in: table) {
            return ["text": names[[value]] ?? text, "link": RecordLink.record(reference.table, [value])]
        }
        if case .text(let bytes) = value, let address = Self.webAddress(bytes) {
            return ["text": text, "outside": address]
        }
        if let read = ReadText(language: labels.language).text(value, column, in: table) { return ["text": read] }
        return ["text": hasWords(column, table) ? labels.word(text) : text]
    }

    /// A value for a template, cut where it is long.
    ///
    /// - Parameter whole: the address at which all of it is shown.
    func cutFacts(
        _ value: Value, _ column: ColumnDefinition, in table: TableDefinition, names: [[Value]: String], whole: String
    ) -> Facts {
        // What refers is looked up by the whole.
        let isReference = reference(of: column.name, in: table) != nil
        let (start, isCut) =
            isReference ? (value, false) : Labels.beginning(of: value, characters: Labels.longMax)
        var shown = facts(start, column, in: table, names: names)
        guard let text = shown["text"] as? String, isCut || text.utf8.count > Labels.longMax,
            isCut || text.count > Labels.longMax
        else { return shown }
        // The beginning of an address leads elsewhere.
        if isCut { shown["outside"] = nil }
        return shown.merging(["text": String(text.prefix(Labels.longMax)) + "…", "rest": whole]) { $1 }
    }

    private func hasWords(_ column: ColumnDefinition, _ table: TableDefinition) -> Bool {
        WordList.words(of: column.name, in: table) != nil
    }

    /// A whole text as an address of the web, with what is not of ASCII encoded; nil where it is none that begins with
    /// http or https, or has blanks or something in it that is not seen.
    static func webAddress(_ bytes: [UInt8]) -> String? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let lower = text.prefix(8).lowercased()
        guard lower.hasPrefix("http://") || lower.hasPrefix("https://"),
            !text.unicodeScalars.contains(where: { $0.isUnseen || $0.properties.isWhitespace })
        else { return nil }
        return bytes.map { byte in
            (0x21...0x7E).contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

/// The words that a CHECK permits in a column.
enum WordList {
    /// The words of `column IN ('…', …)`; nil where no check of the table is of this form.
    static func words(of column: Identifier, in table: TableDefinition) -> [String]? {
        for check in table.checks {
            let text = check.expression
            for name in [column.text, "\"\(column.text)\""] where text.hasPrefix(name + " IN (") && text.hasSuffix(")")
            {
                let list = text.dropFirst(name.count + 5).dropLast()
                let words = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
                guard words.allSatisfy({ $0.count >= 2 && $0.hasPrefix("'") && $0.hasSuffix("'") }) else { continue }
                return words.map { String($0.dropFirst().dropLast()).replacingOccurrences(of: "''", with: "'") }
            }
        }
        return nil
    }
}
