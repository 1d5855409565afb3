import CZstd

/// Packs chunks for a log, each in a zstd frame of its own at level 1, and unpacks them. A chunk as it is hashed and
/// sent is plain.
///
/// Whether a chunk is packed is told by the four bytes with which a frame begins (RFC 8878, section 3.1.1). A plain
/// chunk that begins with them is always packed, so that none is ever taken for a frame.
package final class ChunkPacker {
    /// A plain chunk of fewer bytes is left as it is: there is little to save, and a frame has a head of its own.
    package static let packedBytesMin = 1_024
    static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    private let encoder: OpaquePointer
    private let decoder: OpaquePointer

    package init() {
        guard let encoder = ZSTD_createCCtx(), let decoder = ZSTD_createDCtx() else {
            preconditionFailure("there is memory for zstd")
        }
        (self.encoder, self.decoder) = (encoder, decoder)
        let code = ZSTD_CCtx_setParameter(encoder, ZSTD_c_compressionLevel, 1)
        precondition(ZSTD_isError(code) == 0, "zstd knows this parameter")
    }

    deinit {
        ZSTD_freeCCtx(encoder)
        ZSTD_freeDCtx(decoder)
    }

    /// Gives what is to be kept of a chunk: a frame, or the chunk itself where that is no longer.
    package func pack(_ chunk: [UInt8]) -> [UInt8] {
        let isAmbiguous = chunk.starts(with: Self.magic)
        guard chunk.count >= Self.packedBytesMin || isAmbiguous else { return chunk }
        let frame = [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(chunk.count)) { room, count in
            count = chunk.withUnsafeBytes {
                ZSTD_compress2(encoder, room.baseAddress, room.count, $0.baseAddress, $0.count)
            }
            precondition(ZSTD_isError(count) == 0, "there is room for what zstd writes")
        }
        return frame.count < chunk.count || isAmbiguous ? frame : chunk
    }

    /// Gives the chunk of which this was kept. What is no frame of at most 64 KiB stays as it is: its hash judges it.
    package func unpack(_ kept: [UInt8]) -> [UInt8] {
        guard kept.starts(with: Self.magic) else { return kept }
        let size = kept.withUnsafeBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
        // Greater than any chunk where the frame does not say, or is none.
        guard size <= UInt64(WireLimits.chunkBytes) else { return kept }
        var isWhole = false
        let chunk = [UInt8](unsafeUninitializedCapacity: Int(size)) { room, count in
            let code = kept.withUnsafeBytes {
                ZSTD_decompressDCtx(decoder, room.baseAddress, room.count, $0.baseAddress, $0.count)
            }
            isWhole = ZSTD_isError(code) == 0 && code == room.count
            count = isWhole ? code : 0
        }
        return isWhole ? chunk : kept
    }
}
