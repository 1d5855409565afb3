import CSQLite

/// The methods that SQLite calls on an open file (www.sqlite.org/c3ref/io_methods.html), passed to a `DiskFile`.
enum DiskFileMethods {
    /// The memory that SQLite allocates for an open file: the pointer to these methods, then the reference to the
    /// opening.
    struct Opened {
        var base: sqlite3_file
        var file: Unmanaged<OpenedFile>?
    }

    /// A class around the existential, so that one pointer names it.
    final class OpenedFile {
        package let file: any DiskFile
        package init(_ file: any DiskFile) { self.file = file }
    }

    static func file(_ pointer: UnsafeMutablePointer<sqlite3_file>?) -> (any DiskFile)? {
        pointer.flatMap {
            UnsafeMutableRawPointer($0).assumingMemoryBound(to: Opened.self).pointee.file?.takeUnretainedValue().file
        }
    }

    static func code(_ body: () throws(DiskFault) -> Int32) -> Int32 {
        do { return try body() } catch {
            switch error {
            case .broken: return SQLITE_IOERR
            case .full: return SQLITE_FULL
            case .missing: return SQLITE_CANTOPEN
            }
        }
    }

    /// SQLITE_IOERR_SHORT_READ, a macro that Swift does not import.
    private static let shortRead: Int32 = SQLITE_IOERR | 2 << 8

    static func make() -> sqlite3_io_methods {
        var methods = sqlite3_io_methods()
        methods.iVersion = 2
        addContents(&methods)
        addLocks(&methods)
        addSharedMemory(&methods)
        methods.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        methods.xSectorSize = { _ in 4096 }
        methods.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
        return methods
    }

    private static func addContents(_ methods: inout sqlite3_io_methods) {
        methods.xClose = { pointer in
            guard let pointer else { return SQLITE_OK }
            let opened = UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Opened.self)
            opened.pointee.file?.takeRetainedValue().file.close()
            opened.pointee.file = nil
            return SQLITE_OK
        }
        methods.xRead = { pointer, bytes, count, offset in
            DiskFileMethods.code { () throws(DiskFault) in
                guard let file = DiskFileMethods.file(pointer), let bytes else { return SQLITE_IOERR }
                let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: Int(count))
                let found = try file.read(into: buffer, at: Int(offset))
                guard found < buffer.count else { return SQLITE_OK }
                UnsafeMutableRawBufferPointer(rebasing: buffer[found...]).initializeMemory(as: UInt8.self, repeating: 0)
                return DiskFileMethods.shortRead
            }
        }
        methods.xWrite = { pointer, bytes, count, offset in
            DiskFileMethods.code { () throws(DiskFault) in
                try DiskFileMethods.file(pointer)?.write(
                    UnsafeRawBufferPointer(start: bytes, count: Int(count)), at: Int(offset))
                return SQLITE_OK
            }
        }
        methods.xTruncate = { pointer, size in
            DiskFileMethods.code { () throws(DiskFault) in
                try DiskFileMethods.file(pointer)?.truncate(to: Int(size))
                return SQLITE_OK
            }
        }
        methods.xSync = { pointer, _ in
            DiskFileMethods.code { () throws(DiskFault) in
                try DiskFileMethods.file(pointer)?.sync()
                return SQLITE_OK
            }
        }
        methods.xFileSize = { pointer, size in
            DiskFileMethods.code { () throws(DiskFault) in
                size?.pointee = Int64(try DiskFileMethods.file(pointer)?.size ?? 0)
                return SQLITE_OK
            }
        }
    }

    private static func addLocks(_ methods: inout sqlite3_io_methods) {
        methods.xLock = { pointer, level in
            DiskFileMethods.code { () throws(DiskFault) in
                try DiskFileMethods.file(pointer)?.lock(level) ?? true ? SQLITE_OK : SQLITE_BUSY
            }
        }
        methods.xUnlock = { pointer, level in
            DiskFileMethods.file(pointer)?.unlock(level)
            return SQLITE_OK
        }
        methods.xCheckReservedLock = { pointer, out in
            out?.pointee = DiskFileMethods.file(pointer)?.isReserved ?? false ? 1 : 0
            return SQLITE_OK
        }
    }

    private static func addSharedMemory(_ methods: inout sqlite3_io_methods) {
        methods.xShmMap = { pointer, number, bytes, isExtending, out in
            DiskFileMethods.code { () throws(DiskFault) in
                let region = try DiskFileMethods.file(pointer)?.sharedRegion(
                    Int(number), bytes: Int(bytes), isExtending: isExtending != 0)
                out?.pointee = UnsafeMutableRawPointer(region ?? nil)
                return SQLITE_OK
            }
        }
        methods.xShmLock = { pointer, first, count, flags in
            DiskFileMethods.code { () throws(DiskFault) in
                let slots = Int(first)..<Int(first + count)
                guard flags & SQLITE_SHM_UNLOCK == 0 else {
                    DiskFileMethods.file(pointer)?.unlockShared(slots: slots)
                    return SQLITE_OK
                }
                let isExclusive = flags & SQLITE_SHM_EXCLUSIVE != 0
                return try DiskFileMethods.file(pointer)?.lockShared(slots: slots, isExclusive: isExclusive) ?? true
                    ? SQLITE_OK : SQLITE_BUSY
            }
        }
        // One thread: what was written is there for whoever reads next.
        methods.xShmBarrier = { _ in }
        methods.xShmUnmap = { pointer, isDeleting in
            DiskFileMethods.file(pointer)?.leaveShared(isDeleting: isDeleting != 0)
            return SQLITE_OK
        }
    }
}
