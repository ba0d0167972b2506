//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials

extension IDTokenCredentials {
    /// Options of credentials; the default values suit a service on Google Cloud.
    public struct Configuration: Sendable {
        /// Hosts, besides Google's and this machine, to which a credential file may have its secrets sent over `https`.
        ///
        /// A credential file names the URLs to which its secrets are sent: a file from an attacker could have them sent to
        /// the attacker. So its URLs must be on `googleapis.com`, on the domain that the file names as its universe, on this
        /// machine, or on one of these hosts. Give names such as `iamcredentials.proxy.example.com`.
        public var trustedHosts: [String] = []
        /// Returns the current time, with which `exp` is compared; this machine's clock by default.
        public var now: @Sendable () -> Date = { Date() }
        /// A function that is called after each request to a server, each change of a token and each failure, from any
        /// thread; it must not block.
        public var onEvent: (@Sendable (Event) -> Void)?

        /// Creates a configuration with the default values.
        public init() {}
    }
}
