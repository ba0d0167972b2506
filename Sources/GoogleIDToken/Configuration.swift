//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// How strictly a verifier judges; the values given here are right for Google's tokens.
    public struct Configuration: Sendable {
        /// How far this machine's clock and Google's may differ: 0 to 300 seconds.
        public var clockSkew: Duration = .seconds(30)
        /// The longest accepted time between `iat` and `exp`: 1 second to 365 days; nil means 24 hours.
        ///
        /// Google's ID tokens are valid for an hour.
        public var maximumLifetime: Duration?
        /// The longest accepted token, in bytes: 1,024 to 65,536.
        ///
        /// Google's ID tokens have about 1,000 bytes.
        public var maximumTokenSize = 16 * 1024
        /// What to do with a token whose signature Google has removed.
        public var removedSignature = RemovedSignaturePolicy.reject
        /// How many verified tokens are kept, so that those that come again cost less: 0 to 1,000,000; 0 turns the cache off.
        ///
        /// A token is kept from the second time on that it is verified, and takes about 4 KiB. Its signature is then not
        /// checked again; issuer, audience, time and caller are judged anew for each request.
        public var maximumCachedTokens = 1_024
        /// Is called after each verification and whenever the keys change, from any thread; it must not block.
        public var onEvent: (@Sendable (Event) -> Void)?

        /// A configuration that is right for Google's tokens.
        public init() {}

        /// Checks every value's range.
        ///
        /// - Throws: ``IDTokenVerifier.ConfigurationError`` that names the value and its range.
        func validate() throws(IDTokenVerifier.ConfigurationError) {
            try Self.check(self.clockSkew, in: .zero ... .seconds(300), named: "clockSkew", words: "0 to 300 seconds")
            try Self.check(
                self.maximumLifetime ?? .seconds(1),
                in: .seconds(1) ... .seconds(365 * 24 * 60 * 60),
                named: "maximumLifetime",
                words: "1 second to 365 days"
            )
            try Self.check(self.maximumTokenSize, in: 1024...65_536, named: "maximumTokenSize", words: "1024 to 65536")
            try Self.check(
                self.maximumCachedTokens,
                in: 0...1_000_000,
                named: "maximumCachedTokens",
                words: "0 to 1000000"
            )
        }

        private static func check<Value: Comparable>(
            _ value: Value,
            in range: ClosedRange<Value>,
            named name: String,
            words: String
        ) throws(IDTokenVerifier.ConfigurationError) {
            guard range.contains(value) else {
                throw IDTokenVerifier.ConfigurationError(.valueOutOfRange, "Configuration.\(name) must be \(words).")
            }
        }
    }
}
