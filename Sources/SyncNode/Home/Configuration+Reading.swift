import Foundation
import ReplicaModel
import ReplicaStore
import SyncTransport
import Yams

extension Configuration {
    /// Reads `config.yaml`.
    ///
    /// - Throws: `usage` for what cannot be meant, with the line in which it stands.
    static func read(_ path: String) throws(NodeError) -> Configuration {
        guard FileManager.default.fileExists(atPath: path) else { return Configuration() }
        var lines = SettingLines(path: path)
        let read: Configuration
        do {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            guard let text = String(validating: bytes, as: UTF8.self) else { throw NoText() }
            // As `init` makes it. To read YAML at all costs a short command a tenth.
            guard Self.hasSettings(text) else { return Configuration() }
            let node = try Yams.compose(yaml: text)
            try Self.checkNames(in: node)
            lines.note(node)
            let isEmpty = try Yams.load(yaml: text) == nil
            read = isEmpty ? Configuration() : try YAMLDecoder().decode(Configuration.self, from: text)
        } catch {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    \(path) cannot be read as YAML\(lines.reason(error)): correct it, or take the file away (the \
                    settings are \(names))
                    """
            )
        }
        // A setting that somebody misspelt would else be left out without a word.
        if let unknown = lines.names.first(where: { CodingKeys(rawValue: $0) == nil }) {
            let advice = Nearness.advice(for: unknown, among: CodingKeys.allCases.map(\.rawValue))
            let place = lines.place(of: unknown)
            throw NodeError(
                kind: .usage,
                message: "\(place): there is no setting \(unknown.escaped())\(advice): there are \(names)")
        }
        try read.check(lines)
        return read
    }

    fileprivate struct NoText: Error {}

    /// A name that is itself a list or a mapping, as `{{ name }}` of a template that nobody filled in is to YAML.
    fileprivate struct NoName: Error {
        let line: Int
    }

    /// Throws where a name is more than a word: the decoder takes it for granted, and ends the process.
    private static func checkNames(in node: Yams.Node?) throws(NoName) {
        for (name, value) in node?.mapping ?? [:] {
            guard name.scalar != nil else { throw NoName(line: (name.mark ?? value.mark)?.line ?? 1) }
            try checkNames(in: value)
        }
        for item in node?.sequence ?? [] { try checkNames(in: item) }
    }

    /// Whether there is more than blank lines and comments.
    private static func hasSettings(_ text: String) -> Bool {
        !text.utf8.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
            let first = line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }
            return first == nil || first == UInt8(ascii: "#")
        }
    }

    private static var names: String { CodingKeys.allCases.map(\.rawValue).joined(separator: ", ") }

    private func check(_ lines: SettingLines) throws(NodeError) {
        guard (1...86_400).contains(interval ?? Self.intervalDefault) else {
            throw NodeError(
                kind: .usage,
                message: "\(lines.place(of: "interval")): interval is a number of seconds from 1 to 86400")
        }
        guard (1024...Self.valueBytesLimit).contains(valueBytesMax ?? Replica.valueBytesDefault) else {
            let place = lines.place(of: "valueBytesMax")
            throw NodeError(
                kind: .usage,
                message: "\(place): valueBytesMax is a number of bytes from 1024 to \(Self.valueBytesLimit)")
        }
        for (name, setting) in [("budgetDay", budgetDay), ("budgetMonth", budgetMonth)] {
            guard let setting, setting.count ?? 0 < 1 else { continue }
            let place = lines.place(of: name)
            throw NodeError(
                kind: .usage,
                message:
                    "\(place): \(name) is a number of bytes, such as 50M or 1G (M is 1024 × 1024), or is left out")
        }
        do throws(TransportError) {
            if let listen { _ = try HostPort(listen, isListening: true) }
        } catch {
            let reason = String(error.sentence.dropLast())
            throw NodeError(kind: .usage, message: "\(lines.place(of: "listen")): listen: \(reason)")
        }
        _ = try proxySetting(lines.place(of: "proxy"))
    }
}

/// The lines of `config.yaml` in which settings stand.
private struct SettingLines {
    let path: String
    private var lines: [String: Int] = [:]

    init(path: String) { self.path = path }

    mutating func note(_ node: Yams.Node?) {
        for (key, _) in node?.mapping ?? [:] {
            guard let line = key.mark?.line else { continue }
            lines[key.string ?? "\(line)"] = line
        }
    }

    /// All settings, as they stand.
    var names: [String] { lines.sorted { $0.value < $1.value }.map(\.key) }

    func place(of name: String) -> String { path + (lines[name].map { ", line \($0)" } ?? "") }

    /// The place that is wrong and the reason, as far as they are known, in one line.
    func reason(_ error: any Error) -> String {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            return " (line \(mark.line): \(problem))"
        case YamlError.duplicatedKeysInMapping(let names, let context):
            return " (line \(context.mark.line): \(names[0].escaped()) is set twice)"
        case let error as Configuration.NoName:
            return " (line \(error.line): the name of a setting is one word)"
        case is Configuration.NoText:
            return " (it is no text in UTF-8)"
        case DecodingError.typeMismatch(_, let context), DecodingError.dataCorrupted(let context),
            DecodingError.valueNotFound(_, let context):
            guard let name = context.codingPath.first?.stringValue else {
                return " (there are no lines NAME: VALUE)"
            }
            let place = (lines[name].map { "line \($0): " } ?? "") + name
            return " (\(place) has another kind of value)"
        default: return ""
        }
    }
}
