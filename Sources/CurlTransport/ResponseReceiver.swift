//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import IDTokenBytes

/// Receives a response from libcurl, and stops the transfer if it exceeds the limits.
final class ResponseReceiver {
    /// The reason why a response is rejected.
    enum Refusal {
        case headerTooLarge
        case bodyTooLarge
        /// The encoding is not a single layer of gzip; libcurl decodes several layers in one step, which no time limit
        /// can stop.
        case encoding
    }

    private let limits: TransportLimits
    private(set) var fields: [(name: String, value: String)] = []
    private(set) var body: [UInt8] = []
    private var headerSize = 0
    private var headerLineCount = 0
    private var takesFields = false
    private var contentEncodingCount = 0
    private var transferEncodingCount = 0
    /// The reason why the transfer was stopped, if it was.
    private(set) var refusal: Refusal?

    init(limits: TransportLimits) {
        self.limits = limits
    }

    /// Receives one header line.
    ///
    /// - Returns: Whether to continue.
    func receiveHeader(_ line: Span<UInt8>) -> Bool {
        self.headerSize += line.count
        self.headerLineCount += 1
        guard self.headerSize <= self.limits.headerSize, self.headerLineCount <= self.limits.headerLineCount else {
            self.refusal = .headerTooLarge
            return false
        }
        var bytes: [UInt8] = []
        for index in line.indices where line[index] != UInt8(ascii: "\r") && line[index] != UInt8(ascii: "\n") {
            bytes.append(line[index])
        }
        // A new response begins; the previous one was an interim response, or a proxy's.
        if bytes.starts(with: "HTTP/".utf8) {
            self.fields = []
            self.contentEncodingCount = 0
            self.transferEncodingCount = 0
            self.takesFields = true
        } else if bytes.isEmpty {
            self.takesFields = false
        } else if self.takesFields, let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            return self.receiveField(name: bytes[..<colon], value: Self.trim(bytes[(colon + 1)...]))
        }
        return true
    }

    private func receiveField(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) -> Bool {
        self.fields.append((String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
        if Bytes.areEqual(name.span, ignoringCaseOf: "content-encoding") {
            self.count(value, of: ["gzip", "identity"], in: &self.contentEncodingCount)
        } else if Bytes.areEqual(name.span, ignoringCaseOf: "transfer-encoding") {
            self.count(value, of: ["chunked"], in: &self.transferEncodingCount)
        }
        return self.refusal == nil
    }

    /// Counts the encodings in a field; rejects a second encoding, and one that is not accepted.
    private func count(_ value: ArraySlice<UInt8>, of accepted: [String], in count: inout Int) {
        let names = value.split(separator: UInt8(ascii: ",")).map { Self.trim($0) }
        count += names.count
        let areAccepted = names.allSatisfy { name in
            accepted.contains { Bytes.areEqual(name.span, ignoringCaseOf: $0) }
        }
        if count > 1 || !areAccepted { self.refusal = .encoding }
    }

    /// Receives a part of the content.
    ///
    /// - Returns: Whether to continue.
    func receiveBody(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count <= self.limits.bodySize - self.body.count else {
            self.refusal = .bodyTooLarge
            return false
        }
        self.body.reserveCapacity(self.body.count + bytes.count)
        for index in bytes.indices {
            self.body.append(bytes[index])
        }
        return true
    }

    /// Removes the white space around a value (RFC 9110 §5.5).
    private static func trim(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isWhiteSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let start = text.drop(while: isWhiteSpace)
        guard let last = start.lastIndex(where: { !isWhiteSpace($0) }) else { return [] }
        return start[...last]
    }
}
