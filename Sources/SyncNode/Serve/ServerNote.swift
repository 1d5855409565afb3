import Foundation
import ReplicaModel

/// The note that a running `serve` keeps in the node's folder: since when it runs, where it listens, and with whom it
/// has sessions. It is for other processes of this node, and counts only as long as the server lives: the system gives
/// back the lock on the file of a process that ends, however that comes.
///
/// Written when a session begins, comes to stand or ends; a session in which nothing happens costs nothing.
final class ServerNote {
    private let path: String
    /// Open and locked for as long as the server runs.
    private let descriptor: Int32
    private let since: Int64
    private let address: String

    private static let beginning = "serving-"

    /// Makes the note of a server without sessions, and removes those of servers that have ended. Nil where the folder
    /// takes none: the server runs all the same, and nobody is told of its sessions.
    ///
    /// - Parameter since: milliseconds since 1970.
    init?(in home: NodeHome, since: Int64, address: String) {
        for old in Self.paths(in: home) {
            guard let free = Self.open(old) else { continue }
            if flock(free, LOCK_EX | LOCK_NB) == 0 { unlink(old) }
            close(free)
        }
        for _ in 0..<Self.attemptsMax {
            var name = (home.path + "/" + Self.beginning + "XXXXXX").utf8CString.map { $0 }
            let made = mkstemp(&name)
            guard made >= 0 else { return nil }
            _ = fcntl(made, F_SETFD, FD_CLOEXEC)
            let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            // Whoever reads it, or sweeps, at this moment may have the lock before us.
            guard flock(made, LOCK_EX | LOCK_NB) == 0, Self.isLinked(made) else {
                unlink(path)
                close(made)
                continue
            }
            (self.path, descriptor, self.since, self.address) = (path, made, since, address)
            write([])
            return
        }
        return nil
    }

    /// The most attempts at the lock: nobody reads as often as that at one moment.
    private static let attemptsMax = 8

    deinit {
        unlink(path)
        close(descriptor)
    }

    /// Says with whom there are sessions. Where the disk is full the note says nothing.
    func write(_ sessions: [LiveSession]) {
        let bytes = Array(Self.text(ServerReport(since: since, address: address, sessions: sessions)).utf8)
        let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, bytes.count, 0) }
        ftruncate(descriptor, off_t(max(0, written)))
    }

    // MARK: Reading

    /// The servers that run on a node's replica at this moment, the first to begin first.
    static func servers(in home: NodeHome) -> [ServerReport] {
        paths(in: home).compactMap { path in
            guard let descriptor = open(path) else { return nil }
            defer { close(descriptor) }
            // A lock that can be had is nobody's: that server has ended.
            guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return nil }
            // One that is being written has no end, or lines of two.
            for _ in 0..<attemptsMax {
                if let report = (try? read(descriptor)).flatMap({ Self.report($0) }) { return report }
                usleep(2_000)
            }
            return nil
        }.sorted { $0.since < $1.since }
    }

    private static func paths(in home: NodeHome) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: home.path)) ?? []
        return names.filter { $0.hasPrefix(beginning) }.sorted().map { home.path + "/" + $0 }
    }

    private static func open(_ path: String) -> Int32? {
        let descriptor = Foundation.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        return descriptor < 0 ? nil : descriptor
    }

    private static func isLinked(_ descriptor: Int32) -> Bool {
        var facts = stat()
        return fstat(descriptor, &facts) == 0 && facts.st_nlink > 0
    }

    private static func read(_ descriptor: Int32) throws -> String {
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        try file.seek(toOffset: 0)
        return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    }

    // MARK: Text

    /// A line of the server, a line for each session, and a line with the count of the lines before it.
    static func text(_ report: ServerReport) -> String {
        let lines =
            ["\(report.since) \(report.address)"]
            + report.sessions.map {
                "\($0.site.hex) \($0.since) \($0.isDialledHere ? "here" : "there") \($0.isStanding ? "stands" : "moves")"
            }
        return (lines + ["end \(lines.count)"]).joined(separator: "\n") + "\n"
    }

    /// Nil for what is no note, or only a part of one.
    static func report(_ text: String) -> ServerReport? {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        guard text.hasSuffix("\n"), let head = lines.first, head.count == 2, let since = Int64(head[0]),
            lines.count > 1,
            lines[lines.count - 1] == ["end", "\(lines.count - 1)"]
        else { return nil }
        var sessions: [LiveSession] = []
        for words in lines.dropFirst().dropLast() {
            guard words.count == 4, let site = SiteID(hex: words[0]), let began = Int64(words[1]) else { return nil }
            sessions.append(
                LiveSession(
                    site: site, since: began, isDialledHere: words[2] == "here", isStanding: words[3] == "stands"))
        }
        return ServerReport(since: since, address: head[1], sessions: sessions)
    }
}
