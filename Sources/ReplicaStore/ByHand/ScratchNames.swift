import ReplicaModel
import SQLiteAccess

extension Connection {
    /// A name for what is in the file only while something is made: the given one, or, where a person has made
    /// something of that name, one beside it.
    func scratchName(_ name: String) throws(StoreError) -> Identifier {
        var free = Identifier(name)
        while try value("SELECT 1 FROM sqlite_master WHERE name = ?1 COLLATE NOCASE", [.text(free)]) != nil {
            free = free + "_"
        }
        return free
    }
}
