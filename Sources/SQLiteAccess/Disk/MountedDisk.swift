import CSQLite

/// A `Disk` that SQLite knows (www.sqlite.org/vfs.html) for as long as this lives. Whoever has a connection on it keeps
/// it.
package final class MountedDisk {
    private let disk: any Disk
    private let vfs: UnsafeMutablePointer<sqlite3_vfs>
    private let methods: UnsafeMutablePointer<sqlite3_io_methods>
    private let cName: UnsafeMutablePointer<CChar>

    /// The objects that the callbacks get at: the disk, and the methods that SQLite is given for an open file.
    private final class Context {
        package unowned let disk: any Disk
        let methods: UnsafeMutablePointer<sqlite3_io_methods>

        package init(disk: any Disk, methods: UnsafeMutablePointer<sqlite3_io_methods>) {
            self.disk = disk
            self.methods = methods
        }
    }

    package init(_ disk: any Disk) {
        self.disk = disk
        methods = .allocate(capacity: 1)
        methods.initialize(to: DiskFileMethods.make())
        vfs = .allocate(capacity: 1)
        // The address tells it from every other that is mounted.
        let text = Array("caravan-\(UInt(bitPattern: vfs))".utf8CString)
        cName = .allocate(capacity: text.count)
        cName.initialize(from: text, count: text.count)
        vfs.initialize(to: Self.make())
        vfs.pointee.zName = UnsafePointer(cName)
        vfs.pointee.pAppData = Unmanaged.passRetained(Context(disk: disk, methods: methods)).toOpaque()
        SQLiteLibrary.prepare()
        sqlite3_vfs_register(vfs, 0)
    }

    deinit {
        sqlite3_vfs_unregister(vfs)
        vfs.pointee.pAppData.map { Unmanaged<Context>.fromOpaque($0).release() }
        vfs.deallocate()
        methods.deallocate()
        cName.deallocate()
    }

    package func identity(of path: String) -> FileIdentity { disk.identity(of: path) ?? .unknown }

    /// The name of the disk, as `sqlite3_open_v2` takes it.
    package var name: UnsafePointer<CChar> { UnsafePointer(cName) }

    private static func context(_ vfs: UnsafeMutablePointer<sqlite3_vfs>?) -> Context? {
        vfs?.pointee.pAppData.map { Unmanaged<Context>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Julian day 2440587.5 is 1970.
    private static let julianOffset: Int64 = 210_866_760_000_000

    private static func make() -> sqlite3_vfs {
        var vfs = sqlite3_vfs()
        vfs.iVersion = 2
        vfs.szOsFile = Int32(MemoryLayout<DiskFileMethods.Opened>.size)
        vfs.mxPathname = 512
        addFiles(&vfs)
        vfs.xRandomness = { _, count, bytes in
            bytes?.update(repeating: 0, count: Int(count))
            return count
        }
        vfs.xSleep = { vfs, microseconds in
            MountedDisk.context(vfs)?.disk.slept(milliseconds: Int64(microseconds) / 1000)
            return microseconds
        }
        vfs.xCurrentTime = { vfs, out in
            out?.pointee =
                Double((MountedDisk.context(vfs)?.disk.wallClock ?? 0) + MountedDisk.julianOffset) / 86_400_000
            return SQLITE_OK
        }
        vfs.xCurrentTimeInt64 = { vfs, out in
            out?.pointee = (MountedDisk.context(vfs)?.disk.wallClock ?? 0) + MountedDisk.julianOffset
            return SQLITE_OK
        }
        vfs.xGetLastError = { _, _, _ in 0 }
        return vfs
    }

    private static func addFiles(_ vfs: inout sqlite3_vfs) {
        vfs.xOpen = { vfs, name, pointer, flags, outFlags in
            guard let context = MountedDisk.context(vfs), let pointer else { return SQLITE_CANTOPEN }
            let opened = UnsafeMutableRawPointer(pointer).bindMemory(to: DiskFileMethods.Opened.self, capacity: 1)
            opened.initialize(to: .init(base: sqlite3_file(pMethods: nil), file: nil))
            return DiskFileMethods.code { () throws(DiskFault) in
                let file = try context.disk.open(
                    name.map { String(cString: $0) }, isCreating: flags & SQLITE_OPEN_CREATE != 0)
                opened.pointee.file = Unmanaged.passRetained(.init(file))
                opened.pointee.base.pMethods = UnsafePointer(context.methods)
                outFlags?.pointee = flags
                return SQLITE_OK
            }
        }
        vfs.xDelete = { vfs, name, _ in
            DiskFileMethods.code { () throws(DiskFault) in
                guard let name, let context = MountedDisk.context(vfs) else { return SQLITE_OK }
                try context.disk.delete(String(cString: name))
                return SQLITE_OK
            }
        }
        vfs.xAccess = { vfs, name, _, out in
            out?.pointee =
                name.map { MountedDisk.context(vfs)?.disk.exists(String(cString: $0)) ?? false } ?? false ? 1 : 0
            return SQLITE_OK
        }
        vfs.xFullPathname = { _, name, count, out in
            guard let name, let out else { return SQLITE_CANTOPEN }
            let text = Array(String(cString: name).utf8CString)
            guard text.count <= count else { return SQLITE_CANTOPEN }
            out.update(from: text, count: text.count)
            return SQLITE_OK
        }
    }
}
