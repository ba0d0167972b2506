//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import NIOCore

/// The IP address on which a server listens.
package struct ListenAddress: Sendable {
    package static let loopback = ListenAddress(text: "127.0.0.1", isIPv6: false)

    package let text: String
    private let isIPv6: Bool

    /// Reads an address, or returns nil if the text is neither an IP address nor `localhost`.
    package init?(_ text: String) {
        if text == "localhost" {
            self = .loopback
            return
        }
        switch try? SocketAddress(ipAddress: text, port: 0) {
        case .v4: self.init(text: text, isIPv6: false)
        case .v6: self.init(text: text, isIPv6: true)
        case .unixDomainSocket, nil: return nil
        }
    }

    private init(text: String, isIPv6: Bool) {
        self.text = text
        self.isIPv6 = isIPv6
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool {
        self.isIPv6 ? self.text == "::1" : self.text.hasPrefix("127.")
    }

    /// The address as clients on this machine write it in a URL.
    package var host: String {
        switch self.text {
        case "0.0.0.0": "127.0.0.1"
        case "::": "[::1]"
        default: self.isIPv6 ? "[\(self.text)]" : self.text
        }
    }
}
#endif
