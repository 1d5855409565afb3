import Foundation

/// The moments at which anybody writes into a database, or into what SQLite keeps beside it.
enum FileWatch {
    /// A value for each write; several that come together may be one. Where the system cannot tell, a value every
    /// quarter of a second.
    static func writes(of path: String) -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            #if os(Linux)
                if let watch = Inotify(path: path, onWrite: { continuation.yield() }) {
                    continuation.onTermination = { _ in watch.end() }
                    return
                }
            #endif
            let polling = Task {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .milliseconds(250))
                    continuation.yield()
                }
            }
            continuation.onTermination = { _ in polling.cancel() }
        }
    }
}

#if os(Linux)
    /// Linux's word for writes into the files of one folder (inotify(7)). What is written through mapped memory, as
    /// SQLite's index of the log is, is not told.
    private struct Inotify: Sendable {
        private let events: Int32
        /// The two ends of a pipe: that the second closes ends the watch.
        private let stop: [Int32]
        private let names: [String]

        /// Nil where the system has no room for one more.
        init?(path: String, onWrite: @escaping @Sendable () -> Void) {
            let file = URL(fileURLWithPath: path)
            names = [file.lastPathComponent, file.lastPathComponent + "-wal"]
            events = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
            var ends: [Int32] = [-1, -1]
            let isPiped = pipe(&ends) == 0
            stop = ends
            let wanted = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
            guard events >= 0, isPiped,
                inotify_add_watch(events, file.deletingLastPathComponent().path, wanted) >= 0
            else {
                for descriptor in [events] + stop where descriptor >= 0 { close(descriptor) }
                return nil
            }
            let watch = self
            Thread.detachNewThread { watch.run(onWrite) }
        }

        func end() { close(stop[1]) }

        /// Waits for writes, on a thread that does nothing else, until `end`.
        private func run(_ onWrite: () -> Void) {
            defer { for descriptor in [events, stop[0]] { close(descriptor) } }
            while true {
                var places = [events, stop[0]].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
                guard poll(&places, nfds_t(places.count), -1) >= 0 || errno == EINTR else { return }
                guard places[1].revents == 0 else { return }
                if places[0].revents != 0, isTold() { onWrite() }
            }
        }

        /// Reads all that there is to read.
        private func isTold() -> Bool {
            var isTold = false
            var room = [UInt8](repeating: 0, count: 16 << 10)
            while true {
                let count = read(events, &room, room.count)
                guard count > 0 else { return isTold }
                var place = 0
                while place + Self.eventBytes <= count {
                    let size = room.withUnsafeBytes {
                        Int($0.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
                    }
                    let name = room[(place + Self.eventBytes)..<min(place + Self.eventBytes + size, count)].prefix {
                        $0 != 0
                    }
                    if names.contains(String(decoding: name, as: UTF8.self)) { isTold = true }
                    place += Self.eventBytes + size
                }
            }
        }

        /// Bytes of an event before its name: which watch, what, a cookie, and the size of the name.
        private static let eventBytes = 16
    }
#endif
