import ReplicaModel
import SyncNode

/// A command for a person to run: a shell reads it as it is printed, whatever the names and keys in it.
struct CommandText {
    /// The folder, where this command was told one.
    let home: String?

    /// - Parameters:
    ///   - words: names and keys, in their places.
    ///   - options: with their values.
    func line(_ command: String, _ words: [String], _ options: [String] = []) -> Line {
        let begin = ["caravan"] + (home.map { ["--home", $0] } ?? []) + [command]
        let isPlain = !words.contains { $0.hasPrefix("-") }
        let all = isPlain ? begin + words + options : begin + options + ["--"] + words
        return Line(all.map { ShellWord.quoted($0) }.joined(separator: " "))
    }
}

extension [Value] {
    /// A key as a command takes it: the bare value, or a JSON array where it is composite. What no argument can hold
    /// stands as in JSON.
    var argument: String {
        guard count == 1 else { return JSON.values(self).text }
        guard case .text(let bytes) = self[0], !KeyText.isBare(self[0]) else { return self[0].shown }
        return JSON.encodedText(bytes).text
    }
}
