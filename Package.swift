// swift-tools-version: 6.2
import PackageDescription

/// Tests run simulated worlds by the hundred, which optimized code does several times as fast. Only `Scripts/test` asks
/// for it: a package with unsafe flags cannot be depended on by others.
let optimized: [SwiftSetting] = Context.environment["CARAVAN_OPTIMIZED"] == "1" ? [.unsafeFlags(["-O"])] : []

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")] + optimized

let foundation = [
    "FoundationInternationalization", "FoundationEssentials", "CoreFoundation", "_FoundationICU", "_FoundationCShims",
    "_FoundationCollections", "swiftSynchronization", "FoundationXML", "_CFXMLInterface", "xml2",
]
/// Links the executables with all of Swift within them: two fifths of what a short command cost were the symbols that
/// were looked up in shared libraries. Not the libraries, or nobody could depend on them. What stays shared is looked
/// for beside the program first, with what that needs in turn, so that a folder with all of it goes to any machine.
let standing: [LinkerSetting] = [
    .unsafeFlags(
        ["-static-stdlib", "-Xlinker", "--disable-new-dtags"] + foundation.map { "-l\($0)" },
        .when(platforms: [.linux], configuration: .release))
]

func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func proof(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name + "Tests", dependencies: dependencies, swiftSettings: strict)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOTLS", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]

let package = Package(
    name: "Caravan",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "caravan", targets: ["caravan"]),
        .executable(name: "synclab", targets: ["synclab"]),
        .library(name: "Caravan", targets: ["SyncNode", "ReplicaModel"]),
        .library(name: "SyncSimulator", targets: ["SyncSimulator"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        // Of these Hummingbird is made, and some names of theirs are in its interface.
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    ],
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        room("ReplicaModel", []),
        room("Phrases", []),
        room("Tabular", ["CZip", "CXLSXWriter"]),
        room("SyncWire", ["ReplicaModel", "CZstd", crypto]),
        room("SyncProtocol", ["ReplicaModel"]),
        room("SQLiteAccess", ["ReplicaModel", "CSQLite"]),
        room("ReplicaSchema", ["ReplicaModel", "SQLiteAccess"]),
        room("ReplicaStore", ["ReplicaModel", "SyncWire", "SQLiteAccess", "ReplicaSchema"]),
        room("SyncEngine", ["ReplicaModel", "SyncWire", "SyncProtocol", "ReplicaStore"]),
        room("SyncTransport", ["ReplicaModel", "SyncWire", "SyncProtocol", crypto, x509, asn1] + nio),
        room(
            "SyncNode",
            [
                "ReplicaModel", "SyncWire", "SyncProtocol", "ReplicaSchema", "ReplicaStore", "SyncEngine",
                "SyncTransport", "Yams",
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
            ]),
        room(
            "NodeConsole",
            [
                "SyncNode", "Phrases", "ReplicaModel", "Tabular", "CQRencode", crypto, x509, asn1,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "caravan",
            dependencies: [
                "SyncNode", "NodeConsole", "ReplicaModel", "Phrases", "Tabular", "CQRencode", "CLibEdit", "CMalloc",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict, linkerSettings: standing),
        room(
            "SyncSimulator",
            [
                "ReplicaModel", "SyncWire", "SyncProtocol", "SQLiteAccess", "ReplicaSchema", "ReplicaStore",
                "SyncEngine",
            ]),
        .executableTarget(
            name: "synclab",
            dependencies: ["SyncSimulator", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: strict, linkerSettings: standing),
        proof("ReplicaModel", ["ReplicaModel"]),
        proof("Phrases", ["Phrases"]),
        proof("SyncWire", ["SyncWire", "ReplicaModel", "SyncSimulator", "CZstd"]),
        proof("Tabular", ["Tabular", "SyncSimulator"]),
        proof("SyncProtocol", ["SyncProtocol", "SyncSimulator"]),
        proof("SQLiteAccess", ["SQLiteAccess", "ReplicaModel", "SyncSimulator"]),
        proof("ReplicaSchema", ["ReplicaSchema", "SQLiteAccess", "ReplicaModel"]),
        // Some nodes, for whoever tests with more than one.
        .target(
            name: "NodeFixtures",
            dependencies: ["SyncEngine", "SyncProtocol", "ReplicaStore", "ReplicaSchema", "SyncWire", "ReplicaModel"],
            path: "Tests/NodeFixtures", swiftSettings: strict),
        proof(
            "ReplicaStore",
            [
                "NodeFixtures", "ReplicaStore", "ReplicaSchema", "SQLiteAccess", "ReplicaModel", "SyncWire",
                "SyncSimulator",
            ]),
        proof(
            "SyncTransport",
            [
                "SyncTransport", "SyncProtocol", "ReplicaModel", "SyncSimulator", crypto, x509, asn1,
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ] + nio),
        proof(
            "SyncEngine",
            [
                "NodeFixtures", "SyncEngine", "SyncProtocol", "ReplicaStore", "SQLiteAccess", "SyncWire",
                "ReplicaModel", "SyncSimulator",
            ]),
        proof(
            "SyncNode",
            [
                "SyncNode", "SyncEngine", "SyncTransport", "SyncProtocol", "SyncWire", "SyncSimulator", "SQLiteAccess",
                "ReplicaModel", .product(name: "MetricsTestKit", package: "swift-metrics"),
            ]),
        proof(
            "NodeConsole",
            [
                "NodeConsole", "SyncNode", "ReplicaModel", "Tabular",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        // As any other program sees the product.
        .testTarget(
            name: "EmbeddingTests", dependencies: ["SyncNode", "ReplicaModel"], packageAccess: false,
            swiftSettings: strict),
        proof(
            "SyncSimulator",
            [
                "SyncSimulator", "SyncEngine", "ReplicaStore", "SQLiteAccess", "SyncProtocol", "SyncWire",
                "ReplicaModel",
            ]),
        proof("caravan", ["caravan", "SyncNode", "SyncWire", "ReplicaModel", "Phrases", "SyncSimulator"]),
    ]
)
