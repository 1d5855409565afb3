import Metrics
import Testing

@testable import SyncNode

@Suite("Measures in the text format of Prometheus")
struct PrometheusTests {
    private func lines(_ registry: PrometheusRegistry, of name: String) -> [String] {
        registry.text().split(separator: "\n").map(String.init).filter {
            $0.hasPrefix(name) || $0.hasPrefix("# HELP \(name) ") || $0.hasPrefix("# TYPE \(name) ")
        }
    }

    @Test("Counters add up, meters stand where they were set, and timers fill all buckets from theirs on")
    func kinds() {
        let registry = PrometheusRegistry()
        let counter = Counter(label: "c", factory: registry)
        counter.increment(by: 2)
        counter.increment()
        Meter(label: "m", factory: registry).set(1.5)
        Meter(label: "m", factory: registry).set(-2)
        let timer = Timer(label: "t", factory: registry)
        timer.recordMilliseconds(3)
        timer.recordMilliseconds(300)
        timer.recordSeconds(100)
        #expect(lines(registry, of: "c") == ["# TYPE c counter", "c 3"])
        #expect(lines(registry, of: "m") == ["# TYPE m gauge", "m -2"])
        #expect(
            lines(registry, of: "t") == [
                "# TYPE t histogram", "t_bucket{le=\"0.001\"} 0", "t_bucket{le=\"0.005\"} 1",
                "t_bucket{le=\"0.025\"} 1", "t_bucket{le=\"0.1\"} 1", "t_bucket{le=\"0.5\"} 2",
                "t_bucket{le=\"2.5\"} 2", "t_bucket{le=\"10.0\"} 2", "t_bucket{le=\"60.0\"} 2",
                "t_bucket{le=\"+Inf\"} 3", "t_sum 100.303", "t_count 3",
            ])
    }

    @Test("Labels are written so that they read back as what they are, and names have no other signs than they may")
    func labels() {
        let registry = PrometheusRegistry()
        let dimensions = [("peer", "a\"b\\c\nd"), ("o-k", "ы")]
        Counter(label: "1-x", dimensions: dimensions, factory: registry).increment()
        #expect(lines(registry, of: "_1_x") == ["# TYPE _1_x counter", #"_1_x{peer="a\"b\\c\nd",o_k="ы"} 1"#])
    }

    @Test("A name has so many series and no more; what came beyond is counted")
    func bounds() {
        let registry = PrometheusRegistry()
        for number in 0..<(PrometheusRegistry.seriesMax + 10) {
            Meter(label: "m", dimensions: [("n", "\(number)")], factory: registry).set(1)
        }
        #expect(lines(registry, of: "m").count == PrometheusRegistry.seriesMax + 1)
        #expect(lines(registry, of: "caravan_series_left_out_total").last == "caravan_series_left_out_total 10")
    }
}
