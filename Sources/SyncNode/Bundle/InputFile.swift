import Foundation
import SyncWire

/// A file that is read from its beginning to its end, a bounded piece at a time.
final class InputFile {
    let path: String
    private let descriptor: Int32
    /// Bytes of the file.
    let size: Int

    init(_ path: String) throws(NodeError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw NodeError(kind: .usage, message: "\(path) is no file: name another one")
        }
        size = Int(facts.st_size)
    }

    deinit { close(descriptor) }

    private static func failure(_ path: String, _ error: Int32) -> NodeError {
        switch error {
        case ENOENT, ENOTDIR: NodeError(kind: .usage, message: "\(path) is not there: name another file")
        case EACCES, EPERM:
            NodeError(
                kind: .usage,
                message:
                    """
                    \(path) belongs to another user, who alone may read it: that one can allow it with `chmod a+r`, or \
                    run this
                    """
            )
        case EIO, ENODEV, ENXIO, ESTALE, EMFILE, ENFILE, ENOMEM: unread(path, error)
        default: NodeError(kind: .usage, message: "\(path) is no file: name another one")
        }
    }

    private static func unread(_ path: String, _ error: Int32) -> NodeError {
        NodeError(
            kind: .disk,
            message:
                """
                \(path) could not be read to its end (\(String(cString: strerror(error)))): check that the disk is \
                still there, and try again; nothing of the file was taken
                """
        )
    }

    /// The next bytes, at most so many; empty at the end.
    func next(_ most: Int = pieceBytes) throws(NodeError) -> [UInt8] {
        while true {
            var failure: Int32 = 0
            let piece = [UInt8](unsafeUninitializedCapacity: most) { room, count in
                let got = read(descriptor, room.baseAddress, room.count)
                if got < 0 { failure = errno }
                count = max(got, 0)
            }
            if failure == EINTR { continue }
            guard failure == 0 else { throw Self.unread(path, failure) }
            return piece
        }
    }

    private static let pieceBytes = 1 << 17

    /// Whether a file begins as those do that caravan writes.
    static func isCarried(_ path: String) -> Bool {
        guard let file = try? InputFile(path), let magic = try? file.next(CarriedLimits.magic.count) else {
            return false
        }
        return magic == CarriedLimits.magic
    }
}

extension NodeError {
    /// The refusal of a file.
    init(_ fault: CarriedFault, of file: String) {
        let kind: Kind = if case .otherKind = fault { .usage } else { .refused }
        self.init(kind: kind, name: fault.name, message: fault.sentence(of: file))
    }
}

/// The same where either may be thrown.
func saying<Result>(of file: String, _ body: () throws -> Result) throws(NodeError) -> Result {
    do { return try body() } catch let fault as CarriedFault { throw NodeError(fault, of: file) } catch {
        return try saying { throw error }
    }
}
