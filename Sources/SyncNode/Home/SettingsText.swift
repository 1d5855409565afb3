import Foundation
import ReplicaModel
import Yams

/// The text of `config.yaml`, as YAML.
struct SettingsText {
    let path: String
    let text: String
    /// The names with their values, in their order; nil where nothing but comments stands there.
    private(set) var root: Yams.Node.Mapping?

    /// Reads the file; one that is not there has no settings.
    ///
    /// - Throws: `usage` for what is no YAML, with the line in which the mistake stands.
    init(at path: String) throws(NodeError) {
        guard FileManager.default.fileExists(atPath: path) else {
            try self.init("", path: path)
            return
        }
        let bytes = (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data([0xFF])
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Self.unreadable(path, " (it is no text in UTF-8)")
        }
        try self.init(text, path: path)
    }

    /// Reads a text that stands, or is to stand, in a file.
    init(_ text: String, path: String) throws(NodeError) {
        (self.path, self.text) = (path, text)
        // As `init` makes it. To read YAML at all costs a short command a tenth.
        guard Self.hasSettings(text) else { return }
        if let line = AliasScan.line(in: text) {
            let reason = "anchors and aliases, & and *, are not read here: write the value in each place"
            throw Self.unreadable(path, " (line \(line): \(reason))")
        }
        do {
            let node = try Yams.compose(yaml: text)
            try Self.checkNames(in: node)
            guard let node, !node.isLeftOut else { return }
            guard let mapping = node.mapping else { throw NoLines() }
            root = mapping
        } catch { throw Self.unreadable(path, Self.reason(error)) }
    }

    /// The settings in the order in which they stand.
    ///
    /// - Throws: `usage` for a name that no setting has.
    func settings() throws(NodeError) -> [WrittenSetting] {
        var settings: [WrittenSetting] = []
        for (key, value) in root ?? [:] {
            let name = key.scalar?.string ?? ""
            guard let known = Configuration.Name(rawValue: name) else {
                throw unknown(name, line: key.mark?.line, among: Configuration.Name.allCases.map(\.rawValue))
            }
            settings.append(WrittenSetting(known, value, line: key.mark?.line, in: self))
        }
        return settings
    }

    /// The peers that are named, in the order of their names; nil where `peers` is not there.
    func peers() throws(NodeError) -> [PeerSetting]? {
        guard let (key, value) = root?.first(where: { $0.key.scalar?.string == Configuration.Name.peers.rawValue })
        else { return nil }
        return try WrittenPeers(WrittenSetting(.peers, value, line: key.mark?.line, in: self), in: self).read()
    }

    /// The refusal of a name that somebody misspelt: it would else be left out without a word.
    func unknown(_ name: String, line: Int?, among names: [String]) -> NodeError {
        let (place, advice) = (place(line), Nearness.advice(for: name, among: names))
        let known = names.joined(separator: ", ")
        return NodeError(
            kind: .usage, message: "\(place): there is no setting \(name.escaped())\(advice): there are \(known)")
    }

    /// The file, and the line in it.
    func place(_ line: Int?) -> String { path + (line.map { ", line \($0)" } ?? "") }

    /// - Parameter reason: in parentheses, with a blank before.
    func unreadable(_ reason: String) -> NodeError { Self.unreadable(path, reason) }

    /// The refusal of a list where there should be a text, or the other way round.
    func otherKind(_ name: String, _ value: Yams.Node) -> NodeError {
        let shown = (value.mark.map { "line \($0.line): " } ?? "") + name.escaped()
        return unreadable(" (\(shown) has another kind of value)")
    }

    private static func unreadable(_ path: String, _ reason: String) -> NodeError {
        NodeError(
            kind: .usage,
            message:
                """
                \(path) cannot be read as YAML\(reason): correct it, or take the file away (the settings are \(names))
                """)
    }

    private static var names: String { Configuration.Name.allCases.map(\.rawValue).joined(separator: ", ") }

    /// Whether there is more than blank lines and comments.
    private static func hasSettings(_ text: String) -> Bool {
        !text.utf8.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
            let first = line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }
            return first == nil || first == UInt8(ascii: "#")
        }
    }

    /// A text that is a list or a single word.
    private struct NoLines: Error {}

    /// A name that is itself a list or a mapping, as `{{ name }}` of a template that nobody filled in is to YAML.
    private struct NoName: Error {
        let line: Int
    }

    /// Throws where a name is more than a word.
    private static func checkNames(in node: Yams.Node?) throws(NoName) {
        for (name, value) in node?.mapping ?? [:] {
            guard name.scalar != nil else { throw NoName(line: (name.mark ?? value.mark)?.line ?? 1) }
            try checkNames(in: value)
        }
        for item in node?.sequence ?? [] { try checkNames(in: item) }
    }

    /// The place that is wrong and the reason, as far as they are known, in one line.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case YamlError.reader(let problem, let offset?, _, let text):
            let line = text.prefix(offset).count(where: \.isNewline) + 1
            return " (line \(line): \(problem))"
        case YamlError.scanner(_, let problem, let mark, _) where problem.hasPrefix(tooDeep),
            YamlError.parser(_, let problem, let mark, _) where problem.hasPrefix(tooDeep):
            let what = "lists and names stand too deep in one another"
            return " (line \(mark.line): \(what))"
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            return " (line \(mark.line): \(problem))"
        case YamlError.duplicatedKeysInMapping(let names, let context):
            let line = secondLine(of: names[0], behind: context.mark, in: context.text)
            return " (line \(line): \(names[0].escaped()) is set twice)"
        case let error as NoName: return " (line \(error.line): the name of a setting is one word)"
        case is NoLines: return " (there are no lines NAME: VALUE)"
        default: return ""
        }
    }
    /// How the reader begins to say that it is at the end of its depth. The rest names a function of its own.
    private static let tooDeep = "Maximum nesting level reached"

    /// The line in which a name stands a second time, below the first and as far to the right; that of the first where
    /// it is written in another way.
    private static func secondLine(of name: String, behind first: Mark, in text: String) -> Int {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated().dropFirst(first.line) {
            let blanks = line.prefix { $0 == " " }.count
            guard blanks >= first.column - 1 else {
                if blanks == line.count || line.dropFirst(blanks).first == "#" { continue }
                break
            }
            let begin = line.dropFirst(first.column - 1)
            for written in [name, "\"\(name)\"", "'\(name)'"] where begin.hasPrefix(written) {
                if begin.dropFirst(written.count).first(where: { $0 != " " }) == ":" { return number + 1 }
            }
        }
        return first.line
    }
}
