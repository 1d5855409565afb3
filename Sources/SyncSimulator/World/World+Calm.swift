import ReplicaModel
import ReplicaStore

/// Has two nodes meet twice more once all is the same and nobody writes: they know of each other what is true.
extension World {
    func meetInCalm() throws(Violation) {
        let edge = course.random.pick(course.scenario.edges)
        for _ in 0..<2 {
            try sessions.dial(fleet.nodes[edge.dialler], fleet.nodes[edge.listener])
            while !network.links.isEmpty { try step() }
        }
        let (dialler, listener) = (fleet.nodes[edge.dialler], fleet.nodes[edge.listener])
        try checker.checkKnows(dialler, listener)
        try checker.checkKnows(listener, dialler)
    }
}
