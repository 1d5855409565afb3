import Foundation
import Hummingbird
import NIOConcurrencyHelpers
import NIOCore
import ReplicaModel
import SyncNode
import Tabular

/// Bringing a spreadsheet in: upload, look at what would change, and then one button.
struct ImportPage: Sendable {
    /// Lines that are shown of what would change, and of what is refused.
    private static let shownMax = 100

    static func show(_ visit: Visit) async throws -> Response { try await start(visit, chosen: visit.query, nil) }

    /// - Parameter chosen: the table and the options that were chosen before.
    private static func start(_ visit: Visit, chosen: Form, _ error: NodeError?) async throws -> Response {
        let lookup = try await RecordLookup(visit)
        let wanted = chosen["table"]
        var facts: Facts = [
            "tables": lookup.tables.map { table in
                [
                    "value": table.name.text, "text": visit.labels.table(table.name),
                    "chosen": table.name.text == wanted,
                ] as Facts
            },
            "sheet": chosen["sheet"] ?? "", "encoding": chosen["encoding"] ?? "", "may_write": lookup.refusal == nil,
        ]
        if let refusal = lookup.refusal { facts["refusal"] = visit.told(refusal) }
        if let error { facts["problem"] = problem(error, visit) }
        return await visit.page(
            "import", title: visit.text("place_import"), at: .import, facts,
            status: error.map(ErrorPage.status) ?? .ok)
    }

    /// The sentences on what is wrong with a file, or with whoever brings it.
    private static func problem(_ error: NodeError, _ visit: Visit) -> Facts {
        let isOfFile = [.usage, .wrongSQL, .notFound, .schema].contains(error.kind)
        return [
            "sentence": isOfFile ? visit.text("import_problem") : ErrorPage.sentence(of: error, visit),
            "detail": visit.told(error.message),
        ]
    }

    // MARK: Upload

    static func upload(_ visit: Visit) async throws -> Response {
        .seeOther("/import/" + (try await Receiving.upload(visit, as: .sheet)).id)
    }

    // MARK: Dry run

    static func showPreview(_ visit: Visit) async throws -> Response {
        var upload = try await Receiving.find(visit, .sheet)
        if visit.query["again"] == "1" {
            upload.request = Form(visit.query.fields)
            await visit.console.uploads.change(upload.id, upload.request)
        }
        let lookup = try await RecordLookup(visit)
        let table = try lookup.table(upload.request["table"] ?? "")
        let title = visit.language.text("preview_title", upload.name.escaped())
        let file: TableFile
        do { file = try Self.file(of: upload) } catch let error as NodeError {
            return try await start(visit, chosen: upload.request, error)
        }
        do {
            let run = try await Self.run(upload, file, table, on: visit.looker())
            let facts = try await preview(run.report, run.events, file, upload, table, lookup, visit)
            return await visit.page("preview", title: title, at: .import, facts)
        } catch let error as NodeError {
            // Whoever says by hand what each column of the file is can have it read all the same.
            guard [.wrongSQL, .notFound, .usage].contains(error.kind),
                let headers = try? Self.headers(file, upload, table, visit), !headers.isEmpty
            else { return try await start(visit, chosen: upload.request, error) }
            var facts = base(file, upload, table, visit)
            facts["headers"] = headers
            facts["problem"] = problem(error, visit)
            return await visit.page("preview", title: title, at: .import, facts, status: ErrorPage.status(of: error))
        }
    }

    private static func file(of upload: Upload) throws -> TableFile {
        try inBorderTerms(upload.name, upload.path) { try TableFile(path: upload.path, choices: choices(upload)) }
    }

    private static func choices(_ upload: Upload) -> TableFile.Choices {
        TableFile.Choices(encoding: upload.request.filled("encoding"), sheet: upload.request.filled("sheet"))
    }

    /// The first lines of what an import tells while it goes, and a digest of all.
    private struct Events {
        var digest: ImportDigest
        var refused: [ImportEvent.Refused] = []
        var alike: [(line: Int, key: [Value], reason: String)] = []
        var changes: [ImportEvent.Change] = []
        var notices: [String] = []

        mutating func take(_ event: ImportEvent) {
            digest.take(event)
            switch event {
            case .refused(let one) where refused.count < shownMax: refused.append(one)
            case .alike(let line, let key, let reason) where alike.count < shownMax: alike.append((line, key, reason))
            case .change(let one) where changes.count < shownMax: changes.append(one)
            case .notice(let text) where notices.count < 20: notices.append(text)
            default: break
            }
        }
    }

    /// Looks at what an import would do, or does what was seen to come of it.
    ///
    /// - Parameter seen: the digest of what was shown; where something else would come of it now, nothing is written.
    ///   Nil for a dry run.
    private static func run(
        _ upload: Upload, _ file: TableFile, _ table: TableDefinition, on node: Node, seen: String? = nil
    ) async throws -> (report: ImportReport, events: Events) {
        let (path, name, choices) = (upload.path, upload.name, choices(upload))
        var request = ImportRequest(table: table.name.text)
        request.key = upload.request.all("key").filter { !$0.isEmpty }
        request.map = upload.request.values(behind: "map.").filter { $0.value != "?" }
            .map { (header: "#" + $0.name, column: $0.value) }
        request.isDryRun = seen == nil
        request.tellsChanges = true
        request.hasWholeRows = file.hasWholeRows
        request.hasDecimalCommas = file.delimiter == .semicolon
        request.hasDaysFrom1904 = file.hasDaysFrom1904
        let events = NIOLockedValueBox(Events(digest: ImportDigest(of: table)))
        let report = try await node.sheets.bring(
            request,
            rows: { take in
                try inBorderTerms(name, path) {
                    try TableFile(path: path, choices: choices).forEach { row, _ in try take(SheetRow(console: row)) }
                }
            }, tell: { event in events.withLockedValue { $0.take(event) } },
            isWanted: { events.withLockedValue { $0.digest.text } == seen })
        return (report, events.withLockedValue { $0 })
    }

    /// Says what may fail in a file as it was called by the person who sent it.
    private static func inBorderTerms<Result>(
        _ name: String, _ path: String, _ body: () throws -> Result
    ) throws -> Result {
        do { return try body() } catch TabularError.doubtfulEncoding {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    it cannot be told in which encoding \(name) is written: fill in its name, such as GB18030 or \
                    windows-1251
                    """
            )
        } catch let error as TabularError {
            throw NodeError(kind: .usage, message: error.sentence.replacingOccurrences(of: path, with: name))
        }
    }

    private static func preview(
        _ report: ImportReport, _ events: Events, _ file: TableFile, _ upload: Upload, _ table: TableDefinition,
        _ lookup: RecordLookup, _ visit: Visit
    ) async throws -> Facts {
        let language = visit.language
        let labels = visit.labels
        func column(_ name: String) -> String { labels.column(Identifier(name), in: table.name) }
        var alike: [Facts] = []
        for one in events.alike {
            alike.append([
                "line": one.line, "reason": visit.told(one.reason), "link": RecordLink.record(table.name, one.key),
                "name": try await lookup.name(of: one.key, in: table.name),
            ])
        }
        let changes = changes(events, table, labels)
        return base(file, upload, table, visit).merging([
            "summary": [
                language.text("import_rows", count: report.rows), language.text("import_new", count: report.inserted),
                language.text("import_changed", count: report.changed),
                language.text("import_same", count: report.unchanged),
                language.text("import_refused", count: report.refused),
            ].map { ["text": $0] as Facts },
            "headers": try headers(file, upload, table, visit),
            "changes": changes, "cut": changes.count < report.inserted + report.changed, "digest": events.digest.text,
            "refusals": events.refused.map { one in
                ["line": one.line, "column": one.column.map(column) ?? "—", "reason": visit.told(one.reason)] as Facts
            },
            "alike": alike, "notices": events.notices.map(visit.told),
            "writes": report.inserted + report.changed > 0, "looked": true,
        ]) { $1 }
    }

    /// Bytes of values that a preview shows: with more a page would be too large to be read.
    private static let valueBytesMax = 24 << 10

    /// The first changes, as many as a page has room for.
    private static func changes(_ events: Events, _ table: TableDefinition, _ labels: Labels) -> [Facts] {
        var (out, bytes): ([Facts], Int) = ([], 0)
        for change in events.changes where bytes < valueBytesMax {
            let cells = change.cells.filter { !($0.old.isNull && $0.new.isNull) }.map { cell -> Facts in
                let (old, new) = (labels.short(cell.old), labels.short(cell.new))
                bytes += old.utf8.count + new.utf8.count + cellBytes
                return [
                    "label": labels.column(Identifier(cell.column), in: table.name), "old": old, "new": new,
                    "hadOld": !cell.old.isNull,
                ]
            }
            out.append([
                "line": change.line, "new": change.isInsert, "name": change.key.shownText, "cells": cells,
            ])
        }
        return out
    }

    /// Bytes that stand around a value.
    private static let cellBytes = 40

    /// The facts of a file that can be read, whatever is in it.
    private static func base(_ file: TableFile, _ upload: Upload, _ table: TableDefinition, _ visit: Visit) -> Facts {
        var facts: Facts = [
            "table": visit.labels.table(table.name), "file": upload.name.escaped(), "id": upload.id,
            "table_name": table.name.text,
        ]
        if let sheet = file.sheet { facts["sheet"] = sheet.escaped() }
        if let encoding = file.encoding { facts["encoding"] = encoding }
        return facts
    }

    /// The headers of the file, each with the column to which a person has mapped it.
    private static func headers(
        _ file: TableFile, _ upload: Upload, _ table: TableDefinition, _ visit: Visit
    ) throws -> [Facts] {
        struct Enough: Error {}
        var cells: [Cell] = []
        do {
            try file.forEach { row, _ in
                cells = row.cells
                throw Enough()
            }
        } catch is Enough {}
        return cells.prefix(200).enumerated().map { place, cell in
            let chosen = upload.request["map.\(place + 1)"] ?? "?"
            let columns = table.columns.filter { $0.generated == nil }.map { column in
                [
                    "value": column.name.text, "text": visit.labels.column(column.name, in: table.name),
                    "chosen": column.name.text == chosen,
                ] as Facts
            }
            return [
                "text": visit.labels.short(.text(SheetCell(console: cell).bytes), max: 60), "name": "map.\(place + 1)",
                "guessed": chosen == "?", "left": chosen.isEmpty, "columns": columns,
            ]
        }
    }

    // MARK: Import

    static func apply(_ visit: Visit) async throws -> Response {
        let upload = try await Receiving.find(visit, .sheet)
        let lookup = try await RecordLookup(visit)
        let table = try lookup.table(upload.request["table"] ?? "")
        let file = try file(of: upload)
        let (report, events) = try await run(
            upload, file, table, on: visit.writer(), seen: visit.form["digest"] ?? "")
        guard !report.isTakenBack else {
            var facts = try await preview(report, events, file, upload, table, lookup, visit)
            facts["problem"] = ["sentence": visit.text("import_changed_since")] as Facts
            facts["follow"] = "/import/" + upload.id
            let title = visit.language.text("preview_title", upload.name.escaped())
            return await visit.page("preview", title: title, at: .import, facts, status: .conflict)
        }
        await visit.console.uploads.drop(upload.id)
        let language = visit.language
        let sentence = [
            language.text("import_new", count: report.inserted), language.text("import_changed", count: report.changed),
            language.text("import_refused", count: report.refused),
        ].joined(separator: language == .zh ? "，" : ", ")
        return await visit.done(
            sentence, undo: report.changeset.map { "\($0.feed):\($0.seq)" }, isWarning: report.refused > 0,
            at: report.changeset.map { String.changeset($0) } ?? RecordLink.list(table.name))
    }
}

extension SheetRow {
    /// A row of a file as a node takes it.
    init(console row: Row) { self.init(line: row.line, cells: row.cells.map { SheetCell(console: $0) }) }
}

extension SheetCell {
    init(console cell: Cell) {
        switch cell {
        case .empty: self = .empty
        case .text(let bytes): self = .text(bytes)
        case .number(let text): self = .number(text)
        case .date(let text): self = .date(text)
        case .flag(let flag): self = .flag(flag)
        case .wrong(let bytes, let reason): self = .wrong(bytes, reason: reason)
        }
    }
}
