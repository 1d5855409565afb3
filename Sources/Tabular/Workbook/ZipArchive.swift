import CZip
import Foundation

/// The parts of a workbook, which is a ZIP archive.
final class ZipArchive {
    let path: String
    private let handle: OpaquePointer
    /// The numbers of the parts by their names. Programs differ in the case of a name, and some divide folders as
    /// Windows does.
    private let parts: [String: UInt64]

    /// - Throws: `damaged`; `otherKind` where a password is needed.
    init(path: String) throws(TabularError) {
        var code: Int32 = 0
        guard let opened = zip_open(path, ZIP_RDONLY, &code) else {
            throw .damaged(path: path, reason: "the archive is cut off or altered")
        }
        self.path = path
        handle = opened
        var parts: [String: UInt64] = [:]
        var isLocked = false
        for number in 0..<UInt64(max(zip_get_num_entries(opened, 0), 0)) {
            var found = zip_stat()
            zip_stat_init(&found)
            guard zip_stat_index(opened, number, 0, &found) == 0, let name = found.name else { continue }
            if found.encryption_method != 0 { isLocked = true }
            let plain = Self.plain(String(cString: name))
            if parts[plain] == nil { parts[plain] = number }
        }
        self.parts = parts
        if isLocked { throw .otherKind(path: path, kind: "locked with a password") }
    }

    private static func plain(_ name: String) -> String {
        let parts = name.lowercased().replacing("\\", with: "/").drop { $0 == "/" }
        return String(parts)
    }

    deinit { zip_discard(handle) }

    /// The bytes of a part once they are unpacked; nil where there is no such part.
    func size(of part: String) -> UInt64? {
        var found = zip_stat()
        zip_stat_init(&found)
        guard let number = parts[Self.plain(part)], zip_stat_index(handle, number, 0, &found) == 0 else { return nil }
        return found.size
    }

    /// A part as a stream; nil where there is no such part.
    func stream(of part: String) -> ZipStream? {
        guard let number = parts[Self.plain(part)], let file = zip_fopen_index(handle, number, 0) else { return nil }
        return ZipStream(archive: self, file: file)
    }
}

/// A part of an archive, unpacked as it is read.
final class ZipStream: InputStream {
    private let archive: ZipArchive
    private let file: OpaquePointer
    private var isOver = false
    /// Whether the archive could not be unpacked.
    private(set) var isBroken = false
    private(set) var bytesRead: UInt64 = 0
    /// What was read up to the root of a document; nil once that has begun.
    private var head: [UInt8]? = []

    init(archive: ZipArchive, file: OpaquePointer) {
        self.archive = archive
        self.file = file
        super.init(data: Data())
    }

    deinit { zip_fclose(file) }

    override func open() {}
    override func close() {}
    override var streamStatus: Stream.Status { isOver ? .atEnd : .open }
    override var hasBytesAvailable: Bool { !isOver }

    override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength count: Int) -> Int {
        guard !isOver else { return 0 }
        let read = zip_fread(file, buffer, UInt64(count))
        if read <= 0 { isOver = true }
        if read < 0 { isBroken = true }
        bytesRead += UInt64(max(read, 0))
        if read > 0, let known = head, known.count < Self.headBytes {
            head?.append(contentsOf: UnsafeBufferPointer(start: buffer, count: Int(read)))
        }
        return max(Int(read), 0)
    }

    /// More than this stands before no root.
    private static let headBytes = 1 << 16

    /// The bytes that came so far, which are kept no longer.
    func takeHead() -> [UInt8] {
        defer { head = nil }
        return head ?? []
    }

    /// Reads nothing more.
    func stop() { isOver = true }
}
