import Foundation

/// The files on which nodes and other programs live, which no list is written over.
public enum NodeFiles {
    /// The reason for which nothing may be written in place of what stands, or is to stand, at a path; nil where
    /// anything may.
    public static func objection(to path: String) -> String? {
        if isDatabase(path) { return "it is a database" }
        let place = URL(fileURLWithPath: path)
        let home = NodeHome(path: place.deletingLastPathComponent().path)
        guard home.hasReplica || home.hasKey, isOwn(place.lastPathComponent) else { return nil }
        return "it is a file of a node"
    }

    /// A name for what is being written in a folder until it is whole: another each time.
    public static func part(in folder: String) -> String { OutputFile.part(in: folder) }

    /// Deletes what was being written so in a folder when its writer was ended: not what another process is writing.
    public static func sweepParts(in folder: String) { OutputFile.sweep(folder) }

    /// Whether a name in the folder of a node is one that the node uses, or SQLite for its replica.
    private static func isOwn(_ name: String) -> Bool {
        let home = NodeHome(path: "")
        let names = [home.key, home.configuration, home.sqlHistory].map { $0.dropFirst() }
        return names.contains(name[...]) || name.hasPrefix(home.replica.dropFirst()) || name.hasPrefix(LogFile.name)
            || name.hasSuffix(Stick.suffix)
    }

    private static func isDatabase(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // SQLite's file format, section 1.3.1: no text has a NUL behind such a beginning.
        var found = [UInt8](repeating: 1, count: 16)
        guard read(descriptor, &found, found.count) == found.count else { return false }
        return found.starts(with: "SQLite".utf8) && found[15] == 0
    }
}
