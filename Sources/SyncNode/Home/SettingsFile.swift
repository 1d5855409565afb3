import Foundation

/// The file `config.yaml`, to be written by the node itself.
struct SettingsFile {
    /// The path by which people name it, for what is said.
    private let name: String
    /// The place where it is, if its name is a link.
    private let path: String

    init(_ path: String) { (name, self.path) = (path, LinkedFile.place(of: path)) }

    /// Puts a text in the place of the file, whole or not at all, with the rights and the owner that it had. Durable
    /// once this returns. Whoever calls this holds the replica's write lock, so that nobody else is at it.
    ///
    /// - Throws: `readOnly`, `diskFull` or `disk`; nothing is changed then.
    func replace(with text: String) throws(NodeError) {
        var facts = stat()
        let isThere = stat(path, &facts) == 0
        // One that its owner has shut is not to be replaced because its folder is open.
        guard !isThere || access(path, W_OK) == 0 else { throw OutputFile.failure(name) }
        let part = path + ".part"
        unlink(part)
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw OutputFile.failure(name) }
        defer { close(descriptor) }
        do throws(NodeError) {
            try OutputFile.write(Array(text.utf8), to: descriptor, of: name)
            let mode = isThere ? facts.st_mode & 0o7777 : Self.modeOfNew
            guard !isThere || fchown(descriptor, facts.st_uid, facts.st_gid) == 0, fchmod(descriptor, mode) == 0,
                fsync(descriptor) == 0, rename(part, path) == 0
            else { throw OutputFile.failure(name) }
        } catch {
            unlink(part)
            throw error
        }
        try OutputFile.sync(folder: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    /// The rights of a file that was not there, which may come to hold a proxy's password: a new node's has the same.
    private static let modeOfNew: mode_t = 0o600
}

/// The places to which symbolic links lead.
enum LinkedFile {
    /// The place where a file is, or is to be, if its name is a link.
    static func place(of name: String) -> String {
        var path = name
        // A chain of links is that long at most; one that leads nowhere yet leads to where the file is to be.
        for _ in 0..<40 {
            guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
            path = next.hasPrefix("/") ? next : URL(fileURLWithPath: path).deletingLastPathComponent().path + "/" + next
        }
        return path
    }
}
