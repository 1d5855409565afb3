import Foundation
import ReplicaModel
import SQLiteAccess

/// Sorts records by the bytes of their keys, and those of one key by a number, in bounded memory: in runs that are kept
/// in SQLite's temporary file, and merged.
///
/// SQLite's own sorter takes several times as long: it makes a record of each row, and compares those column by column.
final class RecordSorter {
    /// A record where it lies: a head of sixteen bytes (how long key and content are, the number), the key, the content.
    struct Record {
        let key: UnsafeRawBufferPointer
        let number: Int64
        let content: UnsafeRawBufferPointer

        fileprivate static let headBytes = 16

        fileprivate init(_ base: UnsafeRawPointer) {
            let keyCount = Int(base.loadUnaligned(as: UInt32.self))
            let contentCount = Int(base.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
            number = base.loadUnaligned(fromByteOffset: 8, as: Int64.self)
            key = UnsafeRawBufferPointer(start: base + Self.headBytes, count: keyCount)
            content = UnsafeRawBufferPointer(start: base + Self.headBytes + keyCount, count: contentCount)
        }

        fileprivate var byteCount: Int { Self.headBytes + key.count + content.count }

        /// The first bytes of the key, which tell most keys apart.
        fileprivate var prefix: UInt64 {
            if key.count >= 8 { return UInt64(bigEndian: key.loadUnaligned(as: UInt64.self)) }
            return key.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(56 - 8 * $1.offset) }
        }

        fileprivate func precedes(_ other: Record) -> Bool {
            let common = min(key.count, other.key.count)
            if common > 0, let left = key.baseAddress, let right = other.key.baseAddress {
                let order = memcmp(left, right, common)
                if order != 0 { return order < 0 }
            }
            return key.count == other.key.count ? number < other.number : key.count < other.key.count
        }
    }

    private struct Place {
        let prefix: UInt64
        let offset: Int
    }

    private let connection: Connection
    private let runBytes: Int
    private var arena: [UInt8] = []
    private var places: [Place] = []
    private var runCount: Int64 = 0

    init(connection: Connection, runBytes: Int) {
        (self.connection, self.runBytes) = (connection, runBytes)
        // All at once: what grows is copied, and both copies count as memory. What is not written to takes none.
        arena.reserveCapacity(runBytes + runBytes / 8)
    }

    /// Adds a record. No two have the same key and number.
    func add(key: [UInt8], number: Int64, content: [UInt8]) throws(StoreError) {
        let offset = arena.count
        let head = (UInt32(key.count), UInt32(content.count), number)
        withUnsafeBytes(of: head) { arena.append(contentsOf: $0) }
        arena.append(contentsOf: key)
        arena.append(contentsOf: content)
        let prefix = arena.withUnsafeBytes { bytes in bytes.baseAddress.map { Record($0 + offset).prefix } ?? 0 }
        places.append(Place(prefix: prefix, offset: offset))
        if arena.count >= runBytes { try keepRun() }
    }

    private func sort() {
        arena.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            places.sort { l, r in
                l.prefix == r.prefix ? Record(base + l.offset).precedes(Record(base + r.offset)) : l.prefix < r.prefix
            }
        }
    }

    /// Visits all records in ascending order.
    func forEach(_ body: (Record) throws(StoreError) -> Void) throws(StoreError) {
        guard runCount > 0 else {
            sort()
            try visit(body)
            return
        }
        if !places.isEmpty { try keepRun() }
        arena = []
        places = []
        try merge(body)
        try connection.run("DROP TABLE temp.caravan_run")
    }

    private func visit(_ body: (Record) throws(StoreError) -> Void) throws(StoreError) {
        try arena.withUnsafeBufferPointer { (pointer) throws(StoreError) in
            guard let base = UnsafeRawPointer(pointer.baseAddress) else { return }
            for place in places { try body(Record(base + place.offset)) }
        }
    }

    // MARK: Runs

    /// What is read of a run at once. A thousand runs, of eight gigabytes, take as much as two of them in memory.
    private static let blockBytes = 16_384

    private func keepRun() throws(StoreError) {
        sort()
        if runCount == 0 {
            try connection.run(
                """
                DROP TABLE IF EXISTS temp.caravan_run;
                CREATE TEMP TABLE caravan_run(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)
                """)
        }
        let insert = try connection.prepare("INSERT INTO temp.caravan_run VALUES (?1, ?2)")
        var (block, id): ([UInt8], Int64) = ([], runCount << 32)
        try visit { (record) throws(StoreError) in
            let start = record.key.baseAddress.map { $0 - Record.headBytes }
            block.append(contentsOf: UnsafeRawBufferPointer(start: start, count: record.byteCount))
            guard block.count >= Self.blockBytes else { return }
            try insert.run([.integer(id), .blob(block)])
            block.removeAll(keepingCapacity: true)
            id += 1
        }
        if !block.isEmpty { try insert.run([.integer(id), .blob(block)]) }
        runCount += 1
        arena.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
    }

    /// A run as far as it is read.
    private struct Run {
        var id: Int64
        var block: [UInt8] = []
        var offset = 0

        func withRecord<Result>(_ body: (Record) throws(StoreError) -> Result) throws(StoreError) -> Result? {
            try block.withUnsafeBufferPointer { (pointer) throws(StoreError) -> Result? in
                guard let base = UnsafeRawPointer(pointer.baseAddress) else { return nil }
                return try body(Record(base + offset))
            }
        }

        func precedes(_ other: Run) throws(StoreError) -> Bool {
            try withRecord { (left) throws(StoreError) -> Bool? in
                try other.withRecord { (right) throws(StoreError) -> Bool in left.precedes(right) }
            } == true
        }
    }

    private func merge(_ body: (Record) throws(StoreError) -> Void) throws(StoreError) {
        let select = try connection.prepare("SELECT bytes FROM temp.caravan_run WHERE id = ?1")
        var runs: [Run] = []
        for number in 0..<runCount {
            var run = Run(id: number << 32)
            if try read(&run, select) { runs.append(run) }
        }
        // A heap: the run with the least record is the first, and none precedes the one at half its place.
        for index in runs.indices.reversed() { try sink(&runs, index) }
        while !runs.isEmpty {
            let count = try runs[0].withRecord { (record) throws(StoreError) -> Int in
                try body(record)
                return record.byteCount
            }
            runs[0].offset += count ?? 0
            if runs[0].offset == runs[0].block.count, try !read(&runs[0], select) {
                runs.swapAt(0, runs.count - 1)
                runs.removeLast()
            }
            try sink(&runs, 0)
        }
    }

    /// Reads the next block. False at the end of the run.
    private func read(_ run: inout Run, _ select: Statement) throws(StoreError) -> Bool {
        try select.bind(run.id, at: 1)
        defer { select.reset() }
        guard try select.step() else { return false }
        run = Run(id: run.id + 1, block: select.bytes(at: 0))
        return true
    }

    private func sink(_ runs: inout [Run], _ place: Int) throws(StoreError) {
        var place = place
        while 2 * place + 1 < runs.count {
            var child = 2 * place + 1
            if child + 1 < runs.count, try runs[child + 1].precedes(runs[child]) { child += 1 }
            guard try runs[child].precedes(runs[place]) else { return }
            runs.swapAt(place, child)
            place = child
        }
    }
}
