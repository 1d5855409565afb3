import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import SyncNode

/// The console of one node, in a browser.
package struct ConsoleServer: Sendable {
    private let home: NodeHome
    private let address: (host: String, port: Int)
    private let settings: ConsoleSettings
    private let measures: ConsoleMeasures
    /// The place at which it listens, once it does.
    private let site = NIOLockedValueBox<ConsoleSite?>(nil)

    /// The connections that are open at once.
    private static let connectionsMax = 64

    /// Prepares the console of the node at `home`.
    ///
    /// - Parameters:
    ///   - listen: HOST:PORT; port 0 for any.
    ///   - measures: what `/metrics` tells.
    /// - Throws: `usage` for what is no address, or for settings that cannot be meant.
    package init(
        home: NodeHome, listen: String, measures: ConsoleMeasures = ConsoleMeasures()
    ) throws(NodeError) {
        self.home = home
        self.measures = measures
        address = try ListenAddress.read(listen)
        settings = try home.consoleSettings()
    }

    /// Takes up the names by which browsers may call the console from settings that were read anew.
    package func reload() {
        // What is wrong with them whoever has them read anew says.
        guard let read = try? home.consoleSettings() else { return }
        site.withLockedValue { $0 }?.take(names: read.names)
    }

    /// Serves the console until the task is cancelled.
    ///
    /// - Parameters:
    ///   - log: how what somebody who looks after the node should know is written.
    ///   - onListening: called once with the address of the console, such as `http://127.0.0.1:7480`.
    /// - Throws: `usage` where the address cannot be listened on, or a console of this node runs already.
    package func run(
        log: LogOptions, onListening: @escaping @Sendable (String) -> Void
    ) async throws(NodeError) {
        let logger = home.logger(log)
        let isSecure = !ConsoleSite.isLoopback(address.host) || settings.certificate != nil
        let certificate: ConsoleCertificate? = isSecure ? try ConsoleCertificate(settings, in: home) : nil
        do {
            let bound = try await BoundPort.find(address.host, address.port)
            let site = ConsoleSite(host: address.host, port: bound, isSecure: isSecure, names: settings.names)
            self.site.withLockedValue { $0 = site }
            let folder = ConsoleFolder(home)
            try folder.make()
            let console = Console(
                home: home, site: site, desk: Desk(home: home), crowd: Crowd(), folder: folder,
                uploads: Uploads(folder: folder), logger: logger, measures: measures)
            try await serve(console, certificate, onListening)
        } catch let error as NodeError {
            throw error
        } catch is CancellationError {
            // Told to stop: that is how it ends.
        } catch {
            throw ListenAddress.refusal(address.host, address.port, error)
        }
    }

    private func serve(
        _ console: Console, _ certificate: ConsoleCertificate?, _ onListening: @escaping @Sendable (String) -> Void
    ) async throws {
        let (site, folder, crowd) = (console.site, console.folder, console.crowd)
        var decoder = HTTP1Channel.Configuration.DecoderConfiguration()
        decoder.maxHeaderListSize = 20 << 10
        decoder.maxHeaderFieldSize = 18 << 10
        decoder.maxHeaderFieldCount = 100
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionGate(crowd: crowd)], idleTimeout: .seconds(30),
                httpDecoderConfiguration: decoder))
        let note = NoteHolder(try folder.note(site.beginning))
        defer { note.end() }
        try console.uploads.begin()
        defer { console.uploads.end() }
        var quiet = console.logger
        // What it says of connections that end is nobody's concern.
        quiet.logLevel = .critical
        let app = Application(
            router: console.router(),
            server: try certificate.map { try .tls(plain, tlsConfiguration: $0.configuration) } ?? plain,
            configuration: .init(
                address: .hostname(site.host, port: site.port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.connectionsMax, logger: quiet)),
            onServerRunning: { _ in
                if let certificate {
                    console.logger.notice("fingerprint of the console's certificate: \(certificate.fingerprint)")
                }
                onListening(site.beginning)
            }, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await app.run() }
            group.addTask { try await console.news.follow(console.desk) }
            group.addTask { await console.exchanges.run(console.desk, console.news) }
            group.addTask { await console.uploads.keepSweeping() }
            group.addTask {
                // The first who comes does not wait for what is made once.
                _ = Templates.library
                _ = try? await console.desk.reader().tables.overview()
            }
            defer { group.cancelAll() }
            // The first that fails ends all.
            for try await _ in group {}
        }
    }
}

/// The descriptor that keeps the note of a running console locked.
private struct NoteHolder {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    func end() { close(descriptor) }
}

/// A port that is free.
private enum BoundPort {
    /// The port itself, or for port 0 one that the system gives.
    static func find(_ host: String, _ port: Int) async throws -> Int {
        guard port == 0 else { return port }
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1).bind(host: host, port: 0).get()
        defer { channel.close(promise: nil) }
        return channel.localAddress?.port ?? 0
    }
}
