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
        var facts = stat()
        guard descriptor >= 0, fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            if descriptor >= 0 { close(descriptor) }
            throw NodeError(
                kind: .usage, message: "\(path) is not there, is no file, or cannot be read: name another one")
        }
        size = Int(facts.st_size)
    }

    deinit { close(descriptor) }

    /// The next bytes; empty at the end.
    func next() throws(NodeError) -> [UInt8] {
        while true {
            var failure: Int32 = 0
            let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceBytes) { room, count in
                let got = read(descriptor, room.baseAddress, room.count)
                if got < 0 { failure = errno }
                count = max(got, 0)
            }
            if failure == EINTR { continue }
            guard failure == 0 else {
                throw NodeError(
                    kind: .disk,
                    message:
                        """
                        \(path) could not be read to its end (\(String(cString: strerror(failure)))): check that the \
                        disk is still there, and try again; nothing of the file was taken
                        """
                )
            }
            return piece
        }
    }

    private static let pieceBytes = 1 << 17

    /// Whether a file begins as those do that caravan writes.
    static func isCarried(_ path: String) -> Bool {
        guard let file = try? InputFile(path), let piece = try? file.next() else { return false }
        return piece.starts(with: CarriedLimits.magic)
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
