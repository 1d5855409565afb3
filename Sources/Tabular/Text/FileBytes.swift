import Foundation

/// The bytes of a file, block by block.
final class FileBytes {
    let path: String
    let size: Int
    private let descriptor: Int32

    /// - Throws: `unreadable`; a folder or a pipe cannot be read twice, as telling its encoding needs.
    init(path: String) throws(TabularError) {
        self.path = path
        descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw Self.failure(path) }
        var found = stat()
        guard fstat(descriptor, &found) == 0 else { throw Self.failure(path) }
        guard found.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path: path, reason: "it is no ordinary file")
        }
        size = Int(found.st_size)
    }

    deinit { close(descriptor) }

    private static func failure(_ path: String) -> TabularError {
        .unreadable(path: path, reason: String(cString: strerror(errno)))
    }

    /// Reads up to `count` bytes from `offset`; fewer only at the end.
    func read(at offset: Int, count: Int) throws(TabularError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let more = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress?.advanced(by: done), count - done, off_t(offset + done))
            }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw Self.failure(path) }
            if more == 0 { break }
            done += more
        }
        bytes.removeLast(count - done)
        return bytes
    }

    static let blockBytes = 1 << 17
}
