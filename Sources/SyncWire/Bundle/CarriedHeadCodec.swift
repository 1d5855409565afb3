import ReplicaModel

/// The head of a carried file: an array of its kind, the version of the format, and a map of its fields by number.
/// Fields that are not known are skipped.
package enum CarriedHeadCodec {
    private enum Kind {
        static let bundle: UInt64 = 1, request: UInt64 = 2, sealed: UInt64 = 3, petition: UInt64 = 4
    }

    private enum Field {
        static let alliance: UInt64 = 0, site: UInt64 = 1, written: UInt64 = 2, software: UInt64 = 3
        static let held: UInt64 = 4, altered: UInt64 = 5, cards: UInt64 = 6, taken: UInt64 = 7
        static let recipients: UInt64 = 8, ranges: UInt64 = 9, grant: UInt64 = 10, keys: UInt64 = 11
        static let name: UInt64 = 12, secret: UInt64 = 13, card: UInt64 = 14, marks: UInt64 = 15
        static let replaces: UInt64 = 16, incarnations: UInt64 = 17
    }

    package static func encode(_ head: CarriedHead) -> [UInt8] {
        var writer = CBORWriter()
        writer.beginArray(3)
        switch head {
        case .bundle(let head):
            begin(Kind.bundle, fields: head.grant == nil ? 10 : 11, of: head.announcement, &writer)
            writeFirst(head.announcement, to: &writer)
            writer.field(Field.recipients) { CarriedCoding.write(sites: head.recipients, to: &$0) }
            writer.field(Field.ranges) { CarriedCoding.write(head.ranges, to: &$0) }
            if let grant = head.grant { writer.field(Field.grant) { CarriedCoding.write(grant, to: &$0) } }
            writeLast(head.announcement, to: &writer)
        case .request(let announcement):
            begin(Kind.request, fields: 8, of: announcement, &writer)
            writeFirst(announcement, to: &writer)
            writeLast(announcement, to: &writer)
        case .sealed(let head):
            begin(Kind.sealed, fields: head.replaces.isEmpty ? 5 : 6, &writer)
            writer.field(Field.alliance) { $0.write(head.alliance) }
            write(head.site, head.written, head.software, to: &writer)
            writer.field(Field.keys) { CarriedCoding.write(head.keys, to: &$0) }
            if !head.replaces.isEmpty {
                writer.field(Field.replaces) { CarriedCoding.write(head.replaces, to: &$0) }
            }
        case .petition(let petition):
            begin(Kind.petition, fields: 6, &writer)
            write(petition.site, petition.written, petition.software, to: &writer)
            writer.field(Field.name) { $0.write(text: petition.name) }
            writer.field(Field.secret) { $0.write(bytes: petition.secret) }
            writer.field(Field.card) { CarriedCoding.write(petition.card, to: &$0) }
        }
        return writer.bytes
    }

    private static func begin(_ kind: UInt64, fields: Int, _ writer: inout CBORWriter) {
        writer.write(unsigned: kind)
        writer.write(unsigned: 1)
        writer.beginMap(fields)
    }

    private static func begin(
        _ kind: UInt64, fields: Int, of announcement: Announcement, _ writer: inout CBORWriter
    ) {
        writer.write(unsigned: kind)
        writer.write(unsigned: announcement.marks == nil ? 1 : 2)
        writer.beginMap(fields + (announcement.marks == nil ? 0 : 1) + (announcement.incarnations == 0 ? 0 : 1))
    }

    private static func write(_ site: SiteID, _ written: UInt64, _ software: String, to writer: inout CBORWriter) {
        writer.field(Field.site) { $0.write(site.key) }
        writer.field(Field.written) { $0.write(unsigned: written) }
        writer.field(Field.software) { $0.write(text: software.cut(toBytes: FrameLimits.softwareBytesMax)) }
    }

    private static func writeFirst(_ announcement: Announcement, to writer: inout CBORWriter) {
        writer.field(Field.alliance) { $0.write(announcement.alliance) }
        write(announcement.site, announcement.written, announcement.software, to: &writer)
        writer.field(Field.held) { VectorCodec.write(announcement.held, to: &$0) }
        writer.field(Field.altered) { UnfinishedCodec.write(announcement.altered, to: &$0) }
        writer.field(Field.cards) { CarriedCoding.write(announcement.cards, to: &$0) }
        writer.field(Field.taken) { CarriedCoding.write(announcement.taken, to: &$0) }
    }

    private static func writeLast(_ announcement: Announcement, to writer: inout CBORWriter) {
        if let marks = announcement.marks { writer.field(Field.marks) { HeadsCodec.write(list: marks, to: &$0) } }
        guard announcement.incarnations > 0 else { return }
        writer.field(Field.incarnations) { $0.write(unsigned: announcement.incarnations) }
    }

    /// - Throws: `newer` for another version; `altered` for all else that is no head.
    package static func decode(_ bytes: [UInt8]) throws(CarriedFault) -> CarriedHead {
        do { return try read(bytes) } catch let error as CarriedFault { throw error } catch {
            throw .altered("its head: \((error as? WireError)?.sentence ?? "\(error)")")
        }
    }

    private static func read(_ bytes: [UInt8]) throws -> CarriedHead {
        var reader = CBORReader(bytes)
        guard try reader.readArray(max: 64, "head") >= 3 else {
            throw WireError.cannotBeMeant("a head of fewer than 3 items")
        }
        let kind = try reader.readUnsigned()
        let version = try reader.readUnsigned()
        guard version <= CarriedLimits.version else { throw CarriedFault.newer(version: version) }
        reader = CBORReader(bytes)
        try reader.readArray(exactly: 3)
        let newest: UInt64 = kind == Kind.bundle || kind == Kind.request ? 2 : 1
        guard try reader.readUnsigned() == kind, try reader.readUnsigned() == version, 1...newest ~= version else {
            throw WireError.cannotBeMeant("a version that there never was")
        }
        let fields = try MessageFields(&reader)
        try reader.finish()
        return try head(of: kind, version, fields)
    }

    private static func head(
        of kind: UInt64, _ version: UInt64, _ fields: MessageFields
    ) throws(WireError) -> CarriedHead {
        switch kind {
        case Kind.bundle:
            return .bundle(
                BundleHead(
                    announcement: try announcement(fields, version),
                    recipients: try fields.read(Field.recipients, CarriedCoding.readSites),
                    ranges: try fields.read(Field.ranges) { reader throws(WireError) in
                        try CarriedCoding.readRanges(&reader, version: version)
                    },
                    grant: fields.has(Field.grant) ? try fields.read(Field.grant, CarriedCoding.readGrant) : nil))
        case Kind.request: return .request(try announcement(fields, version))
        case Kind.sealed:
            return .sealed(
                SealedHead(
                    alliance: try fields.bytes32(Field.alliance), site: try site(fields),
                    written: try fields.unsigned(Field.written), software: try software(fields),
                    keys: try fields.read(Field.keys, CarriedCoding.readKeys),
                    replaces: fields.has(Field.replaces)
                        ? try fields.read(Field.replaces, CarriedCoding.readReplaced) : []))
        case Kind.petition: return .petition(try petition(fields))
        default: throw .cannotBeMeant("a file of kind \(kind)")
        }
    }

    private static func petition(_ fields: MessageFields) throws(WireError) -> Petition {
        let petition = Petition(
            site: try site(fields), written: try fields.unsigned(Field.written), software: try software(fields),
            name: try fields.read(Field.name) { reader throws(WireError) in try NameCodec.read(&reader, of: "site") },
            secret: try fields.read(Field.secret, InvitationCodec.readSecret),
            card: try fields.read(Field.card, CarriedCoding.readCard))
        guard petition.card.site == petition.site else { throw .cannotBeMeant("a key of another site") }
        return petition
    }

    private static func announcement(_ fields: MessageFields, _ version: UInt64) throws(WireError) -> Announcement {
        let altered = try fields.read(Field.altered, UnfinishedCodec.read)
        guard altered.allSatisfy({ $0.chunks == 0 }) else { throw .cannotBeMeant("a part of a changeset") }
        return Announcement(
            alliance: try fields.bytes32(Field.alliance), site: try site(fields),
            written: try fields.unsigned(Field.written),
            incarnations: fields.has(Field.incarnations) ? try fields.unsigned(Field.incarnations) : 0,
            software: try software(fields),
            held: try fields.vector(Field.held),
            marks: version == 1
                ? nil
                : try fields.read(Field.marks) { reader throws(WireError) in
                    try HeadsCodec.readList(&reader, max: FrameLimits.marksMax)
                }, altered: altered,
            cards: try fields.read(Field.cards, CarriedCoding.readCards),
            taken: try fields.read(Field.taken, CarriedCoding.readTaken))
    }

    private static func site(_ fields: MessageFields) throws(WireError) -> SiteID {
        try fields.read(Field.site, SiteID.init(from:))
    }

    private static func software(_ fields: MessageFields) throws(WireError) -> String {
        try fields.text(Field.software, max: FrameLimits.softwareBytesMax, "software")
    }
}
