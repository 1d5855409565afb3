import Foundation
import ReplicaModel
import SyncNode
import Synchronization
import Tabular

/// Writes rows as CSV, JSON lines or a workbook, to standard output or into a file. A file is there as a whole or not
/// at all: it is written beside its place, and then moved there.
final class SheetOutput: Sendable {
    private enum Sink {
        case csv(DelimitedWriter)
        case json([String])
        case workbook(WorkbookWriter)
    }

    private struct State {
        var sink: Sink
        var count = 0
    }

    private let state: Mutex<State>
    private let path: String?
    private let place: OutputPlace?
    private let isJSON: Bool
    private let file: FileHandle?

    init(format: ExportCommand.Format, path: String?, hasMark: Bool, title: String) throws {
        self.path = path
        isJSON = format == .json
        let place = try path.map { try OutputPlace($0, isWorkbook: format == .xlsx) }
        self.place = place
        let file = try place?.open()
        self.file = file
        let write: ([UInt8]) throws -> Void = { [file] bytes in
            if let file {
                do { try file.write(contentsOf: bytes) } catch { throw OutputPlace.failure(path ?? "", errno) }
            } else {
                Output.part(bytes)
            }
        }
        switch format {
        case .csv, .tsv:
            let delimiter: Delimiter = format == .tsv ? .tab : .comma
            state = Mutex(State(sink: .csv(DelimitedWriter(delimiter: delimiter, hasMark: hasMark, to: write))))
        case .json: state = Mutex(State(sink: .json([])))
        case .xlsx:
            let part = place?.part ?? ""
            state = Mutex(
                State(sink: .workbook(try saying { try WorkbookWriter(path: part, sheetName: title) })))
        }
    }

    deinit {
        // A workbook that is let go writes what it has.
        state.withLock { $0.sink = .json([]) }
        place?.discard()
    }

    /// Rows that were written, without the header.
    var count: Int { state.withLock { $0.count } }

    func begin(_ names: [String]) throws {
        try state.withLock { state in
            switch state.sink {
            case .csv(var writer):
                try writer.write(names.map { Array($0.utf8) })
                state.sink = .csv(writer)
            case .json: state.sink = .json(names)
            case .workbook(let writer): try saying { try writer.write(names.map { .text($0) }) }
            }
        }
    }

    func write(_ values: [Value], _ cells: () -> [SheetCell]) throws {
        let cells = isJSON ? [] : cells()
        try state.withLock { state in
            state.count += 1
            switch state.sink {
            case .csv(var writer):
                try writer.write(cells.map(\.bytes))
                state.sink = .csv(writer)
            case .json(let names):
                let line = Array((SQL.object(names, values).text + "\n").utf8)
                if let file {
                    do { try file.write(contentsOf: line) } catch { throw OutputPlace.failure(path ?? "", errno) }
                } else {
                    Output.part(line)
                }
            case .workbook(let writer): try saying { try writer.write(cells.map(Cell.init)) }
            }
        }
    }

    /// Writes what is left, and puts the file in its place.
    func finish() throws {
        try state.withLock { state in
            switch state.sink {
            case .csv(var writer): try writer.finish()
            case .json: break
            case .workbook(let writer): try saying { try writer.finish() }
            }
        }
        try place?.finish()
        try? file?.close()
    }
}
