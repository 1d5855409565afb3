import Foundation

extension Village {
    /// Whether this user may mount: a disk of a few mebibytes and a folder that nobody may write need that.
    static let canMount: Bool = {
        guard geteuid() == 0, let village = try? Village() else { return false }
        return (try? village.mount("probe", "-t", "tmpfs", "-o", "size=1m", "tmpfs")) == true
    }()

    /// Mounts something on a node's folder, until the village ends. False if that is not possible.
    @discardableResult
    func mount(_ node: String, _ arguments: String...) throws -> Bool {
        try FileManager.default.createDirectory(atPath: home(node), withIntermediateDirectories: true)
        guard try Shell.run("mount", arguments + [home(node)]).status == 0 else { return false }
        willUnmount(home(node))
        return true
    }

    /// A node's folder is on a disk of so many mebibytes; mounted already, it has so many from now on.
    func resizeDisk(of node: String, mebibytes: Int) throws {
        guard try Shell.run("mount", ["-o", "remount,size=\(mebibytes)m", home(node)]).status == 0 else {
            throw CocoaError(.fileWriteUnknown)
        }
    }

    /// Lets nobody write in a node's folder, root included.
    func makeReadOnly(_ node: String) throws {
        try mount(node, "--bind", home(node))
        guard try Shell.run("mount", ["-o", "remount,bind,ro", home(node)]).status == 0 else {
            throw CocoaError(.fileWriteUnknown)
        }
    }

    func makeWritable(_ node: String) throws { _ = try Shell.run("mount", ["-o", "remount,bind,rw", home(node)]) }
}
