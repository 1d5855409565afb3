import Metrics
import ReplicaModel
import Synchronization

/// Measures of a process, kept by their names and labels, and told in the text format of Prometheus (0.0.4). To be
/// named as the backend of swift-metrics, or given to a server with its options.
public final class PrometheusRegistry: MetricsFactory, Sendable {
    /// The state of all measures.
    private let families = Mutex<[String: PrometheusFamily]>([:])

    /// Series of one name: seventy institutions with their laptops, and room for more. What comes beyond is measured in
    /// none, and counted.
    static let seriesMax = 1_024
    private static let lost = "caravan_series_left_out_total"

    public init() {}

    /// All that was measured so far. Each name has its HELP, where it is one of the node's, and its TYPE; names and
    /// series stand in the order of their bytes.
    public func text() -> String {
        let families = families.withLock { $0 }
        var all = families
        for entry in MeasureCatalogue.entries where all[entry.name] == nil {
            all[entry.name] = PrometheusFamily(kind: entry.kind)
        }
        return all.sorted { Array($0.key.utf8).lexicographicallyPrecedes($1.key.utf8) }.map { name, family in
            family.text(name: name, help: MeasureCatalogue.help[name])
        }.joined()
    }

    fileprivate func change(
        _ key: PrometheusKey, _ kind: PrometheusFamily.Kind, _ body: (inout PrometheusSeries) -> Void
    ) {
        families.withLock { families in
            var family = families.removeValue(forKey: key.name) ?? PrometheusFamily(kind: kind)
            let isKept = family.change(key.labels, seriesMax: Self.seriesMax, body)
            families[key.name] = family
            guard !isKept else { return }
            families[Self.lost, default: PrometheusFamily(kind: .counter)].change("", seriesMax: 1) { $0.value += 1 }
        }
    }

    private func handler(_ label: String, _ dimensions: [(String, String)], _ kind: PrometheusFamily.Kind) -> Handler {
        let handler = Handler(key: PrometheusKey(label, dimensions), kind: kind, registry: self)
        // What has not happened yet has happened no time.
        if kind == .counter || kind == .histogram { change(handler.key, kind) { _ in } }
        return handler
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        handler(label, dimensions, .counter)
    }

    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)])
        -> any FloatingPointCounterHandler
    {
        handler(label, dimensions, .counter)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        handler(label, dimensions, .gauge)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        handler(label, dimensions, aggregate ? .histogram : .gauge)
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        handler(label, dimensions, .histogram)
    }

    public func destroyMeter(_ handler: any MeterHandler) {
        guard let handler = handler as? Handler else { return }
        families.withLock { $0[handler.key.name]?.remove(handler.key.labels) }
    }

    // What was measured stays, for it is told by sums since the process began.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}
}

/// Changes one series, as swift-metrics wants it.
private final class Handler: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    let key: PrometheusKey
    private let kind: PrometheusFamily.Kind
    private let registry: PrometheusRegistry

    init(key: PrometheusKey, kind: PrometheusFamily.Kind, registry: PrometheusRegistry) {
        (self.key, self.kind, self.registry) = (key, kind, registry)
    }

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { registry.change(key, kind) { $0.value += amount } }
    func decrement(by amount: Double) { registry.change(key, kind) { $0.value -= amount } }
    func reset() { registry.change(key, kind) { $0 = PrometheusSeries() } }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { registry.change(key, kind) { $0.value = value } }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        registry.change(key, kind) { series in
            if kind == .gauge { series.value = value } else { series.observe(value) }
        }
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
}
