import Foundation

/// The last lines of a server's log, in a file of the node's folder that only its owner may read: for whoever is asked
/// what went before, where nobody kept what the server said. Two files, each of bounded size, of which the older goes.
struct LogFile {
    private let path: String
    private var descriptor: Int32 = -1
    private var bytes = 0

    /// The file's name in the node's folder; the older one has `.1` behind it.
    static let name = "serve.log"
    /// The most bytes of a file of the log: some two thousand lines.
    private static let bytesMax = 256 << 10

    init(in home: NodeHome) { path = home.path + "/" + Self.name }

    /// Appends a line. Where the disk takes none, it is not kept.
    mutating func append(_ line: String) {
        if descriptor < 0 || bytes > Self.bytesMax || !isInPlace { reopen() }
        guard descriptor >= 0 else { return }
        let content = Array((line + "\n").utf8)
        let written = content.withUnsafeBytes { write(descriptor, $0.baseAddress, content.count) }
        bytes += max(0, written)
    }

    /// False once the file, or the folder with it, was moved away.
    private var isInPlace: Bool {
        var (there, here) = (stat(), stat())
        return fstat(descriptor, &here) == 0 && lstat(path, &there) == 0 && here.st_ino == there.st_ino
            && here.st_dev == there.st_dev
    }

    private mutating func reopen() {
        if descriptor >= 0 {
            if bytes > Self.bytesMax, isInPlace { rename(path, path + ".1") }
            close(descriptor)
        }
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        bytes = descriptor < 0 ? 0 : Int(max(0, lseek(descriptor, 0, SEEK_END)))
    }

    /// The last lines that were written at a node, the oldest first.
    static func lastLines(in home: NodeHome, max count: Int) -> [String] {
        var lines: [String] = []
        for file in [home.path + "/" + name + ".1", home.path + "/" + name] {
            let text = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
            lines += text.split(separator: "\n").map(String.init)
        }
        return Array(lines.suffix(count))
    }
}
