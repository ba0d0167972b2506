//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Takes in a response as libcurl hands it over, and stops it when it grows beyond the limits.
final class ResponseReceiver {
    /// Why a response is not taken.
    enum Refusal {
        case headerTooLarge
        case bodyTooLarge
        /// Anything but one layer of gzip: libcurl undoes many layers in one go, which no limit of time can stop.
        case encoding
    }

    private let limits: TransportLimits
    private(set) var fields: [(name: String, value: String)] = []
    private(set) var body: [UInt8] = []
    private var headerSize = 0
    private var takesFields = false
    /// The reason to stop, if there was one.
    private(set) var refusal: Refusal?

    init(limits: TransportLimits) {
        self.limits = limits
    }

    /// Takes one header line.
    ///
    /// - Returns: Whether to go on.
    func receiveHeader(_ line: Span<UInt8>) -> Bool {
        self.headerSize += line.count
        guard self.headerSize <= self.limits.headerSize else {
            self.refusal = .headerTooLarge
            return false
        }
        var bytes: [UInt8] = []
        for index in line.indices where line[index] != UInt8(ascii: "\r") && line[index] != UInt8(ascii: "\n") {
            bytes.append(line[index])
        }
        let text = String(decoding: bytes, as: UTF8.self)
        // A response of its own begins: what came before was an interim one or a proxy's.
        if text.hasPrefix("HTTP/") {
            self.fields = []
            self.takesFields = true
        } else if text.isEmpty {
            self.takesFields = false
        } else if self.takesFields, let colon = text.firstIndex(of: ":") {
            self.fields.append((String(text[..<colon]), Self.trim(text[text.index(after: colon)...])))
            guard self.isEncodingSimple else {
                self.refusal = .encoding
                return false
            }
        }
        return true
    }

    private var isEncodingSimple: Bool {
        func values(_ name: String) -> [String] {
            self.fields.filter { $0.name.lowercased() == name }
                .flatMap { $0.value.lowercased().split(separator: ",") }
                .map { Self.trim($0) }
        }
        let content = values("content-encoding")
        let transfer = values("transfer-encoding")
        return content.count <= 1 && content.allSatisfy { ["gzip", "identity"].contains($0) }
            && transfer.count <= 1 && transfer.allSatisfy { $0 == "chunked" }
    }

    /// Takes some of the content.
    ///
    /// - Returns: Whether to go on.
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

    private static func trim(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" {
            text.removeLast()
        }
        return String(text)
    }
}
