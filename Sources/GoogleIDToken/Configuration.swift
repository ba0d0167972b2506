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
        /// The longest accepted time between `iat` and `exp`: 1 second to 365 days.
        ///
        /// Google's ID tokens have an hour.
        public var longestLifetime: Duration = .seconds(24 * 60 * 60)
        /// The longest token taken, in bytes: 1,024 to 65,536.
        ///
        /// Google's ID tokens have about 1,000.
        public var maximumTokenSize = 16 * 1024
        /// The accepted issuers; Google writes its own in two ways.
        public var issuers = TrustProfile.googleIDToken.issuers
        /// What to do with a token whose signature Google has removed.
        public var removedSignature = RemovedSignaturePolicy.reject
        /// How many accepted tokens are remembered, so that those that come again cost less: 0 to 1,000,000; 0 for none.
        ///
        /// Each takes about 3 KiB. Only what time cannot change is remembered: that the signature holds, and the claims.
        public var rememberedTokens = 1_024
        /// Is told what comes of each verification and what happens to the keys, from any thread; it must not block.
        public var onEvent: (@Sendable (Event) -> Void)?

        /// A configuration that is right for Google's tokens.
        public init() {}

        /// Checks every value's range.
        ///
        /// - Throws: ``ConfigurationError`` that names the value and its range.
        func validate() throws(ConfigurationError) {
            try Self.check(self.clockSkew, in: .zero ... .seconds(300), named: "clockSkew", words: "0 to 300 seconds")
            try Self.check(
                self.longestLifetime,
                in: .seconds(1) ... .seconds(365 * 24 * 60 * 60),
                named: "longestLifetime",
                words: "1 second to 365 days"
            )
            try Self.check(self.maximumTokenSize, in: 1024...65_536, named: "maximumTokenSize", words: "1024 to 65536")
            try Self.check(
                self.rememberedTokens,
                in: 0...1_000_000,
                named: "rememberedTokens",
                words: "0 to 1000000"
            )
            guard !self.issuers.isEmpty, self.issuers.allSatisfy({ !$0.isEmpty }) else {
                throw ConfigurationError(.issuerMissing, "Give at least one issuer, and no empty one.")
            }
        }

        private static func check<Value: Comparable>(
            _ value: Value,
            in range: ClosedRange<Value>,
            named name: String,
            words: String
        ) throws(ConfigurationError) {
            guard range.contains(value) else {
                throw ConfigurationError(.valueOutOfRange, "Configuration.\(name) must be \(words).")
            }
        }
    }
}
