//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The IP address on which a server listens.
struct ListenAddress: ExpressibleByArgument, Sendable {
    static let loopback = ListenAddress(text: "127.0.0.1", isIPv6: false)

    let text: String
    let isIPv6: Bool

    init?(argument: String) {
        if argument == "localhost" {
            self = .loopback
        } else if argument.contains(":") {
            self.init(text: argument, isIPv6: true)
        } else {
            let parts = argument.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) else { return nil }
            self.init(text: argument, isIPv6: false)
        }
    }

    private init(text: String, isIPv6: Bool) {
        self.text = text
        self.isIPv6 = isIPv6
    }

    var defaultValueDescription: String { self.text }

    /// Whether only this machine can reach it.
    var isLoopback: Bool {
        self.isIPv6 ? self.text == "::1" : self.text.hasPrefix("127.")
    }

    /// The address as clients on this machine write it in a URL.
    var host: String {
        switch self.text {
        case "0.0.0.0": "127.0.0.1"
        case "::": "[::1]"
        default: self.isIPv6 ? "[\(self.text)]" : self.text
        }
    }
}
#endif
