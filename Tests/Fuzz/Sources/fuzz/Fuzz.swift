import Foundation
import SyncSimulator

/// The target, of all in one executable, that `CARAVAN_FUZZ` names: what libFuzzer links is built once.
private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["CARAVAN_FUZZ"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        preconditionFailure("CARAVAN_FUZZ names one of the targets \(names)")
    }
    return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
