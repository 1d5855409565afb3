// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "CaravanFuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Caravan", path: "../..")],
    targets: [
        // No main: libFuzzer brings its own.
        .executableTarget(
            name: "fuzz",
            dependencies: [.product(name: "SyncSimulator", package: "Caravan")],
            swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")])
    ]
)
