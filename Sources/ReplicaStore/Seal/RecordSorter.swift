import Foundation
import ReplicaModel
import SQLiteAccess

/// Sorts records by the bytes of their keys, and those of one key by a number, in bounded memory: in runs that are put
/// away in a file, and merged.
///
/// SQLite's own sorter takes several times as long: it makes a record of each row, and compares those column by column.
/// A temporary table of the replica's connection is written three times: when its pages leave memory, into a journal
/// when it is dropped inside the transaction, and into the list of free pages. So runs have a database of their own,
/// without a journal, of which nothing is ever deleted.
final class RecordSorter {
    /// A record where it lies: a head of sixteen bytes (how long key and content are, the number), the key, the
    /// content.
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
    /// Records one behind the other, of which so many bytes are there.
    private var arena: UnsafeMutableRawPointer
    private var capacity: Int
    private var used = 0
    private var places: [Place] = []
    private var runCount: Int64 = 0
    /// The file in which runs are put away.
    private var file: Connection?

    init(connection: Connection, runBytes: Int) {
        (self.connection, self.runBytes) = (connection, runBytes)
        // All at once: what grows is copied, and both copies count as memory. What is not written to takes none.
        capacity = runBytes + runBytes / 8
        arena = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit { arena.deallocate() }

    /// Adds a record. No two have the same key and number.
    func add(key: [UInt8], number: Int64, content: [UInt8]) throws(StoreError) {
        let end = used + Record.headBytes + key.count + content.count
        if end > capacity { grow(to: end) }
        let start = arena + used
        start.storeBytes(of: UInt32(key.count), as: UInt32.self)
        start.storeBytes(of: UInt32(content.count), toByteOffset: 4, as: UInt32.self)
        start.storeBytes(of: number, toByteOffset: 8, as: Int64.self)
        copy(key, to: start + Record.headBytes)
        copy(content, to: start + Record.headBytes + key.count)
        places.append(Place(prefix: Record(start).prefix, offset: used))
        used = end
        if end >= runBytes { try keepRun() }
    }

    private func copy(_ bytes: [UInt8], to start: UnsafeMutableRawPointer) {
        bytes.withUnsafeBytes { if let base = $0.baseAddress { start.copyMemory(from: base, byteCount: $0.count) } }
    }

    private func grow(to least: Int) {
        let larger = UnsafeMutableRawPointer.allocate(byteCount: least, alignment: 8)
        larger.copyMemory(from: arena, byteCount: used)
        arena.deallocate()
        (arena, capacity) = (larger, least)
    }

    private func sort() {
        let base = UnsafeRawPointer(arena)
        places.sort { l, r in
            l.prefix == r.prefix ? Record(base + l.offset).precedes(Record(base + r.offset)) : l.prefix < r.prefix
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
        // What is read needs the memory now.
        (capacity, used, places) = (0, 0, [])
        arena.deallocate()
        arena = .allocate(byteCount: 0, alignment: 8)
        guard let file else { return }
        try merge(file, body)
        self.file = nil
    }

    private func visit(_ body: (Record) throws(StoreError) -> Void) throws(StoreError) {
        for place in places { try body(Record(arena + place.offset)) }
    }

    // MARK: Runs

    /// Bytes that are read of a run at once: a page of the file with what SQLite has in it beside. A thousand runs, of
    /// eight gigabytes, take as much as two of them in memory.
    private static let (pageBytes, blockBytes) = (16_384, 16_340)

    private func keepRun() throws(StoreError) {
        sort()
        let file = if let file { file } else { try makeFile() }
        self.file = file
        let insert = try file.prepare("INSERT INTO run VALUES (?1, ?2)")
        var (block, id): ([UInt8], Int64) = ([], runCount << 32)
        block.reserveCapacity(Self.pageBytes)
        try visit { (record) throws(StoreError) in
            if block.count + record.byteCount > Self.blockBytes { try put(&block, &id, by: insert) }
            let start = record.key.baseAddress.map { $0 - Record.headBytes }
            block.append(contentsOf: UnsafeRawBufferPointer(start: start, count: record.byteCount))
        }
        try put(&block, &id, by: insert)
        runCount += 1
        used = 0
        places.removeAll(keepingCapacity: true)
    }

    private func makeFile() throws(StoreError) -> Connection {
        let file = try Connection(putAwayBeside: connection, pageBytes: Self.pageBytes)
        try file.run("CREATE TABLE run(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL); BEGIN")
        return file
    }

    private func put(_ block: inout [UInt8], _ id: inout Int64, by insert: Statement) throws(StoreError) {
        guard !block.isEmpty else { return }
        try insert.bind(id, at: 1)
        try block.withUnsafeBufferPointer { (bytes) throws(StoreError) in
            try insert.bindStatic(text: false, UnsafeRawBufferPointer(bytes), at: 2)
            _ = try insert.step()
        }
        block.removeAll(keepingCapacity: true)
        id += 1
    }

    /// A run as far as it is read: a block of it, and the record there that comes next. A plain value, or to compare
    /// two would count references to both.
    private struct Run {
        var id: Int64
        var block: UnsafeMutableRawPointer
        var capacity: Int
        var count = 0
        var offset = 0
        var prefix: UInt64 = 0

        var record: Record { Record(block + offset) }

        func precedes(_ other: Run) -> Bool {
            prefix == other.prefix ? record.precedes(other.record) : prefix < other.prefix
        }
    }

    private func merge(
        _ file: Connection, _ body: (Record) throws(StoreError) -> Void
    ) throws(StoreError) {
        let select = try file.prepare("SELECT bytes FROM run WHERE id = ?1")
        var runs = (0..<runCount).map { number in
            Run(
                id: number << 32, block: .allocate(byteCount: Self.pageBytes, alignment: 8), capacity: Self.pageBytes)
        }
        defer { for run in runs { run.block.deallocate() } }
        for index in runs.indices.reversed() {
            if try !read(&runs[index], select) { end(&runs, index) }
        }
        // A heap: the run with the least record is the first, and none precedes the one at half its place.
        for index in runs.indices.reversed() { sink(&runs, index) }
        while !runs.isEmpty {
            let record = runs[0].record
            try body(record)
            runs[0].offset += record.byteCount
            if runs[0].offset < runs[0].count {
                runs[0].prefix = runs[0].record.prefix
            } else if try !read(&runs[0], select) {
                end(&runs, 0)
            }
            sink(&runs, 0)
        }
    }

    private func end(_ runs: inout [Run], _ index: Int) {
        runs.swapAt(index, runs.count - 1)
        runs.removeLast().block.deallocate()
    }

    /// Reads the next block. False at the end of the run.
    private func read(_ run: inout Run, _ select: Statement) throws(StoreError) -> Bool {
        try select.bind(run.id, at: 1)
        defer { select.reset() }
        guard try select.step(), let bytes = select.cell(at: 0).bytes, let base = bytes.baseAddress else {
            return false
        }
        if bytes.count > run.capacity {
            run.block.deallocate()
            (run.block, run.capacity) = (.allocate(byteCount: bytes.count, alignment: 8), bytes.count)
        }
        run.block.copyMemory(from: base, byteCount: bytes.count)
        (run.id, run.count, run.offset) = (run.id + 1, bytes.count, 0)
        run.prefix = run.record.prefix
        return true
    }

    private func sink(_ runs: inout [Run], _ place: Int) {
        var place = place
        while 2 * place + 1 < runs.count {
            var child = 2 * place + 1
            if child + 1 < runs.count, runs[child + 1].precedes(runs[child]) { child += 1 }
            guard runs[child].precedes(runs[place]) else { return }
            runs.swapAt(place, child)
            place = child
        }
    }
}
