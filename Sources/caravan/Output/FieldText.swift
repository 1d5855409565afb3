import ReplicaModel

/// Fields of a record for people.
enum FieldText {
    static func line(_ values: [Identifier: Value]) -> Line {
        values.sorted { $0.key < $1.key }.map { name, value -> Line in "\(name)=\(value.shown(atMost: 60))" }.joined(
            separator: " ")
    }
}
