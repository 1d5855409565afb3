import Foundation
import Hummingbird
import ReplicaModel
import SyncNode

/// The rows of one table: search, filters, sort, and pages by key.
struct RecordListPage: Sendable {
    private let visit: Visit
    private let lookup: RecordLookup
    private let table: TableDefinition
    private let columns: [ColumnDefinition]

    /// Columns that a list shows.
    private static let columnsMax = 6

    static func show(_ visit: Visit) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        return try await RecordListPage(visit, lookup, try lookup.table(visit.part("table"))).response()
    }

    private init(_ visit: Visit, _ lookup: RecordLookup, _ table: TableDefinition) {
        self.visit = visit
        self.lookup = lookup
        self.table = table
        let names = visit.labels.nameColumns(of: table)
        // The name in the reader's language leads; the other languages stand beside it.
        let others = table.valueColumns.filter { column in !names.contains { $0 == column.name } }
        columns = Array(others.prefix(Self.columnsMax))
    }

    private func response() async throws -> Response {
        let query = try await self.query()
        let page = try await lookup.node.tables.page(query)
        var facts: Facts = [
            "table": visit.labels.table(table.name), "name": table.name.text,
            "here": RecordLink.list(table.name), "new": "/new/" + table.name.text.urlEncoded,
            "import": "/import?table=" + table.name.text.urlEncoded,
            "search": visit.query["q"] ?? "", "exports": exports,
            "criteria": rest(without: ["after", "before"]), "may_write": lookup.refusal == nil,
        ]
        if let refusal = lookup.refusal { facts["refusal"] = visit.told(refusal) }
        if let about = visit.labels.about(table.name) { facts["about"] = about }
        facts["heads"] = try await heads(query)
        facts["rows"] = try await rows(page)
        facts["filters"] = visit.query.values(behind: "f.").map { filter in
            [
                "column": visit.labels.column(Identifier(filter.name), in: table.name),
                "text": filter.value, "name": "f." + filter.name,
                "drop": address(without: ["after", "before", "f." + filter.name]),
            ] as Facts
        }
        addPaging(page, query, to: &facts)
        return await visit.page("records", title: visit.labels.table(table.name), at: .records, facts)
    }

    /// The list as files: with the criteria that the address has.
    private var exports: [Facts] {
        let rest = visit.query.fields.filter { !["after", "before", "lang"].contains($0.name) && !$0.value.isEmpty }
            .map { "&\($0.name.urlEncoded)=\($0.value.urlEncoded)" }.joined()
        return [("CSV", "csv"), ("Excel", "xlsx"), ("JSON Lines", "jsonl")].map { name, format in
            ["name": name, "link": "/export/\(table.name.text.urlEncoded)?format=\(format)\(rest)"]
        }
    }

    /// The query that the address asks for.
    private func query() async throws -> RowQuery {
        var query = RowQuery(table: table.name)
        let names = visit.labels.nameColumns(of: table)
        query.columns = names + columns.map(\.name)
        query.words = (visit.query["q"] ?? "").prefix(200).split(whereSeparator: \.isWhitespace).map(String.init)
        query.searched = table.columns.filter { $0.generated == nil }.map(\.name)
        query.filters = visit.query.values(behind: "f.").map { (Identifier($0.name), $0.value) }
        if let sort = visit.query.filled("sort"), let column = table.column(Identifier(sort))?.name,
            try await lookup.node.tables.canSort(table.name, by: column)
        {
            query.sort = column
        }
        query.isDescending = visit.query["desc"] == "1"
        if let after = visit.query.filled("after") { query.position = try position(after, query) }
        if let before = visit.query.filled("before") {
            query.position = try position(before, query)
            query.isBackward = true
        }
        return query
    }

    /// A place in the list as an address has it: CBOR would be no address, so it is JSON of key and sorted value.
    private func position(_ text: String, _ query: RowQuery) throws -> RowQuery.Position {
        guard let place = PagePlace.read(text), place.key.count == table.key.count,
            (place.sort != nil) == (query.sort != nil)
        else { throw PageError(status: .badRequest, key: "error_usage") }
        return place
    }

    private func heads(_ query: RowQuery) async throws -> [Facts] {
        let names = (visit.labels.nameColumns(of: table).first.map { [$0] } ?? []) + columns.map(\.name)
        let sortable = try await lookup.node.tables.sortable(names, of: table.name)
        return names.map { name in
            guard sortable.contains(name) else { return ["name": visit.labels.column(name, in: table.name)] }
            let isSorted = query.sort == name
            let direction = isSorted && !query.isDescending ? "&desc=1" : ""
            var link = address(without: ["after", "before", "sort", "desc"])
            link += (link.contains("?") ? "&" : "?") + "sort=" + name.text.urlEncoded + direction
            return [
                "name": visit.labels.column(name, in: table.name), "link": link, "up": isSorted && !query.isDescending,
                "down": isSorted && query.isDescending,
            ]
        }
    }

    private func rows(_ page: RowPage) async throws -> [Facts] {
        let nameCount = visit.labels.nameColumns(of: table).count
        var names: [Identifier: [[Value]: String]] = [:]
        for (place, column) in columns.enumerated() {
            guard let reference = lookup.reference(of: column.name, in: table),
                let target = lookup.target(of: reference)
            else { continue }
            let keys = page.rows.map { [$0.values[nameCount + place]] }.filter { !$0[0].isNull }
            names[column.name] = try await lookup.names(of: keys, in: target)
        }
        return page.rows.map { row in
            let own = Array(row.values.prefix(nameCount))
            let others = visit.labels.otherNames(own)
            var facts: Facts = [
                "link": RecordLink.record(table.name, row.key), "name": visit.labels.name(own, key: row.key),
                "cells": columns.indices.map { place in
                    lookup.facts(
                        row.values[nameCount + place], columns[place], in: table,
                        names: names[columns[place].name] ?? [:], max: 60)
                },
            ]
            if nameCount > 1, !others.isEmpty { facts["others"] = others.joined(separator: " · ") }
            return facts
        }
    }

    private func addPaging(_ page: RowPage, _ query: RowQuery, to facts: inout Facts) {
        let here = address(without: ["after", "before"])
        let sign = here.contains("?") ? "&" : "?"
        func link(_ word: String, _ place: RowQuery.Position) -> String {
            here + sign + word + "=" + PagePlace.text(place).urlEncoded
        }
        if let paused = page.pausedAt {
            facts["paused"] =
                [
                    "sentence": visit.language.text("search_paused", count: page.lookedAt),
                    "link": link(query.isBackward ? "before" : "after", paused),
                ] as Facts
        }
        if let last = page.rows.last?.position, query.isBackward || page.hasMore,
            page.pausedAt == nil || query.isBackward
        {
            facts["next"] = link("after", last)
        }
        if let first = page.rows.first?.position, query.isBackward ? page.hasMore : query.position != nil {
            facts["previous"] = link("before", first)
        }
        if query.position != nil { facts["first"] = here }
        facts["none"] = page.rows.isEmpty && page.pausedAt == nil
    }

    /// The criteria of the list as hidden fields of its search form.
    private func rest(without names: [String]) -> [Facts] {
        visit.query.fields.filter { !names.contains($0.name) && $0.name != "q" && $0.name != "lang" }
            .map { ["name": $0.name, "value": $0.value] }
    }

    private func address(without names: [String]) -> String {
        let rest = visit.query.fields.filter { !names.contains($0.name) && $0.name != "lang" && !$0.value.isEmpty }
            .map { "\($0.name.urlEncoded)=\($0.value.urlEncoded)" }.joined(separator: "&")
        return RecordLink.list(table.name) + (rest.isEmpty ? "" : "?" + rest)
    }
}

/// A place in a list as an address has it: JSON of the key's values and of the value by which is sorted.
enum PagePlace {
    private struct Item: Codable {
        var n = false
        var i: Int64?
        /// The bits of a real: JSON has no infinite number.
        var r: UInt64?
        var t: Data?
        var b: Data?

        init(_ value: Value) {
            switch value {
            case .null: n = true
            case .integer(let integer): i = integer
            case .real(let real): r = real.bitPattern
            case .text(let bytes): t = Data(bytes)
            case .blob(let bytes): b = Data(bytes)
            }
        }

        var value: Value {
            if let i { return .integer(i) }
            if let r { return .real(Double(bitPattern: r)) }
            if let t { return .text(Array(t)) }
            return b.map { .blob(Array($0)) } ?? .null
        }
    }

    private struct Place: Codable {
        let key: [Item]
        let sort: Item?
    }

    static func text(_ place: RowQuery.Position) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try? encoder.encode(Place(key: place.key.map(Item.init), sort: place.sort.map(Item.init)))
        return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    static func read(_ text: String) -> RowQuery.Position? {
        guard text.utf8.count < 64 << 10, let place = try? JSONDecoder().decode(Place.self, from: Data(text.utf8))
        else {
            return nil
        }
        return .init(sort: place.sort?.value, key: place.key.map(\.value))
    }
}
