import ReplicaModel
import Yams

/// The value of `peers` in `config.yaml`: names, and behind each an address, a list of those, or what else there is to
/// say of the peer, each under its name.
struct WrittenPeers {
    private let setting: WrittenSetting
    private let file: SettingsText

    init(_ setting: WrittenSetting, in file: SettingsText) { (self.setting, self.file) = (setting, file) }

    private enum Part: String, CaseIterable {
        case addresses, windows, limitRate
    }

    /// - Returns: the peers in the order of their names.
    /// - Throws: `usage` for what cannot be meant, with its line.
    func read() throws(NodeError) -> [PeerSetting] {
        guard !setting.isEmpty else { return [] }
        guard let mapping = setting.value.mapping else { throw setting.otherKind }
        var peers: [String: PeerSetting] = [:]
        for (key, value) in mapping {
            let line = key.mark?.line
            let name = try at(line) { () throws(NodeError) in try PeerSetting.checked(name: key.scalar?.string ?? "") }
            guard peers[name] == nil else {
                throw file.unreadable(" (line \(line ?? 1): \(name.escaped()) is set twice)")
            }
            peers[name] = try peer(name, value, line)
        }
        return peers.values.sorted { PeerSetting.precedes($0.name, $1.name) }
    }

    private func peer(_ name: String, _ value: Yams.Node, _ line: Int?) throws(NodeError) -> PeerSetting {
        var peer = PeerSetting(name: name)
        if let mapping = value.mapping {
            for (key, value) in mapping { try take(key, value, of: &peer) }
        } else {
            peer.addresses = try addresses(value, of: name)
        }
        guard !peer.isBare else { throw Self.placed(PeerSetting.bare, at: file.place(line)) }
        return peer
    }

    private func take(_ key: Yams.Node, _ value: Yams.Node, of peer: inout PeerSetting) throws(NodeError) {
        let written = key.scalar?.string ?? ""
        guard let part = Part(rawValue: written) else {
            throw file.unknown(written, line: key.mark?.line, among: Part.allCases.map(\.rawValue))
        }
        guard !value.isLeftOut else { return }
        switch part {
        case .addresses: peer.addresses = try addresses(value, of: part.rawValue)
        case .windows:
            let texts = try texts(value, of: part.rawValue)
            for (text, line) in texts {
                _ = try at(line) { () throws(NodeError) in try PeerSetting.checked(windows: [text]) }
            }
            peer.windows = try at(value.mark?.line) { () throws(NodeError) in
                try PeerSetting.checked(windows: texts.map(\.text))
            }
        case .limitRate:
            guard let text = value.scalar?.string else { throw file.otherKind(part.rawValue, value) }
            peer.limitRate = try at(value.mark?.line) { () throws(NodeError) in try PeerSetting.checked(rate: text) }
        }
    }

    private func addresses(_ value: Yams.Node, of name: String) throws(NodeError) -> [String] {
        var addresses: [String] = []
        for (text, line) in try texts(value, of: name) {
            addresses.append(try at(line) { () throws(NodeError) in try PeerSetting.checked(address: text) })
        }
        return addresses
    }

    /// The text, or those of a list, each with its line.
    private func texts(_ value: Yams.Node, of name: String) throws(NodeError) -> [(text: String, line: Int?)] {
        guard !value.isLeftOut else { return [] }
        if let scalar = value.scalar { return [(scalar.string, scalar.mark?.line)] }
        guard let items = value.sequence else { throw file.otherKind(name, value) }
        var texts: [(text: String, line: Int?)] = []
        for item in items {
            guard let scalar = item.scalar else { throw file.otherKind(name, item) }
            texts.append((scalar.string, scalar.mark?.line))
        }
        return texts
    }

    /// Says of a mistake where it stands.
    private func at<Value>(_ line: Int?, _ body: () throws(NodeError) -> Value) throws(NodeError) -> Value {
        do throws(NodeError) { return try body() } catch { throw Self.placed(error, at: file.place(line)) }
    }

    private static func placed(_ error: NodeError, at place: String) -> NodeError {
        NodeError(kind: error.kind, name: error.name, message: "\(place): \(error.message)")
    }
}
