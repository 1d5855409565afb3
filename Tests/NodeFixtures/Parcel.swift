import ReplicaModel
import ReplicaStore
import SyncEngine
import SyncWire

/// A bundle's file in memory, as a carrier has it.
package struct Parcel {
    package let file: [UInt8]
    package let head: BundleHead

    package init(_ file: [UInt8], _ head: BundleHead) { (self.file, self.head) = (file, head) }
}

/// The outcome of a delivery.
package struct Delivery {
    package let received: UInt64
    package let known: UInt64
    /// Changesets that were left out, for something is missing before them.
    package let passed: UInt64
    package let missing: Vector
    package let refusal: Refusal?
}

extension Town {
    /// Writes a bundle of what lies between two vectors.
    package func pack(
        _ engine: Engine, beyond vector: Vector = [:], upTo ceiling: Vector? = nil, for recipients: [Engine] = []
    ) throws -> Parcel {
        var order = BundleExport.Order()
        order.recipients = recipients.map(\.site)
        order.lackedBy = vector
        order.ceiling = ceiling
        let export = try BundleExport(engine, order, now: moment.wall)
        var file: [UInt8] = []
        while let bytes = try export.next() { file += bytes }
        return Parcel(file, export.head)
    }

    /// Checks a bundle whole, and takes it.
    ///
    /// - Throws: `CarriedFault` where it is refused whole.
    @discardableResult
    package func deliver(_ parcel: Parcel, to engine: Engine) throws -> Delivery {
        var check = CarriedCheck()
        try check.take(parcel.file)
        guard case .bundle(let head) = try check.finish().head else { throw CarriedFault.notOne }
        guard head.announcement.alliance == engine.replica.alliance else { throw CarriedFault.wrongAlliance }
        let blocks = try Self.blocks(of: parcel.file)
        let site = head.announcement.site
        if try engine.trust(in: site) == .stranger {
            var introduction = Introduction(head)
            for block in blocks { guard try introduction.take(block) else { break } }
            guard try introduction.admits(site, at: engine, now: moment.wall) else {
                throw CarriedFault.stranger(site.short)
            }
        }
        guard try engine.trust(in: site) != .retired else { throw CarriedFault.retired(site.short) }
        return try take(blocks, head, at: engine)
    }

    private func take(_ blocks: [[UInt8]], _ head: BundleHead, at engine: Engine) throws -> Delivery {
        let taking = try BundleTaking(engine, head, now: moment.wall)
        for block in blocks {
            taking.append(block)
            while try taking.proceed() {}
        }
        taking.close()
        while try taking.proceed() {}
        try engine.replica.carrierNotes.note(head.announcement)
        try engine.replica.witness()
        return Delivery(
            received: taking.received, known: taking.known, passed: taking.passed, missing: taking.missing,
            refusal: taking.refusal)
    }

    private static func blocks(of file: [UInt8]) throws -> [[UInt8]] {
        var reader = CarriedFileReader()
        reader.append(file)
        var blocks: [[UInt8]] = []
        while let part = try reader.next() {
            if case .block(let block) = part { blocks.append(block) }
        }
        return blocks
    }
}
