//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import OpenSSLSignature

/// The SHA-256 of each input file, computed from the bytes that the audit reads, so that pipes have one too.
struct InputDigests {
    private var current: (name: String, stream: SHA256Stream, size: Int)?
    /// Those that were read, in the order of reading.
    private(set) var inputs: [ReportEvidence.Input] = []

    /// Begins a file.
    mutating func begin(_ name: String) throws {
        self.end(isWhole: false)
        do {
            self.current = (name, try SHA256Stream(), 0)
        } catch {
            throw CommandFailure(
                status: .unavailable,
                message: "OpenSSL has no SHA-256, which a report needs; leave out --report, or check openssl.cnf."
            )
        }
    }

    /// Adds the bytes that were read.
    mutating func add(_ bytes: Span<UInt8>) {
        self.current?.stream.add(bytes)
        self.current?.size += bytes.count
    }

    /// Ends the file.
    ///
    /// - Parameter isWhole: Whether it was read to its end.
    mutating func end(isWhole: Bool) {
        guard let current = self.current else { return }
        let digest = current.stream.finish()?.text ?? "unknown"
        self.inputs.append(
            ReportEvidence.Input(name: current.name, size: current.size, sha256: digest, isWhole: isWhole)
        )
        self.current = nil
    }
}
#endif
