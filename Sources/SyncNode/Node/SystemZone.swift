import Foundation

/// The zone of this machine's clock, or of TZ, as all programs of the system read it. Foundation knows no TZ such as
/// `CST-8`, nor one that names a file, and takes Greenwich's instead.
package enum SystemZone {
    /// The zone as it is at a moment, in milliseconds since 1970.
    package static func zone(at milliseconds: Int64) -> TimeZone {
        TimeZone(secondsFromGMT: offset(at: milliseconds)) ?? .gmt
    }

    /// Seconds east of Greenwich at a moment, in milliseconds since 1970.
    static func offset(at milliseconds: Int64) -> Int {
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        return localtime_r(&seconds, &parts) == nil ? 0 : parts.tm_gmtoff
    }
}
