import Foundation
import SyncNode

/// The folder in a node's home by which `caravan console` and the console that runs know of each other: links that wait
/// to be used, each a file named by the hash of its secret, and a note of where the console listens. Only the node's
/// owner reads it.
struct ConsoleFolder: Sendable {
    let path: String

    init(_ home: NodeHome) { path = home.path + "/console" }

    /// How long a link can be used, in milliseconds.
    static let linkLasts: Int64 = 600_000

    /// Makes the folder, and takes from others what rights they have to it.
    func make() throws(NodeError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST, chmod(path, 0o700) == 0 else {
            throw NodeError(kind: .readOnly, message: "\(path) cannot be made: check who owns the node's folder")
        }
    }

    // MARK: Links

    /// Keeps the hash of a new secret until it is used, or its time is over.
    ///
    /// - Parameter now: milliseconds since 1970.
    func issue(now: Int64) throws(NodeError) -> Secret {
        try make()
        sweep(now: now)
        let secret = Secret()
        try write("\(now + Self.linkLasts)\n", to: link(Secret.hash(secret.text)))
        return secret
    }

    /// Uses a secret up.
    ///
    /// - Returns: whether it was one, for the first time and in time.
    func redeem(_ text: String, now: Int64) -> Bool {
        let file = link(Secret.hash(text))
        guard let kept = try? String(contentsOfFile: file, encoding: .utf8),
            let end = Int64(kept.trimmingCharacters(in: .whitespacesAndNewlines))
        else { return false }
        // Who takes the file away is the one who used it.
        guard unlink(file) == 0 else { return false }
        return now < end && end - now <= Self.linkLasts
    }

    private func link(_ hash: String) -> String { path + "/link-" + hash }

    private func sweep(now: Int64) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where name.hasPrefix("link-") {
            let file = path + "/" + name
            let end = (try? String(contentsOfFile: file, encoding: .utf8)).flatMap {
                Int64($0.trimmingCharacters(in: .whitespacesAndNewlines))
            }
            if end ?? 0 <= now { unlink(file) }
        }
    }

    private func write(_ text: String, to file: String) throws(NodeError) {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let bytes = Array(text.utf8)
        guard descriptor >= 0 else {
            throw NodeError(kind: .readOnly, message: "\(file) cannot be written: check who owns the node's folder")
        }
        defer { close(descriptor) }
        guard Foundation.write(descriptor, bytes, bytes.count) == bytes.count else {
            unlink(file)
            throw NodeError(kind: .diskFull, message: "\(file) cannot be written whole: free some space and try again")
        }
    }

    // MARK: The note of the console that runs

    private var noteFile: String { path + "/serving" }

    /// The beginning of a link to the console of this node that runs at this moment; nil where none does.
    func runningAt() -> String? {
        let descriptor = open(noteFile, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // A lock that can be had is nobody's: that console has ended.
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return nil }
        let text = try? String(contentsOfFile: noteFile, encoding: .utf8)
        return text?.split(separator: "\n").first.map(String.init)
    }

    /// Notes where a console listens, for as long as the descriptor that it returns is open.
    func note(_ beginning: String) throws(NodeError) -> Int32 {
        try make()
        let descriptor = open(noteFile, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            if descriptor >= 0 { close(descriptor) }
            throw NodeError(
                kind: .usage,
                message: "a console of this node runs already: `caravan console` prints a link to it, or end that one")
        }
        let bytes = Array((beginning + "\n").utf8)
        ftruncate(descriptor, 0)
        _ = pwrite(descriptor, bytes, bytes.count, 0)
        return descriptor
    }
}

/// A link that signs a browser in, once.
package enum ConsoleLink {
    /// Makes a link to the console of the node at `home` that runs now. It can be used once, for ten minutes.
    ///
    /// - Throws: `usage` where no console runs.
    package static func make(home: NodeHome) throws(NodeError) -> String {
        let folder = ConsoleFolder(home)
        guard let beginning = folder.runningAt() else {
            throw NodeError(
                kind: .usage,
                message: "no console of this node runs: start one with `caravan serve --console 127.0.0.1:7480`")
        }
        return beginning + "/sign-in?secret=" + (try folder.issue(now: Clock.now)).text
    }
}

/// The clock of this machine.
enum Clock {
    /// Milliseconds since 1970.
    static var now: Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }
}
