//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// The reason why a verifier cannot be created.
    public struct ConfigurationError: Error, Sendable {
        /// The kind of mistake in the configuration.
        @nonexhaustive
        public enum Code: String, Sendable, CaseIterable {
            /// There is no audience, or an empty one.
            case audienceMissing = "audience_missing"
            /// The caller policy names no caller, or contains an empty name.
            case callersMissing = "callers_missing"
            /// No token can have one of the audiences, for example because it contains a line break.
            case audienceInvalid = "audience_invalid"
            /// No token can name one of the callers, for example because an address has no domain.
            case callerInvalid = "caller_invalid"
            /// The trusted issuer cannot exist, for example because a project's ID is empty.
            case issuerInvalid = "issuer_invalid"
            /// Several verifiers read the same header, so that the header does not choose one.
            case verifiersAmbiguous = "verifiers_ambiguous"
            /// A value is out of its range.
            case valueOutOfRange = "value_out_of_range"
            /// The URL of the keys, or the file of certificate authorities for it, cannot be used.
            case keySourceInvalid = "key_source_invalid"
            /// The key file cannot be read.
            case keysUnreadable = "keys_unreadable"
            /// The key document cannot be parsed, or contains no usable key.
            case keysUnusable = "keys_unusable"
        }

        /// The kind of mistake.
        public let code: Code
        /// What happened, the likely cause and the remedy, in one line.
        public let explanation: String

        package init(_ code: Code, _ explanation: String) {
            self.code = code
            self.explanation = explanation
        }
    }
}

extension IDTokenVerifier.ConfigurationError: CustomStringConvertible {
    /// The code and the explanation.
    public var description: String {
        "\(self.code.rawValue): \(self.explanation)"
    }
}
