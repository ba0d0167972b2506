//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

public import FoundationEssentials

extension IDTokenVerifier {
    /// The limits and options of a verifier; the default values suit Google's ID tokens.
    public struct Configuration: Sendable {
        /// The largest accepted difference between this machine's clock and Google's: 0 to 300 seconds.
        public var clockSkew: Duration = .seconds(30)
        /// The longest accepted time between `iat` and `exp`: 1 second to 365 days; nil means 24 hours for ID tokens, and the
        /// lifetime of <doc:OtherIssuers> for other tokens.
        ///
        /// Google's ID tokens are valid for one hour.
        public var maximumLifetime: Duration?
        /// The length of the longest accepted token, in bytes: 1,024 to 65,536.
        ///
        /// Google's ID tokens are about 1,000 bytes long.
        public var maximumTokenSize = 16 * 1024
        /// How the verifier handles a token whose signature Google has removed.
        public var removedSignature = RemovedSignaturePolicy.reject
        /// The number of verified tokens that the cache holds: 0 to 1,000,000; 0 turns the cache off.
        ///
        /// The verifier caches a token when it verifies the token for the second time; an entry takes about 4 KiB. It
        /// does not check the signature of a cached token again, but checks issuer, audience, time and caller for every
        /// request.
        public var maximumCachedTokens = 1_024
        /// Returns the current time, with which `iat`, `nbf` and `exp` are compared; this machine's clock by default.
        ///
        /// Set it in tests of a service, to see what its middleware does when a token expires. The verifier calls it
        /// for every request that gives no time of its own (`at:`), from any thread. It does not change when keys are
        /// refreshed, nor ``VerifiedIDToken/whileValid(_:)``, which compares with this machine's clock.
        public var now: @Sendable () -> Date = { Date() }
        /// A function that the verifier calls after each verification, each refusal by an integration and each change of the
        /// keys, from any thread; it must not block.
        public var onEvent: (@Sendable (Event) -> Void)?

        /// Creates a configuration with the default values, which suit Google's ID tokens.
        public init() {}

        /// Checks that every value is in its range.
        ///
        /// - Throws: ``IDTokenVerifier/ConfigurationError`` that names the value and its range.
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
                throw IDTokenVerifier.ConfigurationError(
                    .valueOutOfRange,
                    "Configuration.\(name) is out of range; it must be \(words)."
                )
            }
        }
    }
}
