import Foundation

/// Lines that another process prints, as they come.
final class LineReader {
    private let pipe: Pipe
    private var rest: [UInt8] = []

    init(_ pipe: Pipe) { self.pipe = pipe }

    /// The next line without its end, or nil if none comes within a minute, or ever.
    func next() -> String? {
        let descriptor = pipe.fileHandleForReading.fileDescriptor
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            if let end = rest.firstIndex(of: 10) {
                defer { rest.removeSubrange(...end) }
                return String(decoding: rest[..<end], as: UTF8.self)
            }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 60_000) > 0 else { return nil }
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return nil }
            rest += buffer[..<count]
        }
    }
}
