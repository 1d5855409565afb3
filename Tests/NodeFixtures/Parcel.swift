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
    package func deliver(_ parcel: Parcel, to engine: Engine) throws -> BundleTaking {
        try engine.take(parcel.file, now: moment.wall)
    }
}
