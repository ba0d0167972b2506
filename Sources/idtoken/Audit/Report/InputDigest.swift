//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import IDTokenPlatform
internal import OpenSSLSignature

/// The SHA-256 of a file, computed from the bytes that the audit reads, so that a pipe has one too.
final class InputDigest {
    private let stream: SHA256Stream
    private var size = 0

    /// - Throws: ``CommandFailure`` if OpenSSL has no SHA-256.
    init() throws {
        do {
            self.stream = try SHA256Stream()
        } catch {
            throw CommandFailure(
                status: .unavailable,
                message: "OpenSSL has no SHA-256, which a report needs; leave out --report, or check openssl.cnf."
            )
        }
    }

    /// Reads a whole file; nil if that fails.
    convenience init?(ofFile path: String) {
        guard let file = try? OpenFile(reading: path) else { return nil }
        try? self.init()
        var bytes: [UInt8] = []
        repeat {
            bytes.removeAll(keepingCapacity: true)
            guard (try? file.read(appendingTo: &bytes, upTo: 64 * 1024)) != nil else { return nil }
            self.add(bytes.span)
        } while !bytes.isEmpty
    }

    /// Adds the next bytes.
    func add(_ bytes: Span<UInt8>) {
        self.stream.add(bytes)
        self.size += bytes.count
    }

    /// Ends the file; nothing may be added afterwards.
    ///
    /// - Returns: The digest in hexadecimal digits, or nil if OpenSSL failed.
    func finish() -> String? {
        self.stream.finish()?.text
    }

    /// Ends the file.
    func evidence(_ name: String, remark: String) -> ReportEvidence.Input {
        ReportEvidence.Input(name: name, size: self.size, sha256: self.finish() ?? "unknown", remark: remark)
    }
}
#endif
