import ReplicaModel
import ReplicaStore
import SQLiteAccess

/// Disks that alter a byte of a node's file, blank a sector of it or cut it off. Tried on a copy of the machine's files
/// while it runs on, so that nothing of it is passed on: what matters is that the damage is found.
struct DamagedFiles: Looking {
    let course: Course
    let fleet: Fleet
    let supervisor: Supervisor

    private enum Damage: CaseIterable {
        case bit, byte, sector, end
    }

    /// All that a node shows of the alliance, and all that it gives to others.
    private struct Picture: Equatable {
        var tables: Tables
        var conflicts: Set<ConflictReport>
        var vectors: [Vector]
        var log: [[Value]]
        var digest: Bytes32
    }

    /// Damages a copy, and looks whether that is found: SQLite or the node refuses it, `verify --deep` names it, or all
    /// is as it was.
    func damage(_ node: SimulatedNode) throws(Violation) {
        guard node.isMember, node.engine != nil, !node.keepsTransaction, node.writtenUnder == nil, !node.disk.hasFailed
        else { return }
        let told: Void? = try supervisor.act(node, "told the witness") { (engine) throws(StoreError) in
            try engine.replica.exchange.witness()
        }
        guard told != nil, (try? node.client().rows("PRAGMA wal_checkpoint(TRUNCATE)"))?.first?.first == .integer(0)
        else { return }
        let image = node.disk.image
        // What a person's tool or the disk did before is found, too.
        guard let whole = try? picture(of: image, node) else { return }
        let names = image.keys.filter { image[$0]?.isEmpty == false && !$0.hasSuffix("-shm") }.sorted()
        let (name, damage) = (course.random.pick(names), course.random.pick(Damage.allCases))
        guard let altered = alter(image[name] ?? [], damage) else { return }
        course.note("the disk of \(node.name) damages a copy of \(name): \(damage)")
        course.saw(.damagedFiles)
        let found = try? picture(of: image.merging([name: altered]) { $1 }, node)
        guard let found, found != whole else { return }
        throw Violation(
            "damage",
            "the disk of \(node.name) damaged \(name) (\(damage)), and \(Self.difference(whole, found)), which nothing found"
        )
    }

    /// Bytes that say nothing are left alone: most of a small file is empty.
    private func alter(_ bytes: [UInt8], _ damage: Damage) -> [UInt8]? {
        let places = bytes.indices.filter { bytes[$0] != 0 }
        guard !places.isEmpty else { return nil }
        let place = course.random.pick(places)
        var out = bytes
        switch damage {
        case .bit: out[place] ^= UInt8(1 << course.random.below(8))
        case .byte: out[place] = UInt8(course.random.below(256))
        case .sector:
            let start = place / 512 * 512
            for place in start..<min(start + 512, out.count) { out[place] = 0 }
        case .end: out.removeSubrange(place...)
        }
        return out == bytes ? nil : out
    }

    /// The picture that a machine with these files shows after its start.
    ///
    /// - Throws: also `Found`, where `verify --deep` finds something.
    private func picture(of image: [String: [UInt8]], _ node: SimulatedNode) throws -> Picture {
        let disk = SimulatedDisk(number: UInt64(node.index))
        disk.wallClock = fleet.moment(of: node).wall
        disk.putBack(image, except: nil, isNew: true)
        let mounted = MountedDisk(disk)
        let replica = try Replica(
            path: SimulatedNode.path, valueBytesMax: Replica.valueBytesDefault, on: mounted)
        try replica.admin.repair()
        let findings = try replica.reports.verify { _, _ in }.findings + replica.reports.verifyDeep { _, _ in }
        if let finding = findings.first { throw Found(message: finding.message) }
        let client = try RawClient(path: SimulatedNode.path, on: mounted)
        let vectors = try replica.vectors()
        return Picture(
            tables: try SimulatedNode.readTables(replica, client), conflicts: Set(try replica.reports.conflicts()),
            vectors: [vectors.held, vectors.applied], log: try SoundLogs.rows(client),
            digest: try replica.reports.digest())
    }

    private struct Found: Error {
        let message: String
    }

    private static func difference(_ whole: Picture, _ found: Picture) -> String {
        if whole.tables != found.tables {
            let rows = SimulatedNode.changes(from: whole.tables, to: found.tables)
            return "\(rows.keys.sorted().map(\.text).joined(separator: ", ")) is another"
        }
        if whole.conflicts != found.conflicts { return "other conflicts are listed" }
        if whole.vectors != found.vectors { return "it holds or applied something else" }
        return whole.log != found.log ? "its log is another" : "its digest is another"
    }
}
