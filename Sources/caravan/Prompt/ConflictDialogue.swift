import Foundation
import ReplicaModel
import SyncNode

/// Shows what is open, one item at a time, to a person at a terminal.
struct ConflictDialogue {
    let node: Node

    private struct Choice {
        let key: String
        let text: Line
        let resolution: Resolution?
        /// The row that is written; nil for that of the report.
        var row: [Value]?
    }

    func run() async throws {
        let members = try await node.reports.members()
        let names = SiteNames(members)
        let open = try await node.reports.conflicts(table: nil, kind: nil)
        guard !open.isEmpty else { return Output.line("no conflicts") }
        for (number, report) in open.enumerated() {
            // What was settled a moment ago may have closed it.
            guard try await isOpen(report) else { continue }
            Output.line("")
            Output.line("\(number + 1) of \(open.count)")
            ConflictText.lines(report, names).forEach(Output.line)
            for line in try await record(report) { Output.line(line) }
            guard try await settle(report) else { return }
        }
        Output.line("that was all")
    }

    private func isOpen(_ report: ConflictReport) async throws -> Bool {
        if case .duplicate = report.kind {
            return try await node.reports.conflicts(table: report.table.text, kind: report.kindName).contains(report)
        }
        // Of its row alone: what else is open may be much.
        return try await node.records.record(table: report.table.text, key: report.key)?.reports.contains(report)
            ?? false
    }

    /// The record around it.
    private func record(_ report: ConflictReport) async throws -> [Line] {
        guard let record = try await node.records.record(table: report.table.text, key: report.key) else { return [] }
        return ["  the record: \(FieldText.line(record.values.filter { !$0.value.isNull }))"]
    }

    /// Asks until there is an answer. False if the person wants to stop.
    private func settle(_ report: ConflictReport) async throws -> Bool {
        let choices = choices(report)
        while true {
            Output.prompt(choices.map { "[\($0.key)] \($0.text)" }.joined(separator: "  ") + "  [s] skip  [q] stop > ")
            let read: String?
            do { read = try TextInput.nextLine() } catch {
                _ = ErrorReport(error, isJSON: false).write()
                continue
            }
            guard let line = read?.trimmingCharacters(in: .whitespaces) else { return false }
            if line == "q" { return false }
            if line == "s" || line.isEmpty { return true }
            let resolution: Resolution?
            var row = report.key
            if line.hasPrefix("="), case .cell(let column, _, _) = report.kind {
                resolution = .value(
                    column: column, literal: String(line.dropFirst()).trimmingCharacters(in: .whitespaces))
            } else {
                let choice = choices.first { $0.key == line }
                resolution = choice?.resolution
                row = choice?.row ?? row
            }
            guard let resolution else { continue }
            do {
                try await node.records.settle(resolution, table: report.table.text, key: row)
                return true
            } catch { _ = ErrorReport(error, isJSON: false).write() }
        }
    }

    private func choices(_ report: ConflictReport) -> [Choice] {
        switch report.kind {
        case .cell(let column, _, let candidates):
            return candidates.enumerated().map { number, candidate in
                Choice(
                    key: "\(number + 1)", text: Line(candidate.value.shown(atMost: 30)),
                    resolution: .takeWrite(column: column, feed: candidate.write.feed, seq: candidate.write.seq))
            } + [Choice(key: "=…", text: "another value, as an SQL literal", resolution: nil)]
        case .deletedEdited, .kept:
            return [
                Choice(key: "k", text: "keep the row", resolution: .keepRow),
                Choice(key: "d", text: "delete it", resolution: .deleteRow),
            ]
        case .duplicate(_, let keys):
            // The one that stands first in the list stays where nobody says otherwise, as in the command that it names.
            let pairs = keys.dropFirst().flatMap { [($0, keys[0]), (keys[0], $0)] }
            return pairs.enumerated().map { number, pair in
                Choice(
                    key: "\(number + 1)", text: "merge \(pair.0.keyText) into \(pair.1.keyText)",
                    resolution: .mergeInto(key: pair.1, taking: [], fillsGaps: true), row: pair.0)
            }
        case .invalid: return [Choice(key: "d", text: "delete the row", resolution: .deleteRow)]
        }
    }
}
