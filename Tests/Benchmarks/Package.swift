// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "CaravanBenchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")],
    targets: [
        // What everything is compared with, and what must cost nothing itself: C.
        .executableTarget(
            name: "plain",
            cSettings: [.treatAllWarnings(as: .error), .unsafeFlags(["-O2"])],
            linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("zstd")]),
        .executableTarget(
            name: "benchmarks",
            dependencies: ["plain", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]),
    ]
)
