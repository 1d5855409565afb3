import ReplicaModel
import Yams

/// Puts peers into the text of `config.yaml`. What is not said of a peer that changes stays as it stands, comments too.
struct PeerLines {
    private let settings: SettingsText
    private let lines: [String]
    /// The sign at the end of a line before the line feed: a carriage return, or nothing.
    private let lineEnd: String
    /// The pair of `peers`; nil where it is not there.
    private let pair: (key: Yams.Node, value: Yams.Node)?

    init(_ settings: SettingsText) {
        self.settings = settings
        lines = settings.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        lineEnd = lines.first?.utf8.last == UInt8(ascii: "\r") ? "\r" : ""
        pair = settings.root?.first { $0.key.scalar?.string == Configuration.Name.peers.rawValue }
    }

    /// A text in which `peers` says that there are these and no others.
    ///
    /// - Parameter peers: in the order of their names.
    /// - Throws: `usage` where the text cannot be edited so that it means that and all else what it did.
    func text(with peers: [PeerSetting]) throws(NodeError) -> String {
        if let text = byEntry(peers), means(text, peers) { return text }
        // What somebody wrote in another way than line by line is written anew.
        if let text = asBlock(peers), means(text, peers) { return text }
        throw NodeError(
            kind: .usage,
            message:
                """
                \(settings.path) is written so that no peers can be put into it: write each of its settings on a line of \
                its own
                """)
    }

    /// Whether a text is read so that it has these peers and in all else is as before.
    private func means(_ text: String, _ peers: [PeerSetting]) -> Bool {
        guard let read = try? SettingsText(text, path: settings.path), others(read) == others(settings) else {
            return false
        }
        return (try? read.peers()) == peers
    }

    private func others(_ text: SettingsText) -> [Yams.Node: Yams.Node] {
        var others: [Yams.Node: Yams.Node] = [:]
        for (key, value) in text.root ?? [:] where key.scalar?.string != Configuration.Name.peers.rawValue {
            others[key] = value
        }
        return others
    }

    // MARK: Places

    /// The lines from `peers` up to the next setting, as indices; nil where it is not there.
    private var block: Range<Int>? {
        guard let begin = pair?.key.mark.map({ $0.line - 1 }), lines.indices.contains(begin) else { return nil }
        let later = (settings.root ?? [:]).compactMap { $0.key.mark.map { $0.line - 1 } }.filter { $0 > begin }.min()
        return begin..<(later ?? lines.count)
    }

    /// The lines without those at their end that say nothing: what stands before the next entry belongs to that.
    private func content(_ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound + 1, isSilent(end - 1) { end -= 1 }
        return range.lowerBound..<end
    }

    /// Whether a line is blank or a comment.
    private func isSilent(_ line: Int) -> Bool {
        let first = lines[line].utf8.first { ![0x20, 0x09, 0x0D].contains($0) }
        return first == nil || first == UInt8(ascii: "#")
    }

    private struct Entry {
        let name: String
        let indent: Int
        let lines: Range<Int>
        /// Comments behind them that are indented as what is said of the peer.
        let remarks: Range<Int>
    }

    private func entry(_ name: String, from begin: Int, to end: Int, indent: Int) -> Entry {
        let lines = content(begin..<end)
        var last = lines.upperBound
        while last < end, self.lines[last].utf8.prefix(indent + 1).allSatisfy({ $0 == UInt8(ascii: " ") }),
            self.lines[last].utf8.contains(UInt8(ascii: "#"))
        { last += 1 }
        return Entry(name: name, indent: indent, lines: lines, remarks: lines.upperBound..<last)
    }

    /// The entries where each begins a line under `peers`, at the same column; nil where they stand otherwise.
    private func entries(in block: Range<Int>) -> [Entry]? {
        guard let value = pair?.value else { return nil }
        guard !value.isLeftOut else { return content(block).count == 1 && isBareName(block.lowerBound) ? [] : nil }
        let keys = value.mapping.map { $0.map { $0.key.scalar } } ?? []
        var begins: [(name: String, line: Int, column: Int)] = []
        for key in keys {
            guard let key, let mark = key.mark else { return nil }
            begins.append((key.string, mark.line - 1, mark.column - 1))
        }
        guard let first = begins.first, first.line > block.lowerBound else { return nil }
        var entries: [Entry] = []
        for (place, begin) in begins.enumerated() {
            let end = place + 1 < begins.count ? begins[place + 1].line : block.upperBound
            guard begin.column == first.column, begin.line < end, end <= block.upperBound,
                lines[begin.line].utf8.prefix(begin.column).allSatisfy({ $0 == UInt8(ascii: " ") })
            else { return nil }
            entries.append(entry(begin.name, from: begin.line, to: end, indent: begin.column))
        }
        return entries
    }

    /// Whether a line is `peers:` and perhaps a comment.
    private func isBareName(_ line: Int) -> Bool {
        let rest = lines[line].utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst()
        let first = rest.first { ![0x20, 0x0D].contains($0) }
        return first == nil || first == UInt8(ascii: "#")
    }

    // MARK: Edits

    /// Replaces, removes and adds the lines of single peers.
    private func byEntry(_ peers: [PeerSetting]) -> String? {
        guard let block, let column = pair?.key.mark?.column, let entries = entries(in: block),
            let before = try? settings.peers()
        else { return nil }
        let indent = entries.first?.indent ?? column - 1 + Self.step
        var out = Array(lines[..<(entries.first?.lines.lowerBound ?? content(block).upperBound)])
        var behind = out.count
        for entry in entries {
            out += lines[behind..<entry.lines.lowerBound]
            behind = entry.remarks.upperBound
            guard let wanted = peers.first(where: { $0.name == entry.name }) else { continue }
            out += before.contains(wanted) ? Array(lines[entry.lines]) : written(wanted, indent)
            out += lines[entry.remarks]
        }
        let known = Set(entries.map(\.name))
        for peer in peers where !known.contains(peer.name) { out += written(peer, indent) }
        return (out + lines[behind...]).joined(separator: "\n")
    }

    /// Writes all of `peers` anew in its place, or at the end.
    private func asBlock(_ peers: [PeerSetting]) -> String? {
        if let block = block.map(content), let column = pair?.key.mark?.column {
            return (lines[..<block.lowerBound] + whole(peers, column - 1) + lines[block.upperBound...]).joined(
                separator: "\n")
        }
        let column = settings.root?.first?.key.mark?.column ?? 1
        // The last line is what stands behind the last line feed.
        var out = lines
        if out.last?.isEmpty ?? false { out.removeLast() }
        if !out.isEmpty { out.append(lineEnd) }
        return (out + whole(peers, column - 1) + [""]).joined(separator: "\n")
    }

    private func whole(_ peers: [PeerSetting], _ indent: Int) -> [String] {
        guard !peers.isEmpty else { return [line(indent, "peers: {}")] }
        return [line(indent, "peers:")] + peers.flatMap { written($0, indent + Self.step) }
    }

    private func written(_ peer: PeerSetting, _ indent: Int) -> [String] {
        var out = [line(indent, "\(Self.key(peer.name)):")]
        let inner = indent + Self.step
        if !peer.addresses.isEmpty { out.append(line(inner, "addresses: \(Self.list(peer.addresses))")) }
        if !peer.windows.isEmpty { out.append(line(inner, "windows: \(Self.list(peer.windows))")) }
        if let rate = peer.limitRate { out.append(line(inner, "limitRate: \(ByteCount.text(rate))")) }
        return out
    }

    private static let step = 2

    private func line(_ indent: Int, _ text: String) -> String {
        String(repeating: " ", count: indent) + text + lineEnd
    }

    private static func list(_ texts: [String]) -> String {
        "[" + texts.map(quoted).joined(separator: ", ") + "]"
    }

    /// A name as a key: as it is where no YAML takes it for anything else.
    private static func key(_ name: String) -> String {
        let isWord = name.utf8.allSatisfy {
            ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
                || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || "-_".utf8.contains($0)
        }
        let isLetter = name.utf8.first.map { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
        return isWord && isLetter == true && !words.contains(name.lowercased()) ? name : quoted(name)
    }

    /// Words that YAML takes for a truth value or for nothing.
    private static let words: Set = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for sign in text.unicodeScalars {
            switch sign {
            case "\"", "\\": out += "\\" + String(sign)
            default:
                // What a text of YAML may not have as it is.
                let isPlain =
                    sign.properties.generalCategory != .control && sign.properties.generalCategory != .format
                    && sign.value < 0x1_0000 && sign.value != 0xFFFE && sign.value != 0xFFFF
                let digits = String(sign.value, radix: 16)
                out += isPlain ? String(sign) : "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return out + "\""
    }
}
