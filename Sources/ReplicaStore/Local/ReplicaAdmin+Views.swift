import ReplicaModel

extension ReplicaAdmin {
    /// The names of the views that were made on this node as they come with the software, whether or not they are still
    /// there: whoever drops one does not want it.
    package func madeViews() throws(StoreError) -> [Identifier] {
        guard case .text(let bytes)? = try replica.read().meta(Self.viewsName) else { return [] }
        return bytes.split(separator: UInt8(ascii: " ")).map { Identifier(bytes: Array($0)) }
    }

    /// Notes views that were made, beside those that were noted before.
    package func noteViews(_ names: [Identifier]) throws(StoreError) {
        let known = try madeViews()
        let new = names.filter { !known.containsSame(as: $0) }
        guard !new.isEmpty else { return }
        let all = (known + new).map(\.text).joined(separator: " ")
        try replica.write { try $0.setMeta(Self.viewsName, .text(all)) }
    }

    private static let viewsName = "views"
}
