/// The rules that must hold in every world, one file each.
///
/// | rule | where it comes from |
/// | --- | --- |
/// | convergence, definition | MergeSemantics: a replica's tables are a pure function of its set of changesets |
/// | durability, regress | Protocol: what is acknowledged is durable; a vector never shrinks |
/// | vanishing | MergeSemantics: nothing that anyone entered is lost, nothing deleted comes back |
/// | atomicity, causality, references | MergeSemantics: one transaction is one changeset, applied after its context,
/// and no reference dangles |
/// | authenticity | Protocol: nothing unsigned, badly chained or from a stranger is applied (in `Examiner` and
/// `Universe`) |
/// | contexts | MergeSemantics: a changeset covers what its author's tables showed, and no more |
/// | stamps | MergeSemantics: a stamp is greater than every one that its author had applied, but for those more than a
/// day ahead |
/// | truth | Field: sent, durable and applied are three numbers, and true |
/// | remains | Architecture: what is kept is bounded by what is held |
/// | honest end | Protocol: a session ends with done, and what is known of a peer is true (in `Network.settle` and
/// `World.meetInCalm`) |
/// | unique holds, duplicates listed, checks listed, settled closes | MergeSemantics: what is listed is what is broken,
/// until somebody settles it |
/// | void, poison | MergeSemantics: what an honest node sealed counts, and is applied, everywhere |
/// | readings | Protocol: what a node says of its log is what authors signed (in `Readings`) |
/// | bundles | Protocol: what is not taken of a file is told, and what is named as missing is lacked (in `Carriers`) |
/// | memory | Protocol: what a session has in memory does not grow with what passes |
///
/// Not checked here: time (everything is virtual), memory of the process as a whole, and what lies below frames (TLS,
/// sockets).
package struct Rules {
    var convergence = Convergence()
    var contexts = TrueContexts()
    var stamps = StampsFollow()
    var causality = Causality()
    var regress = NoRegress()
    var durability = Durability()
    var memory = BoundedMemory()
    package var vanishing = NothingVanishes()
}
