//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

/// Why a verifier cannot be made.
public struct ConfigurationError: Error, Sendable {
    /// What is wrong with the configuration.
    @nonexhaustive
    public enum Code: String, Sendable, CaseIterable {
        /// No audience is given, or an empty one.
        case audienceMissing = "audience_missing"
        /// The caller policy names nobody, or an empty name.
        case callersMissing = "callers_missing"
        /// No issuer is given, or an empty one.
        case issuerMissing = "issuer_missing"
        /// A value is outside its range.
        case valueOutOfRange = "value_out_of_range"
        /// The keys' URL, or the file of certificate authorities for it, cannot be used.
        case keySourceInvalid = "key_source_invalid"
        /// The key file cannot be read.
        case keysUnreadable = "keys_unreadable"
        /// The key document is none, or has no usable key.
        case keysUnusable = "keys_unusable"
    }

    /// What is wrong.
    public let code: Code
    /// What went wrong and what to do about it, in one line.
    public let explanation: String

    package init(_ code: Code, _ explanation: String) {
        self.code = code
        self.explanation = explanation
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// The code and the explanation.
    public var description: String {
        "\(self.code.rawValue): \(self.explanation)"
    }
}
