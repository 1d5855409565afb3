import ReplicaModel

/// The digest that two sides compare to know that they hold the same: SHA-256 of the heads as an array in
/// ascending order.
package enum HeadsDigest {
    package static func of(_ heads: [FeedID: Head]) -> Bytes32 {
        var writer = CBORWriter()
        HeadsCodec.write(heads, to: &writer)
        return ContentHash.of(writer.bytes)
    }
}
