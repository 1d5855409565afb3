import ReplicaModel
import SyncTransport
import Yams

/// A setting as somebody wrote it: in `config.yaml`, or in a variable of the environment.
struct WrittenSetting {
    let name: Configuration.Name
    /// The value. Of a variable it is a text, or for several values a list of them.
    let value: Yams.Node
    /// The place for people: the file with the line, or the variable.
    let place: String
    /// The file; nil of a variable.
    let file: SettingsText?

    init(_ name: Configuration.Name, _ value: Yams.Node, line: Int?, in file: SettingsText) {
        (self.name, self.value, self.file) = (name, value, file)
        place = file.place(line)
    }

    /// Reads a variable of the environment, whose values are separated by commas where the setting is a list.
    init(_ name: Configuration.Name, variable text: String) {
        (self.name, place, file) = (name, name.variable, nil)
        value =
            name.isList
            ? .sequence(.init(text.split { $0 == "," || $0 == " " }.map { .scalar(.init(String($0))) }))
            : .scalar(.init(text))
    }

    /// Whether only the name stands there.
    var isEmpty: Bool { value.isLeftOut }

    func text() throws(NodeError) -> String {
        guard let text = value.scalar?.string else { throw otherKind }
        return text
    }

    func texts() throws(NodeError) -> [String] {
        guard let items = value.sequence else { throw otherKind }
        var texts: [String] = []
        for item in items {
            guard let text = item.scalar?.string else { throw otherKind }
            texts.append(text)
        }
        return texts
    }

    /// Nil for what is no whole number.
    func number() throws(NodeError) -> Int? {
        guard value.scalar != nil else { throw otherKind }
        return value.int
    }

    /// The number of bytes; nil for what is none, or 0.
    func byteCount() throws(NodeError) -> Int? {
        guard let count = ByteCount.read(try text()), count > 0 else { return nil }
        return count
    }

    /// The text of an address at which one listens.
    ///
    /// - Parameter check: what keeps it from being one of that kind.
    func address(_ check: (HostPort) throws(TransportError) -> Void = { (_) in }) throws(NodeError) -> String {
        let text = try text()
        do throws(TransportError) { try check(try HostPort(text, isListening: true)) } catch {
            throw wrong(String(error.sentence.dropLast()))
        }
        return text
    }

    /// - Parameter reason: what is wrong, without a full stop.
    func wrong(_ reason: String) -> NodeError {
        NodeError(kind: .usage, message: "\(place): \(name.rawValue): \(reason)")
    }

    /// A list where there should be a text, or the other way round.
    var otherKind: NodeError {
        file?.otherKind(name.rawValue, value) ?? wrong("it has another kind of value")
    }
}

extension Yams.Node {
    /// Whether nothing stands there, or `~` or `null`.
    var isLeftOut: Bool {
        guard let scalar, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }
}
