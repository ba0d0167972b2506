//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension TrustProfile {
    /// Checks that tokens whose signature was removed can be handled so.
    ///
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `value_out_of_range`.
    func checkRemovedSignature(_ policy: RemovedSignaturePolicy) throws(IDTokenVerifier.ConfigurationError) {
        guard !self.kind.removedSignaturePolicies.contains(policy) else { return }
        throw IDTokenVerifier.ConfigurationError(
            .valueOutOfRange,
            "Configuration.removedSignature is .\(policy.rawValue), but Cloud Run does not check \(self.words.tokens), so "
                + "that no signature of theirs can be removed by it; leave it at .reject."
        )
    }

    /// Checks that tokens of this profile can have an audience.
    ///
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `audience_invalid`.
    package func checkAudience(_ audience: String) throws(IDTokenVerifier.ConfigurationError) {
        try self.kind.checkAudience(audience)
    }

    /// Checks that a token of this profile can name each caller of a policy.
    ///
    /// - Throws: ``IDTokenVerifier/ConfigurationError`` with `caller_invalid`.
    func checkCallers(_ callers: CallerPolicy) throws(IDTokenVerifier.ConfigurationError) {
        for name in callers.names {
            let start = "The caller policy names the \(name.claim.words) \(name.text.quotedForOperators)"
            guard self.kind.callerClaims.contains(where: { $0.isSame(as: name.claim) }) else {
                let functions = self.kind.callerClaims.map { "\($0.function)…)" }.joined(separator: ", ")
                throw IDTokenVerifier.ConfigurationError(
                    .callerInvalid,
                    "\(start), but \(self.words.tokens) have no such claim; name callers with \(functions)."
                )
            }
            if let mistake = self.kind.callerMistake(name, self) {
                let remedy =
                    switch mistake.remedy {
                    case .name(let name): "give \(name.written(as: .code)) instead"
                    case .words(let words): words
                    }
                throw IDTokenVerifier.ConfigurationError(.callerInvalid, "\(start), \(mistake.what); \(remedy).")
            }
        }
    }
}
