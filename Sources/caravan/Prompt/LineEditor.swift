import CLibEdit
import Foundation

/// Lines that a person types at a terminal, with a history that lasts and with completion (libedit).
final class LineEditor {
    enum Input {
        case line(String)
        /// Ctrl-C.
        case interrupted
        /// Ctrl-D.
        case end
    }

    /// The words that may stand where the cursor is.
    struct Completion {
        /// Characters before the cursor that give way to the word.
        let count: Int
        let words: [String]
    }

    private static let linesMax: Int32 = 1000

    private let edit: OpaquePointer
    private let past: OpaquePointer
    private let file: String
    private var prompt: UnsafeMutablePointer<CChar>?
    private let complete: (_ beforeCursor: String) -> Completion

    /// - Parameters:
    ///   - file: the history, which is for its owner only.
    ///   - complete: called when a tab is typed.
    /// - Returns: nil where the terminal cannot be edited on.
    init?(file: String, complete: @escaping (_ beforeCursor: String) -> Completion) {
        Self.readUTF8()
        guard let edit = caravan_edit_begin() else { return nil }
        guard let past = history_init() else {
            el_end(edit)
            return nil
        }
        (self.edit, self.past, self.file, self.complete) = (edit, past, file, complete)
        _ = caravan_edit_history(edit, past, Self.linesMax)
        _ = caravan_history_load(past, file)
        _ = caravan_edit_on(edit, Unmanaged.passUnretained(self).toOpaque()) { LineEditor.behind($0)?.prompt }
        _ = caravan_edit_complete(edit) { edit, _ in LineEditor.behind(edit)?.completeWord() ?? UInt8(CC_ERROR) }
    }

    deinit {
        // Neither the file nor the one beside it is ever readable by others.
        let mask = umask(0o077)
        _ = caravan_history_save(past, file)
        umask(mask)
        chmod(file, 0o600)
        history_end(past)
        el_end(edit)
        free(prompt)
    }

    /// The editor reads what is typed in the encoding of the locale; where that is not UTF-8, text would be torn.
    private static func readUTF8() {
        setlocale(LC_CTYPE, "")
        if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    }

    private static func behind(_ edit: OpaquePointer?) -> LineEditor? {
        caravan_edit_client(edit).map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Reads one line, without its end.
    func read(prompt: String) -> Input {
        free(self.prompt)
        self.prompt = strdup(prompt)
        let interrupts = Interrupts()
        defer { interrupts.end() }
        var count: Int32 = 0
        guard let line = el_gets(edit, &count) else { return count < 0 && errno == EINTR ? .interrupted : .end }
        let text = String(decoding: UnsafeRawBufferPointer(start: line, count: strlen(line)), as: UTF8.self)
        if !text.allSatisfy(\.isWhitespace) { _ = caravan_history_enter(past, line) }
        return .line(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }

    private func completeWord() -> UInt8 {
        guard let info = el_line(edit)?.pointee, let start = info.buffer, let cursor = info.cursor else {
            return UInt8(CC_ERROR)
        }
        let before = String(decoding: UnsafeRawBufferPointer(start: start, count: cursor - start), as: UTF8.self)
        let found = complete(before)
        guard let first = found.words.first else { return UInt8(CC_ERROR) }
        let shared = found.words.dropFirst().reduce(first) { $0.commonPrefix(with: $1, options: .caseInsensitive) }
        let word = found.words.count == 1 ? first + " " : shared
        if found.words.count > 1, shared.count <= found.count {
            FileHandle.standardError.write(Data(("\n" + Self.columns(found.words) + "\n").utf8))
            return UInt8(CC_REDISPLAY)
        }
        el_deletestr(edit, Int32(found.count))
        el_insertstr(edit, word)
        return UInt8(CC_REFRESH)
    }

    /// Words side by side, as many as a terminal of the usual width shows.
    static func columns(_ words: [String], width: Int = 78) -> String {
        let cell = (words.map { Line($0).width }.max() ?? 0) + 2
        let count = max(width / max(cell, 1), 1)
        return stride(from: 0, to: words.count, by: count).map { start in
            words[start..<min(start + count, words.count)].map { word in
                Line(word).text + String(repeating: " ", count: cell - Line(word).width)
            }.joined()
        }.joined(separator: "\n")
    }
}
